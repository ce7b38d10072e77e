"""The net difference of any two releases: what an administrator has to do, and why."""

from collections import defaultdict
from collections.abc import Collection as Values
from collections.abc import Iterable

from content.answers import Answer, Reading, build_answer, build_list
from content.catalogue import Catalogue
from content.documents import Body, Document, Key, changed_fields
from content.errors import ParameterFault, ParametersError
from content.filling import Context, fill_summary, fill_template
from content.impact import judge_impact
from content.paging import cut_page, read_cursor, write_cursor
from content.placeholders import DATA_CENTERS
from content.releases import Release
from content.templates import parse_template

FAQS = "faqs"


def list_changes(
    reading: Reading,
    *,
    limit: int,
    cursor: str | None = None,
    since: str | None = None,
    until: str | None = None,
    collection: Values[str] = (),
    data_center: Values[str] = (),
    impact: Values[str] = (),
) -> Answer:
    """Return a page of the differences between two releases, by collection and id.

    Args:
        since: The release before the first change; None: from the beginning.
        until: The release of the last change; None: the release read.

    Raises:
        UnknownReleaseError: one of the releases is not there, or came after the one read.
        ParametersError: *until* comes before *since*, or *cursor* is no cursor of this list.
    """
    filters = {"since": since, "until": until, "collection": collection}
    filters |= {"dc": data_center, "impact": impact}
    begin = read_cursor(cursor, filters)
    ends = reading.get_catalogue(until or reading.catalogue.release.id)
    start = reading.get_catalogue(since).number if since else 0
    _check_order(since, start, ends)
    ends = reading.as_of(begin.release).catalogue if begin else ends
    centers = {ends.resolve_alias(DATA_CENTERS, center) for center in data_center}
    keys = _select_keys(ends, start, collection, centers)
    listed = [
        change
        for change in compare_keys(ends, start, keys)
        if (not impact or change["impact"] in impact) and (not centers or _shows(change, centers))
    ]
    page, after = cut_page(listed, lambda c: f"{c['collection']}/{c['id']}", limit, begin)
    release = _find_newest(ends, start, keys)
    following = write_cursor(release.id, filters, after)
    return build_answer(reading, build_list(release, page, len(listed), following), release)


def compare_releases(catalogue: Catalogue, since: int) -> list[Body]:
    """Return how every document of *catalogue* differs from release number *since*."""
    return compare_keys(catalogue, since, list_touched(catalogue, since))


def compare_keys(catalogue: Catalogue, since: int, keys: Iterable[Key]) -> list[Body]:
    """Return how the documents *keys* differ; those that do not are left out."""
    comparison = _Comparison(catalogue.archive.get_numbered(since), catalogue)
    return [change for key in keys if (change := comparison.compare(key)) is not None]


class _Comparison:
    """Two states of all documents, side by side."""

    def __init__(self, before: Catalogue, after: Catalogue) -> None:
        self._before, self._after = before, after
        self._changed: dict[str, list[Key]] = defaultdict(list)
        for key in list_touched(after, before.number):
            self._changed[key.collection].append(key)

    def compare(self, key: Key) -> Body | None:
        before, after = self._before.find_document(key), self._after.find_document(key)
        causes = self._find_causes(after) if before and after else []
        if before == after and not causes:
            return None
        was, now = _resolve(self._before, before), _resolve(self._after, after)
        impact, effective_on = judge_impact(self._after.collections[key.collection], was, now)
        version = self._after.find_version(key) if after is None else None
        return {
            "collection": key.collection,
            "id": key.id,
            "action": name_action(before, after),
            "fields": list(changed_fields(was, now)) if was and now else [],
            "before": was,
            "after": now,
            "impact": impact,
            "effective_on": effective_on,
            "reason": version.change.reason if version else None,
            "successor": version.change.successor if version else None,
            "caused_by": [{"collection": cause.collection, "id": cause.id} for cause in causes],
        }

    def _find_causes(self, document: Document) -> list[Key]:
        causes: dict[Key, None] = {}
        for citation in document.cites:
            for key in self._changed.get(citation.collection, ()):
                was = citation.read(key, self._before.find_body(key))
                if was != citation.read(key, self._after.find_body(key)):
                    causes[key] = None
        return sorted(causes)


def _resolve(catalogue: Catalogue, document: Document | None) -> Body | None:
    """Return the authored fields of *document*, an answer's text with its values filled in."""
    if document is None or document.key.collection != FAQS:
        return document.body if document else None
    template = parse_template(document.body["markdown"])
    return document.body | {
        "summary": fill_summary(document.body["summary"], catalogue),
        "markdown": fill_template(template, catalogue, Context()),
    }


def name_action(before: Document | None, after: Document | None) -> str:
    """Return whether a document was added, changed or removed."""
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def list_touched(catalogue: Catalogue, since: int) -> list[Key]:
    """Return what was touched after release number *since*, in the order of collections and ids."""
    touched = catalogue.archive.history.touched[since : catalogue.number]
    places = {name: place for place, name in enumerate(catalogue.collections.names)}
    keys = {key for keys in touched for key in keys}
    return sorted(keys, key=lambda key: (places[key.collection], key.id))


def _select_keys(
    catalogue: Catalogue, since: int, collections: Values[str], centers: set[str]
) -> list[Key]:
    return [
        key
        for key in list_touched(catalogue, since)
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


def _shows(change: Body, centers: set[str]) -> bool:
    if change["collection"] == DATA_CENTERS:
        return True
    sides = (change["before"], change["after"])
    return any(side is not None and side.get("data_center") in centers for side in sides)


def _find_newest(catalogue: Catalogue, since: int, keys: Iterable[Key]) -> Release:
    numbers = [catalogue.list_touches(key)[-1].number for key in keys]
    return catalogue.get_release(max([*numbers, since, 1]))


def _check_order(since: str | None, start: int, catalogue: Catalogue) -> None:
    if start > catalogue.number:
        said = f"{since!r} comes after {catalogue.release.id!r}; exchange since and until."
        raise ParametersError([ParameterFault("since", said)])
