"""What changed: releases, changes, and the topics that answers are counted under."""

from flask import Blueprint

from api.routing.endpoint import route
from api.v1.facts import build_list_operation
from content.answers.topics import list_topics
from content.changes.net_changes import list_changes
from content.changes.releases import get_release, list_releases
from content.formats.releases_atom import render_atom
from openapi.operation import Component, Operation, Tag
from schemas.collections import COLLECTIONS
from schemas.fields import Day, Reference, ReleaseId
from schemas.formats import ATOM, JSON
from schemas.listing import build_list_schema
from schemas.query import CollectionName, build_query, optional, repeated
from schemas.release import IMPACTS, ChangeSchema, ReleaseSchema, ReleaseSummarySchema
from schemas.words import Enum

_TAG = Tag("releases", "What changed, when, and how to read as of then.")

LIST_TOPICS = build_list_operation(
    COLLECTIONS["topics"],
    description="What answers are about, in authored order, and how many current ones there are.",
)

LIST_RELEASES = Operation(
    id="listReleases",
    tag=_TAG,
    summary="List releases",
    description=(
        "The newest first, a page at a time. With `on`, only the release that was in force at "
        "the end of that day. As `atom`, an entry a release, at most 20 a page, with its changes."
    ),
    query=build_query(
        "ListReleases",
        {
            "in_force_on": optional(
                Day,
                "Only the release that was in force at the end of this day.",
                data_key="on",
                example="2026-12-01",
            )
        },
        formats=(JSON, ATOM),
        paged=True,
    ),
    formats=(JSON, ATOM),
    response=Component(
        "ReleaseList", build_list_schema(ReleaseSummarySchema, "A page of releases.")
    ),
    example="/v1/releases?limit=2",
)

GET_RELEASE = Operation(
    id="getRelease",
    tag=_TAG,
    summary="Read one release",
    description="A release and how every document differs from the release before it.",
    query=build_query("GetRelease"),
    response=Component("Release", ReleaseSchema),
    path_parameters={"id": ReleaseId("The name of the release.", example="2026-11-23.01")},
    example="/v1/releases/{id}",
)

LIST_CHANGES = Operation(
    id="listChanges",
    tag=_TAG,
    summary="List what changed between two releases",
    description=(
        "The net difference: what was changed and changed back is not in it. Differences "
        "compose: from A to B and from B to C make from A to C."
    ),
    query=build_query(
        "ListChanges",
        {
            "since": optional(
                ReleaseId,
                "The release before the first change; without it, from the beginning.",
                example="2026-11-23.01",
            ),
            "until": optional(
                ReleaseId,
                "The release of the last change; without it, the one read.",
                example="2026-11-23.06",
            ),
            "collection": repeated(
                CollectionName("A collection.", example="ip-ranges"), "Only these collections."
            ),
            "data_center": repeated(
                Reference("data-centers", "A data center.", example="uk"),
                "Only what belongs to these data centers.",
                data_key="dc",
            ),
            "impact": repeated(Enum("Impact", IMPACTS, "An impact."), "Only of these impacts."),
        },
        paged=True,
    ),
    response=Component("ChangeList", build_list_schema(ChangeSchema, "A page of changes.")),
    example="/v1/changes?collection=ip-ranges&limit=1",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve what changed."""
    route(blueprint, "/topics", LIST_TOPICS)(list_topics)
    route(blueprint, "/releases", LIST_RELEASES, {"atom": render_atom})(list_releases)
    route(blueprint, "/releases/<id>", GET_RELEASE)(get_release)
    route(blueprint, "/changes", LIST_CHANGES)(list_changes)
