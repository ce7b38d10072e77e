"""The list of releases, and the page of a release with its changes."""

from collections.abc import Iterator
from itertools import groupby

from marshmallow import Schema

from api.site.differences import describe_change
from api.site.page import Page, PageContext
from api.site.summaries import mark_releases
from content.answers.answer import ReadContext
from content.changes.releases import get_release, list_releases
from content.documents import Body
from schemas.fields import Text
from schemas.query import optional

_MAX_RELEASES = 50
#: The maximum number of changes on a page. The API returns all of them.
_MAX_CHANGES = 200
_FIREWALLS = "ip-ranges"


def show_changes(context: ReadContext, *, cursor: str | None) -> PageContext:
    """Return the list of releases, newest first."""
    releases = list_releases(context, limit=_MAX_RELEASES, cursor=cursor)
    values = {
        "releases": mark_releases(context, releases.body["items"]),
        "next_cursor": releases.body["next_cursor"],
        "cursor": cursor,
    }
    return PageContext(values, (releases,))


def show_release(context: ReadContext, release_id: str) -> PageContext:
    """Return a release with its changes, those of IP ranges first.

    Raises:
        UnknownReleaseError: no release has this ID.
    """
    answer = get_release(context, release_id)
    number = context.get_catalogue(release_id).number
    changes = [describe_change(change) for change in answer.body["changes"][:_MAX_CHANGES]]
    values = {
        "release": answer.body,
        "previous": context.catalogue.get_release(number - 1).id if number > 1 else None,
        "groups": list(_group(context, changes)),
        "left_out": len(answer.body["changes"]) - len(changes),
        "sample": any(change["sample"] for change in changes),
    }
    return PageContext(values, (answer,))


def _group(context: ReadContext, changes: list[Body]) -> Iterator[tuple[str, list[Body]]]:
    """Yield the title of each collection with its changes, IP ranges first."""
    first = sorted(changes, key=lambda change: change["collection"] != _FIREWALLS)
    for name, group in groupby(first, key=lambda change: change["collection"]):
        yield context.catalogue.known_collections[name].title, list(group)


CHANGES_PAGE = Page(
    "/changes",
    "changes.html",
    show_changes,
    Schema.from_dict({"cursor": optional(Text, "Cursor of the page.")}, name="ChangesPageSchema"),
)
RELEASE_PAGE = Page("/releases/<id>", "release.html", show_release)
