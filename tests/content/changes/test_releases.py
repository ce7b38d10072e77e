"""Releases as answers."""

from collections import Counter

import pytest
from hypothesis import given

from content.answers.answer import ReadContext
from content.changes.releases import get_release, list_releases
from content.errors import UnknownReleaseError
from tests.content.histories import few, histories, publish_history


@pytest.fixture
def three(factory):
    """Releases of the second, the third and the fifth of February."""
    for place, days in enumerate((1, 1, 2)):
        factory.faq("a", question=f"Number {place}?")
        factory.publish(f"Number {place}.", days=days)
    return factory


def read(factory, number=3):
    return ReadContext(factory.archive().get_numbered(number), "2026-03-01")


def test_releases_are_listed_the_newest_first(three):
    body = list_releases(read(three), limit=9).body

    assert [item["summary"] for item in body["items"]] == ["Number 2.", "Number 1.", "Number 0."]
    assert body["release"] == "2026-02-05.01"
    newest, middle, oldest = body["items"]
    assert (newest["previous"], oldest["previous"]) == (middle["digest"], None)
    assert newest["counts"] == {"added": 0, "changed": 1, "removed": 0}
    assert newest["published_at"] == "2026-02-05T12:00:00Z"


def test_an_old_release_lists_those_up_to_it(three):
    body = list_releases(read(three, 2), limit=9).body

    assert (body["count"], body["release"]) == (2, "2026-02-03.01")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-01", []),
        ("2026-02-02", ["2026-02-02.01"]),
        ("2026-02-04", ["2026-02-03.01"]),
        ("2026-02-05", ["2026-02-05.01"]),
        ("2030-01-01", ["2026-02-05.01"]),
    ],
)
def test_a_day_finds_the_release_in_force_at_its_end(three, day, expected):
    body = list_releases(read(three), limit=9, in_force_on=day).body

    assert [item["release"] for item in body["items"]] == expected
    assert body["release"] == (expected or ["2026-02-02.01"])[0]


def test_one_release_comes_with_its_changes(three):
    answer = get_release(read(three), "2026-02-03.01")

    (change,) = answer.body["changes"]
    assert (change["before"]["question"], change["after"]["question"]) == ("Number 0?", "Number 1?")
    assert (answer.release.number, answer.read.number) == (2, 3)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            "2026-02-05.01",
            "Release '2026-02-05.01' is newer than '2026-02-03.01', the release you are reading",
        ),
        ("2020-01-01.01", "Unknown release '2020-01-01.01'"),
    ],
)
def test_a_release_after_the_one_read_is_not_there_yet(three, asked, message):
    with pytest.raises(UnknownReleaseError, match=message):
        get_release(read(three, 2), asked)


@few
@given(histories())
def test_the_counts_of_a_release_are_those_of_its_changes(states):
    with publish_history(states) as world:
        for number in world.numbers:
            context = world.read(number)
            body = get_release(context, context.catalogue.release.id).body
            counts = Counter(change["action"] for change in body["changes"])
            assert body["counts"] == {a: counts[a] for a in ("added", "changed", "removed")}
            assert body == list_releases(context, limit=1).body["items"][0] | {
                "changes": body["changes"]
            }
