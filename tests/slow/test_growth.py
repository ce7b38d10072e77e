"""Ten times the content costs at most ten times the work, counted in calls of functions."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from content.ledger.history import History
from content.ledger.store import LedgerState
from tests.bench.made_up import write_ledger
from tests.bench.operations import OPERATIONS, read_cold, read_ledger, replay

SHARES = (0.01, 0.1)
GROWTH, MARGIN = SHARES[1] / SHARES[0], 1.2
#: A few steps of a search by halves more.
CONSTANT = 1.5
#: What costs the same whatever the size: at the first time, and once a catalogue is warm.
CONSTANT_COLD = {"a range", "an answer"}
CONSTANT_HOT = CONSTANT_COLD | {"lookup of an address", "lookup of no address of ours"}


@dataclass
class Content:
    """Made-up content of one size, and the work that reading it took."""

    state: LedgerState
    history: History
    work: dict[str, int] = field(default_factory=dict)


def count_calls(act: Callable[[], Any]) -> tuple[int, Any]:
    """How many functions *act* called, of Python and of C, and what it returned."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        done = act()
    finally:
        sys.setprofile(None)
    return counted, done


@pytest.fixture(scope="module")
def contents(tmp_path_factory) -> list[Content]:
    """The smaller and the larger."""
    made = []
    for share in SHARES:
        folder = tmp_path_factory.mktemp("ledger")
        write_ledger(folder, share)
        context, state = count_calls(lambda folder=folder: read_ledger(folder))
        replaying, history = count_calls(lambda state=state: replay(state))
        made.append(Content(state, history, {"reading": context, "replaying": replaying}))
    return made


@pytest.mark.parametrize("name", ["reading", "replaying"])
def test_loading_grows_no_faster_than_the_content(contents, name):
    smaller, larger = (content.work[name] for content in contents)

    assert larger / smaller <= GROWTH * MARGIN, name


def test_taking_in_a_release_grows_no_faster_than_the_content(contents):
    begun = [History().extended(content.state.releases[:-1]) for content in contents]

    smaller, larger = (
        count_calls(lambda h=history, c=content: h.extended(c.state.releases[-1:]))[0]
        for history, content in zip(begun, contents, strict=True)
    )

    assert larger / smaller <= GROWTH * MARGIN


@pytest.mark.parametrize("pinned", [False, True], ids=["newest", "old"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_read_grows_no_faster_than_the_content_or_its_answer(contents, name, pinned):
    smaller, larger = (read_twice(c.history, name, pinned=pinned) for c in contents)

    allowed = max(GROWTH, larger.size / smaller.size) * MARGIN
    if name in ("its revisions", "changes of a release"):
        # Each table that they compare has more rows, and there are more of them to compare.
        allowed = GROWTH * MARGIN * max(1, larger.tables / max(1, smaller.tables))
    cold, hot = larger.cold / smaller.cold, larger.hot / smaller.hot
    assert cold <= (CONSTANT if name in CONSTANT_COLD else allowed), f"{name}: cold"
    assert hot <= (CONSTANT if name in CONSTANT_HOT else allowed), f"{name}: hot"


@dataclass(frozen=True)
class Work:
    """What two reads of one catalogue took.

    Attributes:
        cold: Calls of the first.
        hot: Calls of the second.
        size: Letters of the answer.
        tables: How many texts with a table were compared.
    """

    cold: int
    hot: int
    size: int
    tables: int


def read_twice(history: History, name: str, *, pinned: bool) -> Work:
    ask, number = OPERATIONS[name], len(history.releases) // 2 if pinned else None
    ask(read_cold(history, number))  # What a process keeps whatever the catalogue is warm now.
    context = read_cold(history, number)
    cold, answer = count_calls(lambda: ask(context))
    hot, _ = count_calls(lambda: ask(context))
    changes = answer.body.get("changes", ())
    drawn = sum("| CIDR |" in str(change["after"]) for change in changes)
    tables = answer.body["count"] if name == "its revisions" else drawn
    return Work(cold, hot, len(json.dumps(answer.body)), tables)
