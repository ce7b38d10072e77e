"""Filters: which documents match in a release, and which release last changed the matches."""

import operator
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Collection as Values
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Any

from content.documents import Document, Key
from content.ledger.catalogue import Archive, Catalogue
from content.ledger.history import History
from content.ledger.release import Release

#: A condition on a document that does not depend on the release.
Condition = Callable[[Document], bool]
#: Field name and accepted values. Empty for any value.
Filters = Mapping[str, Values[str] | str | None]
_Criteria = Mapping[str, set[str]]


@dataclass(frozen=True)
class Matcher:
    """Decides which documents belong to a response, in any release.

    Attributes:
        matches: Returns whether a document matches in the release with a given number.
        criteria_at: Returns the criteria in a release. They only differ between releases if an
            alias has a different target.
        keys: A superset of the documents that ever matched. None for the whole collection.
    """

    matches: Callable[[Document, int], bool]
    criteria_at: Callable[[int], Any] = lambda _number: None
    keys: AbstractSet[Key] | None = None


#: Matches every document.
ANY = Matcher(lambda _document, _number: True)


def join_matchers(one: Matcher, other: Matcher) -> Matcher:
    """Return a matcher for documents that match both."""
    known = [keys for keys in (one.keys, other.keys) if keys is not None]
    return Matcher(
        lambda document, number: one.matches(document, number) and other.matches(document, number),
        lambda number: (one.criteria_at(number), other.criteria_at(number)),
        min(known, key=len, default=None),
    )


def build_matcher(
    catalogue: Catalogue, collection: str, filters: Filters, selects: Condition | None = None
) -> Matcher:
    """Return a matcher for documents that have an accepted value in each filtered field.

    Aliases in *filters* are resolved to current IDs. A list matches if it contains one of the
    values.

    Args:
        selects: An additional condition on the document.
    """
    kinds = dict(catalogue.collections[collection].references)
    history = catalogue.archive.history
    criteria = {f: {v} if isinstance(v, str) else set(v) for f, v in filters.items() if v}

    @cache
    def want(number: int) -> _Criteria:
        return {
            field: {history.resolve_alias(kinds.get(field, ""), v, number) for v in values}
            for field, values in criteria.items()
        }

    def matches(document: Document, number: int) -> bool:
        has = all(_has(document.body.get(f), values) for f, values in want(number).items())
        return has and (selects is None or selects(document))

    return Matcher(matches, want, _find_keys(catalogue.archive, collection, criteria, kinds))


def _has(value: Any, wanted: set[str]) -> bool:
    return not wanted.isdisjoint(value) if isinstance(value, list) else value in wanted


def _find_keys(
    archive: Archive, collection: str, criteria: _Criteria, kinds: Mapping[str, str]
) -> set[Key] | None:
    """Return the documents that ever had a value in *criteria*. None if *criteria* is empty."""
    found = []
    for field, values in criteria.items():
        kind = kinds.get(field, "")
        meant = values.union(*(archive.history.alias_targets(kind, value) for value in values))
        found.append(archive.keys_by_value(collection, field, meant))
    return set.intersection(*found) if found else None


def select_documents(catalogue: Catalogue, collection: str, matcher: Matcher) -> list[Document]:
    """Return the documents of *collection* that match, in the order of the collection."""
    if matcher.keys is None:
        documents = catalogue.list_documents(collection)
    else:
        keys = (key for key in matcher.keys if key.collection == collection)
        documents = catalogue.select_documents(collection, keys)
    return [d for d in documents if matcher.matches(d, catalogue.number)]


def find_last_change(catalogue: Catalogue, collection: str, matcher: Matcher) -> Release:
    """Return the newest release that changed a document that matches before or after the change.

    A release that changed the target of an alias counts if other documents match since then.
    If no document ever matched, return the first release.
    """
    newest = _find_last_match(catalogue, collection, matcher)
    history = catalogue.archive.history
    for number in reversed(history.alias_history):
        if number <= newest:
            break
        turns = number <= catalogue.number and matcher.criteria_at(
            number - 1
        ) != matcher.criteria_at(number)
        if turns and any(
            operator.ne(*_match_around(history, key, number, matcher.matches))
            for key in _list_keys(catalogue, collection, matcher)
        ):
            return catalogue.get_release(number)
    return catalogue.get_release(newest)


def _find_last_match(catalogue: Catalogue, collection: str, matcher: Matcher) -> int:
    """Return the number of the newest release that changed a match. 1 if there was no match."""
    history, keys = catalogue.archive.history, matcher.keys
    numbers = history.changed_in.get(collection, [])
    for number in reversed(numbers[: bisect_right(numbers, catalogue.number)]):
        for key in history.changed_keys[number - 1]:
            if key.collection != collection or (keys is not None and key not in keys):
                continue
            if any(_match_around(history, key, number, matcher.matches)):
                return number
    return 1


def _list_keys(catalogue: Catalogue, collection: str, matcher: Matcher) -> Iterable[Key]:
    if matcher.keys is not None:
        return matcher.keys
    return [Key(collection, i) for i in catalogue.archive.history.ids.get(collection, ())]


def _match_around(
    history: History, key: Key, number: int, matches: Callable[[Document, int], bool]
) -> tuple[bool, bool]:
    """Return whether the document *key* matches before release *number*, and after it."""
    before, after = (history.find_document(key, n) for n in (number - 1, number))
    return (
        before is not None and matches(before, number - 1),
        after is not None and matches(after, number),
    )
