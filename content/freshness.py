"""How well all is looked after: what is overdue for review, and when anything was last checked."""

from content.answers import Answer, Reading, build_answer
from content.documents import Body, Document
from content.windows import get_review_state, next_day


def summarize_freshness(reading: Reading) -> Answer:
    """Return the state of every collection that holds documents, in order, and of all together.

    Returns:
        `{"count", "overdue", "reviewed_on", "due_on", "collections": [{"name", "title", "count",
        "overdue", "reviewed_on", "due_on"}]}`: when the newest review was, and the last day before
        the next document is overdue, None when all are.
    """
    catalogue = reading.catalogue
    listed = [(row, catalogue.list_documents(row.name)) for row in catalogue.collections]
    everything = [document for _, documents in listed for document in documents]
    body = _summarize(reading, everything) | {
        "collections": [
            {"name": row.name, "title": row.title, **_summarize(reading, documents)}
            for row, documents in listed
            if documents
        ]
    }
    days = {document.body["review_by"] for document in everything}
    return build_answer(reading, body, reading.catalogue.release, map(next_day, days))


def _summarize(reading: Reading, documents: list[Document] | tuple[Document, ...]) -> Body:
    bodies = [document.body for document in documents]
    current = [b for b in bodies if get_review_state(b, reading.day) == "current"]
    return {
        "count": len(bodies),
        "overdue": len(bodies) - len(current),
        "reviewed_on": max((body["reviewed_on"] for body in bodies), default=None),
        "due_on": min((body["review_by"] for body in current), default=None),
    }
