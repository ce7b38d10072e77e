"""The state of reviews: what is overdue, and when anything was last checked."""

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
        newest: When the newest review was; None: there was no review.
        unreviewed: How many documents nobody has reviewed yet.
        due: How many documents are to be reviewed by each day.
    """

    newest: str | None = None
    unreviewed: int = 0
    due: Counter[str] = field(default_factory=Counter)


def summarize_freshness(context: ReadContext) -> Answer:
    """Return the state of every collection that holds documents, in order, and of all together.

    Returns:
        `{"count", "overdue", "unreviewed", "reviewed_on", "due_on", "collections": [{"name",
        "title", …the same}]}`: when the newest review was, None when there was none, and the last
        day before the next document is overdue, None when all are.
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
    """Return the reviews by collection, in order."""
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
