"""Lists of answers and releases, with samples marked."""

from collections.abc import Iterable

from content.answers.answer import Answer, ReadContext
from content.answers.citations import contains_samples, list_facts_used
from content.answers.faqs import get_faq_summary
from content.documents import FAQS, Body, Document, Key, is_sample

#: The collection of IP ranges, and the path of its page.
RANGES = "ip-ranges"
_ABOUT_RANGES = {RANGES, "traffic-classes"}
_RANGES_LINKS = (f"](/{RANGES}", f"](/v1/{RANGES}")
_MAX_ABOUT_RANGES = 5


def build_summaries(context: ReadContext, faqs: Iterable[Body]) -> list[Body]:
    """Return *faqs*, summaries of answers, with a `sample` flag added to each."""
    return [{**faq, "sample": _shows_samples(context, faq["id"])} for faq in faqs]


def _shows_samples(context: ReadContext, faq_id: str) -> bool:
    document = context.catalogue.find_document(Key(FAQS, faq_id))
    if document is None:
        return False
    used = list_facts_used(context.catalogue, document)
    return contains_samples(document.body, (fact.body for fact in used))


def mark_releases(context: ReadContext, releases: Iterable[Body]) -> list[Body]:
    """Return *releases* with a `sample` flag added to each."""
    return [{**item, "sample": _puts_samples(context, item["release"])} for item in releases]


def _puts_samples(context: ReadContext, release_id: str) -> bool:
    documents = (change.document for change in context.get_catalogue(release_id).release.changes)
    return any(document is not None and is_sample(document.body) for document in documents)


def list_range_answers(context: ReadContext) -> list[Answer]:
    """Return the first answers about IP ranges."""
    documents = context.catalogue.list_documents(FAQS)
    ids = [document.key.id for document in documents if is_about_ranges(document)]
    return [get_faq_summary(context, faq_id) for faq_id in ids[:_MAX_ABOUT_RANGES]]


def is_about_ranges(document: Document) -> bool:
    """Tell whether an answer shows IP ranges or traffic classes, or links to IP ranges."""
    if any(citation.collection in _ABOUT_RANGES for citation in document.cites):
        return True
    return any(link in document.body["markdown"] for link in _RANGES_LINKS)
