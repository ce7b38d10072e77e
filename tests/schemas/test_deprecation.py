"""What may be said of the end of an operation or a parameter."""

import pytest

from schemas.deprecation import Deprecation, deprecate, find_deprecation
from schemas.fields import Text


@pytest.mark.parametrize(
    ("deprecated_on", "sunset_on", "message"),
    [
        ("2027-01-01", "2026-12-31", "is before deprecated_on, 2027-01-01; swap them"),
        ("2027-01-01", "2027-06-29", "179 days after .* write 2027-06-30 or later"),
        ("2027-01-01", "2027-01-01", "0 days after"),
        ("2027-02-30", None, "deprecated_on, '2027-02-30', is not a day; write YYYY-MM-DD"),
        ("20270101", None, "is not a day"),
        ("2027-01-01", "never", "sunset_on, 'never', is not a day"),
    ],
)
def test_an_end_that_no_client_can_plan_by_is_refused(deprecated_on, sunset_on, message):
    with pytest.raises(ValueError, match=message):
        Deprecation(deprecated_on, sunset_on)


def test_the_shortest_notice_there_may_be_is_taken():
    assert Deprecation("2027-01-01", "2027-06-30").sunset_on == "2027-06-30"


def test_the_last_day_of_the_calendar_may_be_an_end():
    assert Deprecation("9999-12-01", "9999-12-31").sunset_on == "9999-12-31"


@pytest.mark.parametrize(
    ("deprecation", "message"),
    [
        (Deprecation("2027-01-01"), "Deprecated from 2027-01-01."),
        (
            Deprecation("2027-01-01", "2027-12-31", "dc"),
            "Deprecated from 2027-01-01. Works at least until 2027-12-31. Use `dc` instead.",
        ),
    ],
)
def test_the_sentence_says_all_that_is_declared(deprecation, message):
    assert deprecation.describe() == message


def test_a_parameter_is_marked_and_the_one_it_was_made_of_is_not():
    shared = Text("A word.", example="a")
    deprecation = Deprecation("2027-01-01")

    marked = deprecate(shared, deprecation)

    assert find_deprecation(marked) == deprecation
    assert marked.metadata["description"] == "A word. Deprecated from 2027-01-01."
    assert marked.metadata["example"] == "a"
    assert find_deprecation(shared) is None
    assert "deprecated" not in shared.metadata
