"""How long an answer may be kept: never past the day on which it changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.representation import NO_STORE, CachePolicy
from api.http.respond import format_cache_control

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAYS = st.dates(min_value=NOW.date(), max_value=NOW.date() + timedelta(days=20))
MOMENTS = st.datetimes(
    min_value=NOW.replace(tzinfo=None) - timedelta(days=10),
    max_value=NOW.replace(tzinfo=None) + timedelta(days=30),
    timezones=st.just(UTC),
)


def read_seconds(header: str) -> dict[str, int]:
    pairs = (part.split("=") for part in header.removeprefix("public, ").split(", "))
    return {name: int(value) for name, value in pairs}


@given(
    day=DAYS,
    now=MOMENTS,
    most=st.sampled_from([0, 60, 300, 86_400]),
    stale=st.sampled_from([0, 3_600, 604_800]),
)
def test_nothing_is_served_past_the_day_on_which_it_changes(day, now, most, stale):
    header = format_cache_control(CachePolicy(most, day.isoformat(), stale_seconds=stale), now)

    seconds = read_seconds(header)
    kept = seconds["max-age"] + seconds.get("stale-while-revalidate", 0)
    boundary = datetime.combine(day, datetime.min.time(), UTC)
    assert min(seconds.values()) >= 0
    assert seconds["max-age"] <= most
    assert now + timedelta(seconds=kept) <= max(boundary, now)
    assert ("stale-while-revalidate" in seconds) == bool(stale)


@given(now=MOMENTS)
def test_what_no_day_changes_is_kept_as_long_as_it_may(now):
    header = format_cache_control(CachePolicy(300, stale_seconds=3_600), now)

    assert header == "public, max-age=300, stale-while-revalidate=3600, stale-if-error=604800"


def test_what_may_not_be_kept_says_so():
    assert format_cache_control(NO_STORE, NOW) == "no-store"


@pytest.mark.parametrize(
    ("now", "max_age", "stale"),
    [
        (datetime(2026, 2, 28, 12, tzinfo=UTC), 300, 3600),
        (datetime(2026, 2, 28, 23, 30, tzinfo=UTC), 300, 1500),
        (datetime(2026, 2, 28, 23, 59, 30, tzinfo=UTC), 30, 0),
        (datetime(2026, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC), 0, 0),
        (datetime(2026, 3, 1, tzinfo=UTC), 0, 0),
        (datetime(2026, 3, 2, tzinfo=UTC), 0, 0),
    ],
)
def test_the_last_seconds_of_a_day_are_counted(now, max_age, stale):
    header = format_cache_control(CachePolicy(300, "2026-03-01", stale_seconds=3_600), now)

    seconds = read_seconds(header)
    assert (seconds["max-age"], seconds["stale-while-revalidate"]) == (max_age, stale)
