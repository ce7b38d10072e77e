"""The net changes between two releases."""

from collections.abc import Collection as Values
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from content.answers.answer import Answer, ReadContext, build_answer, build_list
from content.answers.paging import build_cursor, cut_page, read_cursor
from content.changes.comparison import Comparison, Difference
from content.documents import DATA_CENTERS, Body, Key
from content.errors import ParameterFault, ParametersError
from content.ledger.catalogue import Catalogue
from content.ledger.release import Release


def list_changes(
    context: ReadContext,
    *,
    limit: int,
    cursor: str | None = None,
    since: str | None = None,
    until: str | None = None,
    collection: Values[str] = (),
    data_center: Values[str] = (),
    impact: Values[str] = (),
) -> Answer:
    """Return a page of the differences between two releases, by collection and ID.

    Args:
        since: The earlier release. None to compare with an empty catalogue.
        until: The later release. None for the release that is read.

    Raises:
        UnknownReleaseError: A release does not exist, or is newer than the one that is read.
        ParametersError: *until* is older than *since*, or *cursor* is not a cursor of this list.
    """
    filters = {"since": since, "until": until, "collection": collection}
    filters |= {"dc": data_center, "impact": impact}
    begin = read_cursor(cursor, filters)
    ends = context.get_catalogue(until or context.catalogue.release.id)
    start = context.get_catalogue(since).number if since else 0
    _check_order(since, start, ends)
    ends = context.as_of(begin.release).catalogue if begin else ends
    centers = {ends.resolve_alias(DATA_CENTERS, center) for center in data_center}
    comparison = Comparison(ends.archive.get_numbered(start), ends)
    keys = _select_keys(comparison.list_changed(), ends, start, collection, centers)
    found = comparison.list_differences(keys)
    listed = [d for d in found if _is_selected(d, impact, centers)]
    page, after = cut_page(listed, lambda difference: difference.path, limit, begin)
    release = _find_newest(ends, start, set(keys), data_center)
    items = [comparison.describe(difference) for difference in page]
    following = build_cursor(release.id, filters, after)
    return build_answer(context, build_list(release, items, len(listed), following), release)


def compare_releases(catalogue: Catalogue, since: int) -> list[Body]:
    """Return the differences between release number *since* and *catalogue*."""
    comparison = Comparison(catalogue.archive.get_numbered(since), catalogue)
    found = comparison.list_differences(comparison.list_changed())
    return [comparison.describe(difference) for difference in found]


def _select_keys(
    changed: Iterable[Key],
    catalogue: Catalogue,
    since: int,
    collections: Values[str],
    centers: set[str],
) -> list[Key]:
    return [
        key
        for key in changed
        if (not collections or key.collection in collections)
        and (not centers or _concerns(catalogue, since, key, centers))
    ]


def _concerns(catalogue: Catalogue, since: int, key: Key, centers: set[str]) -> bool:
    if key.collection == DATA_CENTERS:
        return key.id in centers
    versions = catalogue.archive.history.versions[key]
    around = [v for v in versions if since < v.number <= catalogue.number]
    documents = [catalogue.archive.history.find_document(key, since)]
    documents += [version.change.document for version in around]
    return any(d is not None and d.body.get("data_center") in centers for d in documents)


def _is_selected(difference: Difference, impacts: Values[str], centers: set[str]) -> bool:
    if impacts and difference.impact not in impacts:
        return False
    if not centers or difference.key.collection == DATA_CENTERS:
        return True
    sides = (difference.before, difference.after)
    return any(side is not None and side.body.get("data_center") in centers for side in sides)


def _find_newest(
    catalogue: Catalogue, since: int, keys: AbstractSet[Key], centers: Values[str]
) -> Release:
    """Return the newest release that changed one of *keys*. If none did, *since* or the first.

    A release that changed the target of an alias in *centers* counts too.
    """
    history = catalogue.archive.history
    aliases = history.aliases.get(DATA_CENTERS, {})
    turns = {target.number for center in centers for target in aliases.get(center, ())}
    for number in range(catalogue.number, max(since, 1), -1):
        if number in turns or not keys.isdisjoint(history.changed_keys[number - 1]):
            return catalogue.get_release(number)
    return catalogue.get_release(max(since, 1))


def _check_order(since: str | None, start: int, catalogue: Catalogue) -> None:
    if start > catalogue.number:
        message = f"{since!r} is newer than {catalogue.release.id!r}. Swap since and until."
        raise ParametersError([ParameterFault("since", message)])
