"""Topics and how many current answers each has."""

from collections import Counter, defaultdict
from dataclasses import replace

from content.answers import Answer, Reading
from content.documents import Body, Document, Key
from content.facts import list_facts

COLLECTION = "topics"
FAQS = "faqs"


def list_topics(reading: Reading) -> Answer:
    """Return every topic in authored order."""

    def derive(reading: Reading, document: Document) -> Body:
        return {"faq_count": _count_faqs(reading, document.key.id)}

    answer = list_facts(reading, COLLECTION, derive=derive)
    counted = reading.catalogue.get_release(_find_count_change(reading))
    if counted.published_at <= answer.release.published_at:
        return answer
    body = answer.body | {"release": counted.id}
    changed_at = max(answer.changed_at, counted.published_at)
    return replace(answer, body=body, release=counted, changed_at=changed_at)


def _count_faqs(reading: Reading, topic: str) -> int:
    documents = reading.catalogue.list_documents(FAQS)
    return sum(topic in _counts_for(document) for document in documents)


def _counts_for(document: Document | None) -> list[str]:
    if document is None or document.body["status"] != "current":
        return []
    return list(document.body["topics"])


def _find_count_change(reading: Reading) -> int:
    """Return the number of the newest release that changed how many answers a topic has."""
    history, last = reading.catalogue.archive.history, reading.catalogue.number
    differences: dict[int, Counter[str]] = defaultdict(Counter)
    for faq_id in history.ids.get(FAQS, ()):
        counted: list[str] = []
        for version in history.versions[Key(FAQS, faq_id)]:
            counts = _counts_for(version.change.document)
            if version.number <= last:
                differences[version.number].update(counts)
                differences[version.number].subtract(counted)
            counted = counts
    return max(
        (number for number, by_topic in differences.items() if any(by_topic.values())), default=1
    )
