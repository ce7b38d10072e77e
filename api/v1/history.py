"""Releases, changes and topics."""

from flask import Blueprint

from api.routing.endpoint import route
from api.v1.facts import build_document_operation, build_list_operation
from content.answers.topics import get_topic, list_topics
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

_TAG = Tag("releases", "Releases and the changes between them.")

LIST_TOPICS = build_list_operation(
    COLLECTIONS["topics"],
    description="Returns all topics in editorial order, with the number of current answers.",
)

GET_TOPIC = build_document_operation(COLLECTIONS["topics"])

LIST_RELEASES = Operation(
    id="listReleases",
    tag=_TAG,
    summary="List releases",
    description=(
        "Returns releases, newest first, one page at a time. With `on`, returns only the release "
        "in force at the end of that day. The Atom feed has one entry per release, with its "
        "changes, and at most 20 entries per page."
    ),
    query=build_query(
        "ListReleases",
        {
            "in_force_on": optional(
                Day,
                "Only the release in force at the end of this day (UTC).",
                data_key="on",
                example="2026-12-01",
            )
        },
        formats=(JSON, ATOM),
        paged=True,
    ),
    formats=(JSON, ATOM),
    response=Component("ReleaseList", build_list_schema(ReleaseSummarySchema, "Page of releases.")),
    example="/v1/releases?limit=2",
)

GET_RELEASE = Operation(
    id="getRelease",
    tag=_TAG,
    summary="Get one release",
    description="Returns a release and its changes to each document.",
    query=build_query("GetRelease"),
    response=Component("Release", ReleaseSchema),
    path_parameters={"id": ReleaseId("Release ID.", example="2026-11-23.01")},
    example="/v1/releases/{id}",
)

LIST_CHANGES = Operation(
    id="listChanges",
    tag=_TAG,
    summary="List what changed between two releases",
    description=(
        "Returns the net changes: a change that was later undone is not listed. The changes from "
        "A to B and from B to C add up to those from A to C."
    ),
    query=build_query(
        "ListChanges",
        {
            "since": optional(
                ReleaseId,
                "Release to compare from. Default: before the first release.",
                example="2026-11-23.01",
            ),
            "until": optional(
                ReleaseId,
                "Release to compare to. Default: the release read.",
                example="2026-11-23.06",
            ),
            "collection": repeated(
                CollectionName("Collection name.", example="ip-ranges"), "Filter by collection."
            ),
            "data_center": repeated(
                Reference("data-centers", "Data center ID.", example="uk"),
                "Filter by data center.",
                data_key="dc",
            ),
            "impact": repeated(Enum("Impact", IMPACTS, "Impact."), "Filter by impact."),
        },
        paged=True,
    ),
    response=Component("ChangeList", build_list_schema(ChangeSchema, "Page of changes.")),
    example="/v1/changes?collection=ip-ranges&limit=1",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve topics, releases and changes."""
    route(blueprint, "/topics", LIST_TOPICS)(list_topics)
    route(blueprint, "/topics/<id>", GET_TOPIC)(get_topic)
    route(blueprint, "/releases", LIST_RELEASES, {"atom": render_atom})(list_releases)
    route(blueprint, "/releases/<id>", GET_RELEASE)(get_release)
    route(blueprint, "/changes", LIST_CHANGES)(list_changes)
