"""Topics and how many current answers each has."""

from collections import Counter
from dataclasses import replace

from content.answers.answer import Answer, ReadContext
from content.answers.facts import list_facts
from content.documents import FAQS, Body, Document
from content.ledger.catalogue import Catalogue
from content.ledger.release import Release

COLLECTION = "topics"


def list_topics(context: ReadContext) -> Answer:
    """Return every topic in authored order."""
    catalogue = context.catalogue
    counts = catalogue.get_or_build(("answers of topics",), lambda: _count_answers(catalogue))

    def derive(_context: ReadContext, document: Document) -> Body:
        return {"faq_count": counts[document.key.id]}

    answer = list_facts(context, COLLECTION, derive=derive)
    counted = catalogue.get_or_build(
        ("newest count of topics",), lambda: _find_count_change(catalogue)
    )
    if counted.published_at <= answer.release.published_at:
        return answer
    body = answer.body | {"release": counted.id}
    changed_at = max(answer.changed_at, counted.published_at)
    return replace(answer, body=body, release=counted, changed_at=changed_at)


def _counts_for(document: Document | None) -> list[str]:
    if document is None or document.body["status"] != "current":
        return []
    return list(document.body["topics"])


def _count_answers(catalogue: Catalogue) -> Counter[str]:
    documents = catalogue.list_documents(FAQS)
    return Counter(topic for document in documents for topic in _counts_for(document))


def _find_count_change(catalogue: Catalogue) -> Release:
    """Return the newest release that changed how many answers a topic has."""
    history = catalogue.archive.history
    for number in range(catalogue.number, 1, -1):
        difference: Counter[str] = Counter()
        for key in history.changed_keys[number - 1]:
            if key.collection == FAQS:
                now, was = (
                    _counts_for(history.find_document(key, n)) for n in (number, number - 1)
                )
                if now != was:
                    difference.update(now)
                    difference.subtract(was)
        if any(difference.values()):
            return catalogue.get_release(number)
    return catalogue.get_release(1)
