"""What a misspelled name was meant to be, among few and among very many."""

import pytest

from content.suggestions import suggest

MANY = [f"answer-{number:05d}" for number in range(10_000)]


@pytest.mark.parametrize(
    ("name", "known", "suggestion"),
    [
        ("datacenters", ["topics", "data-centers"], "data-centers"),
        ("zebra", ["topics", "data-centers"], None),
        ("a", [], None),
    ],
)
def test_the_nearest_of_few_is_found(name, known, suggestion):
    assert suggest(name, known) == suggestion


@pytest.mark.parametrize("name", ["answer-04711x", "answer-0471", "answer-04711"])
def test_one_that_begins_alike_is_found_among_many(name):
    assert suggest(name, MANY[::-1]).startswith("answer-047")


def test_among_many_none_is_near_what_is_far_from_all():
    assert suggest("zebra", MANY) is None
