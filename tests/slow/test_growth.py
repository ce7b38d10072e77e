"""Ten times the content costs at most ten times the work, counted in calls of functions.

The content is made up, in two shapes: the wide one has many documents, the long one many releases.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from content.ledger.history import History
from content.ledger.reader import LedgerState
from tests.bench.made_up import SHAPES, write_ledger
from tests.bench.operations import OPERATIONS, read_cold, read_ledger, replay
from tests.bench.paths import Site

SHARES = {"wide": (0.01, 0.1), "long": (0.1, 1)}
GROWTH, MARGIN = 10, 1.2
#: A few steps of a search by halves more.
CONSTANT = 1.5
#: Calls that take 100 ms, at 0.25 µs each: the most for a path at the whole size of the long shape.
MOST_CALLS = 400_000
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
def wide(tmp_path_factory) -> list[Content]:
    """The smaller and the larger of many documents."""
    return make_contents("wide", tmp_path_factory)


@pytest.fixture(scope="module")
def long(tmp_path_factory) -> list[Content]:
    """The smaller and the larger of many releases."""
    return make_contents("long", tmp_path_factory)


@pytest.fixture(scope="module", params=SHAPES)
def contents(request) -> list[Content]:
    """The smaller and the larger of each shape."""
    return request.getfixturevalue(request.param)


def make_contents(shape: str, tmp_path_factory) -> list[Content]:
    """The smaller and the larger."""
    made = []
    for share in SHARES[shape]:
        folder = tmp_path_factory.mktemp("ledger")
        write_ledger(folder, SHAPES[shape](share))
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
def test_a_read_grows_no_faster_than_the_content_or_its_answer(wide, name, pinned):
    smaller, larger = (read_twice(c.history, name, pinned=pinned) for c in wide)

    allowed = max(GROWTH, larger.size / smaller.size) * MARGIN
    if name in ("its revisions", "changes of a release"):
        # Each table that they compare has more rows, and there are more of them to compare.
        allowed = GROWTH * MARGIN * max(1, larger.tables / max(1, smaller.tables))
    cold, hot = larger.cold / smaller.cold, larger.hot / smaller.hot
    assert cold <= (CONSTANT if name in CONSTANT_COLD else allowed), f"{name}: cold"
    assert hot <= (CONSTANT if name in CONSTANT_HOT else allowed), f"{name}: hot"


def test_a_path_grows_no_faster_than_the_releases_and_stays_within_its_time(long):
    smaller, larger = (list(count_paths(content.history)) for content in long)

    too_much = {
        target: (before, after)
        for (_, before), (target, after) in zip(smaller, larger, strict=True)
        if after > min(MOST_CALLS, before * GROWTH * MARGIN)
    }

    assert not too_much


def count_paths(history: History) -> Iterator[tuple[str, int]]:
    """Every path, and the calls of the first response to it after a release."""
    site = Site(history)
    for target in site.targets:
        site.ask(target)
        site.forget()
        yield target, count_calls(lambda t=target: site.ask(t))[0]


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
    drawn = sum("| IP range |" in str(change["after"]) for change in changes)
    tables = answer.body["count"] if name == "its revisions" else drawn
    return Work(cold, hot, len(json.dumps(answer.body)), tables)
