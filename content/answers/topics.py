"""Topics, with the number of current answers for each."""

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import replace

from content.answers.answer import Answer, ReadContext
from content.answers.facts import get_fact, list_facts
from content.documents import FAQS, Body, Document, Key
from content.ledger.catalogue import Catalogue
from content.ledger.history import History
from content.ledger.release import Release

COLLECTION = "topics"


def list_topics(context: ReadContext) -> Answer:
    """Return all topics, in authored order."""
    answer = _count_changes(context, list_facts(context, COLLECTION, derive=_derive))
    return replace(answer, body=answer.body | {"release": answer.release.id})


def get_topic(context: ReadContext, topic_id: str) -> Answer:
    """Return one topic."""
    return _count_changes(context, get_fact(context, COLLECTION, topic_id, derive=_derive))


def _count_changes(context: ReadContext, answer: Answer) -> Answer:
    """Return *answer* with the newest release that changed a count of answers, if it is later."""
    catalogue = context.catalogue
    counted = catalogue.get_or_build(
        ("newest count of topics",), lambda: _find_count_change(catalogue)
    )
    if counted.published_at <= answer.release.published_at:
        return answer
    changed_at = max(answer.changed_at, counted.published_at)
    return replace(answer, release=counted, changed_at=changed_at)


def _derive(context: ReadContext, document: Document) -> Body:
    catalogue = context.catalogue
    counts = catalogue.get_or_build(("answers of topics",), lambda: _count_answers(catalogue))
    return {"faq_count": counts[document.key.id]}


def _counts_for(document: Document | None) -> list[str]:
    if document is None or document.body["status"] != "current":
        return []
    return list(document.body["topics"])


def _count_answers(catalogue: Catalogue) -> Counter[str]:
    documents = catalogue.list_documents(FAQS)
    return Counter(topic for document in documents for topic in _counts_for(document))


def _find_count_change(catalogue: Catalogue) -> Release:
    """Return the newest release that changed the number of answers of a topic."""
    archive = catalogue.archive
    numbers = archive.get_or_build(("count changes",), lambda: _list_count_changes(archive.history))
    return catalogue.get_release([1, *numbers][bisect_right(numbers, catalogue.number)])


def _list_count_changes(history: History) -> list[int]:
    """Return the numbers of all such releases, in order."""
    differences: dict[int, Counter[str]] = defaultdict(Counter)
    for faq_id in history.ids.get(FAQS, ()):
        was: list[str] = []
        for version in history.versions[Key(FAQS, faq_id)]:
            now = _counts_for(version.change.document)
            if now != was:
                differences[version.number].update(now)
                differences[version.number].subtract(was)
                was = now
    return sorted(number for number, counts in differences.items() if any(counts.values()))
