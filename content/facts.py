"""The facts of any collection that needs no rules of its own: a list and a document."""

from collections.abc import Callable, Mapping
from collections.abc import Collection as Values
from functools import cache
from itertools import chain
from typing import Any

from content.answers import (
    Answer,
    Matcher,
    Reading,
    answer_document,
    build_answer,
    build_list,
    describe_document,
    find_last_change,
    get_live_document,
)
from content.documents import Body, Document, Key, pick
from content.windows import list_boundaries

#: What a collection says of a document beside what all say: derived fields by name.
Deriver = Callable[[Reading, Document], Body]
#: What a document must meet, whichever release it is read at.
Condition = Callable[[Document], bool]


def derive_nothing(_reading: Reading, _document: Document) -> Body:
    """Return no derived field."""
    return {}


def list_facts(
    reading: Reading,
    collection: str,
    *,
    derive: Deriver = derive_nothing,
    selects: Condition | None = None,
    shows: Condition | None = None,
    **filters: Values[str] | str | None,
) -> Answer:
    """Return the documents of *collection* that every filter selects.

    Args:
        derive: The derived fields of this collection.
        selects: A filter that is more than a value of a field.
        shows: Leaves out what the day hides; what it hides still counts for `release`.
        filters: Field and the values it may have; nothing: any.
    """
    filtered = build_matcher(reading, collection, filters)

    def matches(document: Document, number: int) -> bool:
        return filtered(document, number) and (selects is None or selects(document))

    catalogue = reading.catalogue
    selected = [d for d in catalogue.list_documents(collection) if matches(d, catalogue.number)]
    shown = [d for d in selected if shows is None or shows(d)]
    release = find_last_change(reading, collection, matches)
    body = build_list(release, [serve_fact(reading, d, derive) for d in shown], len(shown))
    boundaries = chain.from_iterable(list_boundaries(document.body) for document in selected)
    return build_answer(reading, body, release, boundaries)


def get_fact(
    reading: Reading, collection: str, document_id: str, *, derive: Deriver = derive_nothing
) -> Answer:
    """Return one document.

    Raises:
        MovedDocumentError: the id is an alias of another document.
        WithdrawnDocumentError: it was withdrawn.
        UnknownDocumentError: it is not there, yet or at all.
    """
    document = get_live_document(reading, Key(collection, document_id))
    return answer_document(reading, document, serve_fact(reading, document, derive))


def serve_fact(reading: Reading, document: Document, derive: Deriver) -> Body:
    """Return *document* as a client reads it, in the order of its schema."""
    name, document_id = document.key.collection, document.key.id
    links = {
        "self": f"/v1/{name}/{document_id}",
        "cited_by": f"/v1/faqs?cites={name}/{document_id}",
    }
    known = {**document.body, **describe_document(reading, document), "links": links}
    known |= derive(reading, document)
    return pick(known, reading.catalogue.collections[name].served)


def build_matcher(
    reading: Reading, collection: str, filters: Mapping[str, Values[str] | str | None]
) -> Matcher:
    """Return what tells whether a document has one of the asked values in each filtered field.

    A value that is an alias asks for the document that has it. A field that is a list matches
    when it contains one of the values.
    """
    kinds = dict(reading.catalogue.collections[collection].references)
    history = reading.catalogue.archive.history
    asked = {f: {v} if isinstance(v, str) else set(v) for f, v in filters.items() if v}

    @cache
    def want(number: int) -> dict[str, set[str]]:
        return {
            field: {history.resolve_alias(kinds.get(field, ""), v, number) for v in values}
            for field, values in asked.items()
        }

    def matches(document: Document, number: int) -> bool:
        return all(_has(document.body[f], values) for f, values in want(number).items())

    return matches


def _has(value: Any, wanted: set[str]) -> bool:
    return not wanted.isdisjoint(value) if isinstance(value, list) else value in wanted
