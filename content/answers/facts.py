"""Lists and single documents of any collection of facts."""

from collections.abc import Callable
from collections.abc import Collection as Values
from itertools import chain

from content.answers.answer import (
    Answer,
    ReadContext,
    answer_document,
    build_answer,
    build_list,
    describe_document,
    get_live_document,
)
from content.answers.matching import Condition, build_matcher, find_last_change, select_documents
from content.documents import Body, Document, Key, pick
from content.windows import derive_by_day, list_boundaries

#: Returns the derived fields that only one collection has.
Deriver = Callable[[ReadContext, Document], Body]


def derive_nothing(_context: ReadContext, _document: Document) -> Body:
    """Return no derived fields."""
    return {}


def list_facts(
    context: ReadContext,
    collection: str,
    *,
    derive: Deriver = derive_nothing,
    selects: Condition | None = None,
    shows: Condition | None = None,
    **filters: Values[str] | str | None,
) -> Answer:
    """Return the documents of *collection* that match all filters.

    Args:
        derive: Returns the derived fields of this collection.
        selects: An additional condition on the document.
        shows: A condition that depends on the day. Documents that fail it are left out, but
            still count for `release`.
        filters: Field name and accepted values. Empty for any value.
    """
    catalogue = context.catalogue
    matcher = build_matcher(catalogue, collection, filters, selects)
    selected = select_documents(catalogue, collection, matcher)
    shown = [d for d in selected if shows is None or shows(d)]
    release = find_last_change(catalogue, collection, matcher)
    body = build_list(release, [serve_fact(context, d, derive) for d in shown], len(shown))
    boundaries = chain.from_iterable(list_boundaries(document.body) for document in selected)
    return build_answer(context, body, release, boundaries)


def get_fact(
    context: ReadContext, collection: str, document_id: str, *, derive: Deriver = derive_nothing
) -> Answer:
    """Return one document.

    Raises:
        MovedDocumentError: The ID is an alias of another document.
        WithdrawnDocumentError: It was withdrawn.
        UnknownDocumentError: It does not exist in this release.
    """
    document = get_live_document(context, Key(collection, document_id))
    return answer_document(context, document, serve_fact(context, document, derive))


def serve_fact(context: ReadContext, document: Document, derive: Deriver) -> Body:
    """Return *document* as served by the API, with fields in the order of its schema."""
    collection = context.catalogue.collections[document.key.collection]
    links = {"self": f"/v1/{document.key}"}
    if not collection.is_plain:
        links["cited_by"] = f"/v1/faqs?cites={document.key}"
    known = {
        **derive_by_day(document.body, context.day),
        **document.body,
        **describe_document(context, document),
        "links": links,
    }
    known |= derive(context, document)
    return pick(known, collection.served)
