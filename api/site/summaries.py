"""The summaries of answers that pages link to, samples marked."""

from collections.abc import Iterable

from content.answers.answer import ReadContext
from content.documents import FAQS, Body, Key, is_sample


def build_summaries(context: ReadContext, faqs: Iterable[Body]) -> list[Body]:
    """Return *faqs*, summaries of answers in the release read, with whether each is a sample."""
    return [{**faq, "sample": _is_sample(context, faq["id"])} for faq in faqs]


def _is_sample(context: ReadContext, faq_id: str) -> bool:
    document = context.catalogue.find_document(Key(FAQS, faq_id))
    return document is not None and is_sample(document.body)
