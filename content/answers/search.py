"""Search answers by words in the question or the summary."""

from itertools import chain

from content.answers.answer import Answer, ReadContext, build_answer, build_list
from content.answers.faqs import summarize_faq
from content.answers.matching import ANY, build_matcher, find_last_change, select_documents
from content.documents import FAQS, Document
from content.text.filling import fill_summary
from content.windows import list_boundaries


def search_faqs(
    context: ReadContext, text: str, *, topic: str | None = None, start: int = 0, limit: int
) -> Answer:
    """Return the answers that contain all words, in authored order. `count` is the total.

    Args:
        text: Words or parts of words, in any case. Empty for all answers.
        topic: Filter by topic. None for all topics.
        start: Number of results to skip.
        limit: Maximum number of results to return.
    """
    catalogue = context.catalogue
    texts = catalogue.get_or_build(("texts of", FAQS), lambda: _read_texts(context))
    filters = {"topics": (topic,) if topic else ()}
    matcher = build_matcher(catalogue, FAQS, filters) if topic else ANY
    words = set(text.casefold().split())
    selected = [
        document
        for document in select_documents(catalogue, FAQS, matcher)
        if all(word in texts[document.key.id] for word in words)
    ]
    items = [summarize_faq(context, document) for document in selected[start : start + limit]]
    release = find_last_change(catalogue, FAQS, matcher)
    boundaries = chain.from_iterable(list_boundaries(document.body) for document in selected)
    return build_answer(context, build_list(release, items, len(selected)), release, boundaries)


def _read_texts(context: ReadContext) -> dict[str, str]:
    """Return the searched text of each answer, by ID."""
    documents = context.catalogue.list_documents(FAQS)
    return {document.key.id: _read_text(context, document) for document in documents}


def _read_text(context: ReadContext, document: Document) -> str:
    summary = fill_summary(document.body["summary"], context.catalogue)
    return f"{document.body['question']}\n{summary}".casefold()
