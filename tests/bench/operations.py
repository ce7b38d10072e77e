"""What is asked of made-up content, by name: each takes a reading and returns an answer."""

from collections.abc import Callable, Mapping
from pathlib import Path

from content.answers.answer import Answer, ReadContext
from content.answers.faqs import get_faq, list_faqs
from content.answers.lookup import look_up
from content.answers.ranges import get_ip_range, list_ip_ranges
from content.answers.topics import list_topics
from content.changes.net_changes import list_changes
from content.changes.releases import get_release, list_releases
from content.changes.revisions import list_revisions
from content.ledger.catalogue import Archive
from content.ledger.history import History
from content.ledger.reader import LedgerState
from content.ledger.store import Ledger
from schemas.collections import COLLECTIONS
from tests.bench.made_up import PLAIN_ANSWER, RANGE, TABLE_ANSWER

#: Within the made-up ranges, and without.
ADDRESSES = ("64.0.40.9", "192.0.2.1")
DAY = "2026-06-01"

OPERATIONS: Mapping[str, Callable[[ReadContext], Answer]] = {
    "ranges of a data center": lambda r: list_ip_ranges(r, data_center=("uk",)),
    "ranges, every one": list_ip_ranges,
    "a range": lambda r: get_ip_range(r, RANGE),
    "lookup of an address": lambda r: look_up(r, ip=ADDRESSES[:1]),
    "lookup of no address of ours": lambda r: look_up(r, ip=ADDRESSES[1:]),
    "an answer": lambda r: get_faq(r, PLAIN_ANSWER),
    "an answer with a table": lambda r: get_faq(r, TABLE_ANSWER),
    "its revisions": lambda r: list_revisions(r, TABLE_ANSWER, limit=100),
    "a page of answers": lambda r: list_faqs(r, limit=100),
    "answers of a topic": lambda r: list_faqs(r, limit=100, topics=("topic-7",)),
    "answers that cite a client": lambda r: list_faqs(r, limit=100, cites="oauth-clients/client-3"),
    "topics": list_topics,
    "releases": lambda r: list_releases(r, limit=100),
    "changes of a release": lambda r: get_release(r, r.catalogue.release.id),
    "changes between the ends": lambda r: list_changes(
        r, limit=100, since=r.catalogue.get_release(1).id
    ),
    "updates between the ends": lambda r: list_changes(
        r, limit=100, since=r.catalogue.get_release(1).id, impact=("update",)
    ),
    "changes of a data center": lambda r: list_changes(
        r, limit=100, since=r.catalogue.get_release(1).id, data_center=("uk",)
    ),
}


def read_ledger(folder: Path) -> LedgerState:
    """Everything in the ledger of *folder*, verified."""
    state = Ledger(folder, COLLECTIONS).read()
    if state.fault is not None:
        raise state.fault
    return state


def replay(state: LedgerState) -> History:
    """The history of what was read."""
    return History().extended(state.releases)


def read_cold(history: History, number: int | None = None) -> ReadContext:
    """A reading that nobody has asked yet; of the newest release when there is no *number*."""
    archive = Archive(history)
    return ReadContext(archive.get_numbered(number) if number else archive.latest, DAY)
