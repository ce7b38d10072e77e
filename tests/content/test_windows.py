"""What the day does to a document."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.windows import (
    derive_by_day,
    get_review_state,
    get_status,
    list_boundaries,
    next_day,
    split_boundaries,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat)


def body(begins=None, ends=None, review_by="2027-01-01", reviewed_on="2020-01-01", **fields):
    window = {"effective_from": begins, "effective_until": ends}
    return {**window, "reviewed_on": reviewed_on, "review_by": review_by, **fields}


@pytest.mark.parametrize(
    ("day", "after"),
    [
        ("2026-12-31", "2027-01-01"),
        ("2024-02-28", "2024-02-29"),
        ("9999-12-30", "9999-12-31"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_a_day_is_followed_by_the_next_of_the_calendar(day, after):
    assert next_day(day) == after


@pytest.mark.parametrize(
    ("begins", "ends", "day", "status"),
    [
        (None, None, "2026-01-01", "active"),
        ("2026-01-02", None, "2026-01-01", "announced"),
        ("2026-01-02", None, "2026-01-02", "active"),
        ("2026-01-02", "2026-01-05", "2026-01-01", "announced"),
        ("2026-01-02", "2026-01-05", "2026-01-02", "retiring"),
        (None, "2026-01-05", "2026-01-05", "retiring"),
        (None, "2026-01-05", "2026-01-06", "retired"),
        ("2026-01-05", "2026-01-05", "2026-01-05", "retiring"),
    ],
)
def test_the_first_and_the_last_day_are_days_of_use(begins, ends, day, status):
    assert get_status(body(begins, ends), day) == status


def test_a_document_without_a_window_is_active():
    assert get_status({}, "2026-01-01") == "active"


@pytest.mark.parametrize(
    ("reviewed_on", "day", "state"),
    [
        ("2026-01-01", "2027-01-01", "current"),
        ("2026-01-01", "2027-01-02", "overdue"),
        (None, "2027-01-01", "unreviewed"),
        (None, "2027-01-02", "overdue"),
    ],
)
def test_a_review_is_overdue_from_the_day_after_it_was_due(reviewed_on, day, state):
    assert get_review_state(body(reviewed_on=reviewed_on), day) == state


@pytest.mark.parametrize(
    ("happens_on", "precision", "last"),
    [
        ("2026-10-01", "day", "2026-10-01"),
        ("2026-10-01", "month", "2026-10-31"),
        ("2028-02-01", "month", "2028-02-29"),
        ("2026-12-01", "month", "2026-12-31"),
    ],
)
def test_a_deadline_has_passed_after_its_day_or_its_month(happens_on, precision, last):
    deadline = {"happens_on": happens_on, "precision": precision}

    assert derive_by_day(deadline, last) == {"state": "upcoming"}
    assert derive_by_day(deadline, next_day(last)) == {"state": "passed"}
    assert derive_by_day({"happens_on": happens_on}, last) == {}


@given(st.lists(DAYS, min_size=5, max_size=5), st.sampled_from(["day", "month"]), st.data())
def test_a_document_changes_on_its_boundaries_alone(days, precision, data):
    *window, due, happens_on, other = days
    document = body(*sorted(window), due, happens_on=happens_on, precision=precision)
    day = data.draw(st.sampled_from([other, *list_boundaries(document)]))
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()

    def read(day):
        states = get_status(document, day), get_review_state(document, day)
        return *states, derive_by_day(document, day)

    assert (read(before) != read(day)) == (day in set(list_boundaries(document)))


def test_boundaries_of_the_window_leave_the_review_out():
    document = body("2026-01-02", "2026-01-05", "2026-06-30")

    assert list(list_boundaries(document)) == ["2026-01-02", "2026-01-06", "2026-07-01"]
    assert list(list_boundaries(document, window_alone=True)) == ["2026-01-02", "2026-01-06"]
    assert list(list_boundaries({"review_by": "2026-06-30"})) == ["2026-07-01"]


def test_a_window_without_end_written_as_the_last_day_has_a_boundary_that_never_comes():
    assert list(list_boundaries(body(None, "9999-12-31"), window_alone=True)) == ["9999-12-31"]


@given(st.lists(DAYS), DAYS)
def test_boundaries_are_split_into_the_newest_up_to_the_day_and_the_first_after_it(days, day):
    newest, coming = split_boundaries(days, day)

    assert newest == max((d for d in days if d <= day), default=None)
    assert coming == min((d for d in days if d > day), default=None)
