"""FAQs: the list, and single answers filled in for a data center and an application."""

from collections.abc import Collection as Values
from dataclasses import replace
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
from content.answers.citations import build_citing_matcher, list_facts_used
from content.answers.matching import (
    build_matcher,
    find_last_change,
    join_matchers,
    select_documents,
)
from content.answers.paging import build_cursor, cut_page, read_cursor
from content.answers.site import find_language
from content.documents import DATA_CENTERS, FAQS, Body, Document, Key, pick
from content.languages import choose_language
from content.text.filling import fill_summary, fill_template
from content.text.markdown import render_markdown
from content.text.template import parse_template
from content.text.values import Reader
from content.windows import list_boundaries
from schemas.kinds.faq import SUMMARY_FIELDS


def list_faqs(
    context: ReadContext,
    *,
    limit: int,
    cursor: str | None = None,
    language: str | None = None,
    cites: str | None = None,
    **filters: Values[str] | str | None,
) -> Answer:
    """Return a page of summaries, in authored order.

    Args:
        cites: `collection/id`. Return only answers that show a value of this document.
        filters: Field name and accepted values. Empty for any value.

    Raises:
        ParametersError: *cursor* is not a cursor of this list.
    """
    criteria = {**filters, "cites": cites}
    begin = read_cursor(cursor, criteria)
    live = context.as_of(begin.release) if begin else context
    matcher = join_matchers(
        build_matcher(live.catalogue, FAQS, filters), build_citing_matcher(live, cites)
    )
    selected = select_documents(live.catalogue, FAQS, matcher)
    page, after = cut_page(selected, lambda document: document.key.id, limit, begin)
    release = find_last_change(live.catalogue, FAQS, matcher)
    items = [summarize_faq(live, document) for document in page]
    body = build_list(release, items, len(selected), build_cursor(release.id, criteria, after))
    boundaries = chain.from_iterable(list_boundaries(document.body) for document in selected)
    served = choose_language(language, (find_language(context.catalogue)[0],))
    return build_answer(context, body, release, boundaries, language=served)


def get_faq(
    context: ReadContext,
    faq_id: str,
    *,
    data_center: str | None = None,
    application: str | None = None,
    language: str | None = None,
) -> Answer:
    """Return one answer, filled in for the data center and the application of the reader.

    Raises:
        MovedDocumentError: The ID is an alias of another answer.
        WithdrawnDocumentError: It was withdrawn.
        UnknownDocumentError: It does not exist in this release.
    """
    document = get_live_document(context, Key(FAQS, faq_id))
    available, chosen_in = find_language(context.catalogue)
    served = choose_language(language, (available,))
    reader = Reader(_find_data_center(context, data_center), application, context.day)
    used = list_facts_used(context.catalogue, document)
    known = _describe(context, document) | {
        "answer": _render(context, document, reader),
        "language": {"served": served, "available": [available]},
        "facts_used": [fact.describe(context.catalogue) for fact in used],
    }
    body = pick(known, context.catalogue.collections[FAQS].served)
    windows = (list_boundaries(fact.body, window_alone=True) for fact in used)
    boundaries = chain(list_boundaries(document.body), chain.from_iterable(windows))
    answer = answer_document(context, document, body, boundaries, language=served)
    return replace(answer, changed_at=max(answer.changed_at, chosen_in.published_at))


def get_faq_summary(context: ReadContext, faq_id: str) -> Answer:
    """Return one answer without its text.

    Raises:
        MovedDocumentError: The ID is an alias of another answer.
        WithdrawnDocumentError: It was withdrawn.
        UnknownDocumentError: It does not exist in this release.
    """
    document = get_live_document(context, Key(FAQS, faq_id))
    return answer_document(context, document, summarize_faq(context, document))


def asks_for_center(context: ReadContext, faq_id: str) -> bool:
    """Return whether the text of an answer depends on the data center."""
    document = get_live_document(context, Key(FAQS, faq_id))
    template = parse_template(document.body["markdown"])
    first = (center.key.id for center in context.catalogue.list_documents(DATA_CENTERS)[:1])
    contexts = (Reader(center, day=context.day) for center in (None, *first))
    return len({fill_template(template, context.catalogue, each) for each in contexts}) > 1


def summarize_faq(context: ReadContext, document: Document) -> Body:
    """Return an answer without its text."""
    return pick(_describe(context, document), SUMMARY_FIELDS)


def _describe(context: ReadContext, document: Document) -> Body:
    path = f"/v1/faqs/{document.key.id}"
    return {
        **document.body,
        **describe_document(context, document),
        "summary": fill_summary(document.body["summary"], context.catalogue),
        "links": {"self": path, "revisions": f"{path}/revisions"},
    }


def _render(context: ReadContext, document: Document, reader: Reader) -> Body:
    template = parse_template(document.body["markdown"])
    markdown = fill_template(template, context.catalogue, reader)
    html, text = render_markdown(markdown)
    return {"markdown": markdown, "html": html, "text": text}


def _find_data_center(context: ReadContext, name: str | None) -> str | None:
    """Return the ID of the data center *name*. None if it does not exist in this release."""
    if name is None:
        return None
    found = context.catalogue.find_current(DATA_CENTERS, name)
    return None if found is None else found.key.id
