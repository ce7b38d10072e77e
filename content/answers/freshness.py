"""Review status: how many documents are overdue or unreviewed, and the latest review."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from content.answers.answer import Answer, ReadContext, build_answer
from content.documents import Body, Document
from content.ledger.catalogue import Catalogue
from content.windows import next_day


@dataclass(frozen=True)
class _Reviews:
    """The review dates of the documents of a collection.

    Attributes:
        newest: The day of the latest review. None if no document was reviewed.
        unreviewed: Number of documents that were never reviewed.
        due: Number of documents by the day on which their review is due.
    """

    newest: str | None = None
    unreviewed: int = 0
    due: Counter[str] = field(default_factory=Counter)


def summarize_freshness(context: ReadContext) -> Answer:
    """Return the review status of each collection that has documents, and the total.

    Returns:
        `{"count", "overdue", "unreviewed", "reviewed_on", "due_on", "collections": [{"name",
        "title", …the same}]}`. `reviewed_on` is the day of the latest review, None if there was
        none. `due_on` is the next day on which a review is due, None if all are overdue.
    """
    catalogue = context.catalogue
    reviews = catalogue.get_or_build(("reviews",), lambda: _read_reviews(catalogue))
    everything = _join(reviews.values())
    body = _summarize(everything, context.day) | {
        "collections": [
            {
                "name": name,
                "title": catalogue.collections[name].title,
                **_summarize(one, context.day),
            }
            for name, one in reviews.items()
            if one.due
        ]
    }
    return build_answer(context, body, catalogue.release, map(next_day, everything.due))


def _read_reviews(catalogue: Catalogue) -> dict[str, _Reviews]:
    """Return the review dates by collection, in the order of the collections."""
    names = catalogue.collections.names
    return {name: _count(catalogue.list_documents(name)) for name in names}


def _count(documents: Iterable[Document]) -> _Reviews:
    bodies = [document.body for document in documents if "review_by" in document.body]
    reviewed = [body["reviewed_on"] for body in bodies if body["reviewed_on"] is not None]
    due = Counter(body["review_by"] for body in bodies)
    return _Reviews(max(reviewed, default=None), len(bodies) - len(reviewed), due)


def _join(reviews: Iterable[_Reviews]) -> _Reviews:
    listed = list(reviews)
    newest = max((one.newest for one in listed if one.newest is not None), default=None)
    unreviewed = sum(one.unreviewed for one in listed)
    return _Reviews(newest, unreviewed, sum((one.due for one in listed), Counter[str]()))


def _summarize(reviews: _Reviews, day: str) -> Body:
    coming = [due for due in reviews.due if due >= day]
    return {
        "count": reviews.due.total(),
        "overdue": reviews.due.total() - sum(reviews.due[due] for due in coming),
        "unreviewed": reviews.unreviewed,
        "reviewed_on": reviews.newest,
        "due_on": min(coming, default=None),
    }
