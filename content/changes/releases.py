"""The list of releases, and one release with its changes."""

from collections import Counter

from content.answers.answer import Answer, ReadContext, build_answer, build_list
from content.answers.paging import build_cursor, cut_page, read_cursor
from content.changes.comparison import name_action
from content.changes.net_changes import compare_releases
from content.documents import KINDS, Body
from content.ledger.catalogue import Catalogue
from content.ledger.release import Release
from schemas.release import CHANGE_ACTIONS


def list_releases(
    context: ReadContext, *, limit: int, cursor: str | None = None, in_force_on: str | None = None
) -> Answer:
    """Return a page of releases, newest first.

    Args:
        in_force_on: Return only the release in force at the end of this day.

    Raises:
        ParametersError: *cursor* is not a cursor of this list.
    """
    filters = _list_filters(in_force_on)
    begin = read_cursor(cursor, filters)
    catalogue = context.as_of(begin.release).catalogue if begin else context.catalogue
    releases = catalogue.archive.history.releases[: catalogue.number]
    listed = releases[::-1]
    if in_force_on is not None:
        listed = [release for release in listed if release.published_on <= in_force_on][:1]
    page, after = cut_page(listed, lambda release: release.id, limit, begin)
    newest = listed[0] if listed else releases[0]
    items = [_summarize(catalogue, release) for release in page]
    following = build_cursor(newest.id, filters, after)
    return build_answer(context, build_list(newest, items, len(listed), following), newest)


def continue_after(body: Body, release_id: str, in_force_on: str | None) -> str | None:
    """Return a cursor that continues a list after *release_id*.

    Args:
        body: The body of the list.
    """
    return build_cursor(body["release"], _list_filters(in_force_on), release_id)


def list_release_ids(context: ReadContext, *, limit: int) -> Answer:
    """Return the IDs and publication times of the latest releases, newest first."""
    catalogue = context.catalogue
    newest = catalogue.archive.history.releases[: catalogue.number][: -limit - 1 : -1]
    items: list[Body] = [{"release": r.id, "published_at": r.published_at} for r in newest]
    body = build_list(newest[0], items, catalogue.number)
    return build_answer(context, body, newest[0])


def count_kind_releases(catalogue: Catalogue) -> int:
    """Return the number of releases up to *catalogue* that changed declared kinds."""
    releases = catalogue.archive.history.releases[: catalogue.number]
    return sum(any(change.key.collection == KINDS for change in r.changes) for r in releases)


def get_release(context: ReadContext, release_id: str) -> Answer:
    """Return one release with its changes.

    Raises:
        UnknownReleaseError: The release does not exist, or is newer than the one that is read.
    """
    catalogue = context.get_catalogue(release_id)
    body = _summarize(catalogue, catalogue.release)
    body["changes"] = compare_releases(catalogue, catalogue.number - 1)
    return build_answer(context, body, catalogue.release)


def _list_filters(in_force_on: str | None) -> dict[str, str | None]:
    return {"on": in_force_on}


def _summarize(catalogue: Catalogue, release: Release) -> Body:
    history = catalogue.archive.history
    counts = Counter(
        name_action(
            history.find_document(key, release.number - 1),
            history.find_document(key, release.number),
        )
        for key in history.changed_keys[release.number - 1]
    )
    return {
        "release": release.id,
        "published_at": release.published_at,
        "summary": release.summary,
        "digest": release.digest,
        "previous": release.previous,
        "counts": {action: counts[action] for action in CHANGE_ACTIONS},
    }
