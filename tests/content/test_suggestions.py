"""What a misspelled name was meant to be, among few and among very many."""

import pytest

from content.suggestions import find_nearest

MANY = [f"answer-{number:05d}" for number in range(10_000)]


@pytest.mark.parametrize(
    ("name", "known", "nearest"),
    [
        ("datacenters", ["topics", "data-centers"], "data-centers"),
        ("zebra", ["topics", "data-centers"], None),
        ("a", [], None),
    ],
)
def test_the_nearest_of_few_is_found(name, known, nearest):
    assert find_nearest(name, known) == nearest


@pytest.mark.parametrize("name", ["answer-04711x", "answer-0471", "answer-04711"])
def test_one_that_begins_alike_is_found_among_many(name):
    assert find_nearest(name, MANY[::-1]).startswith("answer-047")


def test_among_many_none_is_near_what_is_far_from_all():
    assert find_nearest("zebra", MANY) is None
