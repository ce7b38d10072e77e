"""How long an answer may be kept: never past the day on which it changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.caching import NO_STORE, CachePolicy, find_last_use, format_cache_control

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
    policy = CachePolicy(most, day.isoformat(), stale_seconds=stale)
    header = format_cache_control(policy, now.timestamp())

    seconds = read_seconds(header)
    kept = seconds["max-age"] + seconds.get("stale-while-revalidate", 0)
    boundary = datetime.combine(day, datetime.min.time(), UTC)
    assert min(seconds.values()) >= 0
    assert seconds["max-age"] <= most
    assert now + timedelta(seconds=kept) <= max(boundary, now)
    assert ("stale-while-revalidate" in seconds) == bool(stale)


@given(now=MOMENTS)
def test_what_no_day_changes_is_kept_as_long_as_it_may(now):
    header = format_cache_control(CachePolicy(300, stale_seconds=3_600), now.timestamp())

    assert header == "public, max-age=300, stale-while-revalidate=3600, stale-if-error=604800"


def test_what_may_not_be_kept_says_so():
    assert format_cache_control(NO_STORE, NOW.timestamp()) == "no-store"


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
    policy = CachePolicy(300, "2026-03-01", stale_seconds=3_600)
    header = format_cache_control(policy, now.timestamp())

    seconds = read_seconds(header)
    assert (seconds["max-age"], seconds["stale-while-revalidate"]) == (max_age, stale)


@given(
    day=DAYS,
    now=MOMENTS,
    later=st.floats(0, 200_000),
    policy=st.sampled_from([(300, 3_600), (86_400, 0), (0, 0), (None, 0)]),
)
def test_a_header_is_sent_again_as_long_as_it_is_the_same_and_no_longer(day, now, later, policy):
    policy = CachePolicy(policy[0], day.isoformat(), stale_seconds=policy[1])
    first, then = now.timestamp(), now.timestamp() + later

    last_use = find_last_use(policy, first)

    header = format_cache_control(policy, first)
    if then <= last_use:
        assert format_cache_control(policy, then) == header
    if last_use < policy.ends_at and policy.max_age_seconds:
        assert format_cache_control(policy, last_use) == header
        assert format_cache_control(policy, last_use + 0.001) != header
