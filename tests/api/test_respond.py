"""From a representation and a request's headers to a response, by law."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.representation import NOT_KEPT, Freshness, Representation, build_etag
from api.respond import respond, write_cache_control

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MODIFIED = datetime(2026, 2, 2, 12, tzinfo=UTC)
BODY = b'{"a":1}\n'
TAG = build_etag(BODY)
ANSWER = Representation(
    200,
    BODY,
    "application/json",
    Freshness(300, stale=True),
    TAG,
    format_datetime(MODIFIED, usegmt=True),
    ("Accept",),
    (("Content-Release", "2026-02-02.01"), ("Content-Language", "en")),
)
OTHER_TAGS = st.sampled_from(['"a"', 'W/"b"', '""', 'W/"' + "0" * 32 + '"'])
MINE = st.sampled_from([TAG, TAG.removeprefix("W/")])


def ask(answer=ANSWER, method="GET", now=NOW, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return respond(answer, method, named, now)


@given(
    others=st.lists(OTHER_TAGS, max_size=4),
    mine=MINE,
    place=st.integers(0, 4),
    gap=st.text(" ", max_size=2),
)
def test_a_tag_anywhere_in_the_list_weak_or_strong_says_that_nothing_changed(
    others, mine, place, gap
):
    tags = [*others[:place], mine, *others[place:]]

    got = ask(If_None_Match=f"{gap},{gap}".join(tags))

    assert (got.status, got.body) == (304, b"")


@given(others=st.lists(OTHER_TAGS, min_size=1, max_size=4))
def test_other_tags_get_the_answer(others):
    got = ask(If_None_Match=", ".join(others))

    assert (got.status, got.body) == (200, BODY)


@pytest.mark.parametrize("tags", ["*", " * "])
def test_any_tag_at_all_matches_what_is_there(tags):
    assert ask(If_None_Match=tags).status == 304


@given(tags=st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"])))
def test_what_is_no_tag_gets_the_answer(tags):
    assert ask(If_None_Match=tags).status == (304 if tags.strip() == "*" else 200)


def test_an_unquoted_tag_is_none():
    assert ask(If_None_Match=TAG.strip('W/"')).status == 200


@given(seconds=st.integers(-(10**8), 10**8))
def test_a_date_is_compared_with_the_last_change(seconds):
    since = format_datetime(MODIFIED + timedelta(seconds=seconds), usegmt=True)

    got = ask(If_Modified_Since=since)

    assert got.status == (304 if seconds >= 0 else 200)


@given(seconds=st.integers(0, 10**6), tags=OTHER_TAGS)
def test_a_date_counts_only_where_no_tag_is_given(seconds, tags):
    since = format_datetime(MODIFIED + timedelta(seconds=seconds), usegmt=True)

    got = ask(If_Modified_Since=since, If_None_Match=tags)

    assert got.status == 200


@given(since=st.text())
def test_a_date_that_is_none_gets_the_answer(since):
    assert ask(If_Modified_Since=since).status == 200


@pytest.mark.parametrize(
    "since",
    [
        "",
        "0",
        "yesterday",
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 99 Jan 2027 00:00:00 GMT",
        "Mon, 01 Jan 2027 00:00:00 +99999999999",
        "Mon, 01 Jan 2027 99:99:99 GMT",
        "Mon, 01 Jan 0000 00:00:00 GMT",
        "2026-03-01T00:00:00Z",
    ],
)
def test_a_date_that_never_was_gets_the_answer(since):
    assert ask(If_Modified_Since=since).status == 200


def test_a_date_without_a_zone_is_read_as_utc():
    assert ask(If_Modified_Since="Mon, 02 Feb 2026 12:00:00 -0000").status == 304


def test_what_has_no_date_is_never_unmodified_since_one():
    answer = replace(ANSWER, last_modified=None)

    got = ask(answer, If_Modified_Since="Mon, 02 Feb 2099 12:00:00 GMT")

    assert got.status == 200
    assert "Last-Modified" not in dict(got.headers)


@given(method=st.sampled_from(["GET", "HEAD"]), tags=st.sampled_from([TAG, "*", '"x"', ""]))
def test_head_differs_from_get_by_the_body_alone(method, tags):
    got, headed = (ask(method=m, If_None_Match=tags) for m in ("GET", "HEAD"))

    assert (headed.status, headed.headers) == (got.status, got.headers)
    assert headed.body == b""


def test_an_unchanged_answer_says_only_what_a_cache_needs():
    names = [name for name, _ in ask(If_None_Match=TAG).headers]

    assert names == [
        *("Cache-Control", "ETag", "Last-Modified", "Vary", "Content-Release"),
        *("Access-Control-Allow-Origin", "Access-Control-Expose-Headers"),
        *("X-Content-Type-Options", "Cross-Origin-Resource-Policy"),
    ]


@pytest.mark.parametrize("status", [308, 404, 410, 500])
def test_only_an_answer_can_be_unchanged(status):
    failure = replace(ANSWER, status=status)

    assert ask(failure, If_None_Match="*").status == status


def test_what_has_no_tag_is_always_sent():
    assert ask(replace(ANSWER, etag=None), If_None_Match="*").status == 200


DAYS = st.dates(min_value=NOW.date(), max_value=NOW.date() + timedelta(days=20))
MOMENTS = st.datetimes(
    min_value=NOW.replace(tzinfo=None) - timedelta(days=10),
    max_value=NOW.replace(tzinfo=None) + timedelta(days=30),
    timezones=st.just(UTC),
)


def read_seconds(header: str) -> dict[str, int]:
    pairs = (part.split("=") for part in header.removeprefix("public, ").split(", "))
    return {name: int(value) for name, value in pairs}


@given(day=DAYS, now=MOMENTS, most=st.sampled_from([0, 60, 300, 86_400]), stale=st.booleans())
def test_nothing_is_served_past_the_day_on_which_it_changes(day, now, most, stale):
    header = write_cache_control(Freshness(most, day.isoformat(), stale=stale), now)

    seconds = read_seconds(header)
    kept = seconds["max-age"] + seconds.get("stale-while-revalidate", 0)
    boundary = datetime.combine(day, datetime.min.time(), UTC)
    assert min(seconds.values()) >= 0
    assert seconds["max-age"] <= most
    assert now + timedelta(seconds=kept) <= max(boundary, now)
    assert ("stale-while-revalidate" in seconds) == stale


@given(now=MOMENTS)
def test_what_no_day_changes_is_kept_as_long_as_it_may(now):
    header = write_cache_control(Freshness(300, stale=True), now)

    assert header == "public, max-age=300, stale-while-revalidate=3600, stale-if-error=604800"


def test_what_may_not_be_kept_says_so():
    assert write_cache_control(NOT_KEPT, NOW) == "no-store"


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
    header = write_cache_control(Freshness(300, "2026-03-01", stale=True), now)

    seconds = read_seconds(header)
    assert (seconds["max-age"], seconds["stale-while-revalidate"]) == (max_age, stale)
