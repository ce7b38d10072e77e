"""From a representation and a request's headers to a response, by law."""

from base64 import b64encode
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from gzip import decompress
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.caching import NO_STORE, CachePolicy
from api.http.representation import build_etag, build_plain, build_success
from api.http.request import RequestHead
from api.http.respond import NoCodingError, respond

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()
MODIFIED = datetime(2026, 2, 2, 12, tzinfo=UTC)
TEXT = '{"a":1}\n'
BODY = TEXT.encode()
TAG = build_etag(BODY)
ANSWER = build_success(
    TEXT,
    "application/json",
    CachePolicy(300, stale_seconds=3_600),
    last_modified=format_datetime(MODIFIED, usegmt=True),
    vary=("Accept",),
    headers=(("Content-Release", "2026-02-02.01"), ("Content-Language", "en")),
)
OTHER_TAGS = st.sampled_from(['"a"', 'W/"b"', '""', 'W/"' + "0" * 32 + '"'])
MINE = st.sampled_from([TAG, TAG.removeprefix("W/")])


def ask(answer=ANSWER, method="GET", now=NOW, **headers):
    return respond(answer, RequestHead(method, **headers), now)


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

    got = ask(if_none_match=f"{gap},{gap}".join(tags))

    assert (got.status, got.body) == (304, b"")


@given(others=st.lists(OTHER_TAGS, min_size=1, max_size=4))
def test_other_tags_get_the_answer(others):
    got = ask(if_none_match=", ".join(others))

    assert (got.status, got.body) == (200, BODY)


@pytest.mark.parametrize("tags", ["*", " * "])
def test_any_tag_at_all_matches_what_is_there(tags):
    assert ask(if_none_match=tags).status == 304


@given(tags=st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"])))
def test_what_is_no_tag_gets_the_answer(tags):
    assert ask(if_none_match=tags).status == (304 if tags.strip() == "*" else 200)


def test_an_unquoted_tag_is_none():
    assert ask(if_none_match=TAG.strip('W/"')).status == 200


@given(seconds=st.integers(-(10**8), 10**8))
def test_a_date_is_compared_with_the_last_change(seconds):
    since = format_datetime(MODIFIED + timedelta(seconds=seconds), usegmt=True)

    got = ask(if_modified_since=since)

    assert got.status == (304 if seconds >= 0 else 200)


@given(seconds=st.integers(0, 10**6), tags=OTHER_TAGS)
def test_a_date_counts_only_where_no_tag_is_given(seconds, tags):
    since = format_datetime(MODIFIED + timedelta(seconds=seconds), usegmt=True)

    got = ask(if_modified_since=since, if_none_match=tags)

    assert got.status == 200


@given(since=st.text())
def test_a_date_that_is_none_gets_the_answer(since):
    assert ask(if_modified_since=since).status == 200


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
        "1 Mar 2099 08:00",
        "Mar 1 2099 10:00",
        "Sun, 01 Mar 2099 00:00:00 -0000",
        "Sun, 01 Mar 2099 00:00:00 GMT, Sun, 01 Mar 2099 00:00:00 GMT",
    ],
)
def test_a_date_that_never_was_gets_the_answer(since):
    assert ask(if_modified_since=since).status == 200


@pytest.mark.parametrize(
    "since",
    [
        "Mon, 02 Feb 2026 12:00:00 GMT",
        "Monday, 02-Feb-26 12:00:00 GMT",
        "Mon Feb  2 12:00:00 2026",
    ],
)
def test_a_date_is_read_in_each_of_the_three_forms_of_http(since):
    assert ask(if_modified_since=since).status == 304


def test_what_has_no_date_is_never_unmodified_since_one():
    answer = replace(ANSWER, last_modified=None)

    got = ask(answer, if_modified_since="Mon, 02 Feb 2099 12:00:00 GMT")

    assert got.status == 200
    assert "Last-Modified" not in dict(got.headers)


@given(method=st.sampled_from(["GET", "HEAD"]), tags=st.sampled_from([TAG, "*", '"x"', ""]))
def test_head_differs_from_get_by_the_body_alone(method, tags):
    got, headed = (ask(method=m, if_none_match=tags) for m in ("GET", "HEAD"))

    assert (headed.status, headed.headers) == (got.status, got.headers)
    assert headed.body == b""


def test_an_unchanged_answer_says_only_what_a_cache_needs():
    names = [name for name, _ in ask(if_none_match=TAG).headers]

    assert names == [
        *("Cache-Control", "ETag", "Last-Modified", "Vary", "Content-Release"),
        *("Access-Control-Allow-Origin", "Access-Control-Expose-Headers"),
    ]


@pytest.mark.parametrize("status", [308, 404, 410, 500])
def test_only_an_answer_can_be_unchanged(status):
    failure = replace(ANSWER, status=status)

    assert ask(failure, if_none_match="*").status == status


def test_what_has_no_tag_is_always_sent():
    assert ask(replace(ANSWER, etag=None), if_none_match="*").status == 200


WEIGHTS = st.sampled_from(["", ";q=0", "; q=0.0", ";q=0.001", ";Q=0.5", ";q=1", ";q=1.000", ";q=2"])
CODINGS = st.sampled_from(["gzip", "GZIP", "identity", "Identity", "*", "br", "deflate"])
ENCODINGS = st.lists(st.tuples(CODINGS, WEIGHTS), max_size=5).map(
    lambda pairs: ", ".join(name + weight for name, weight in pairs)
)


def weigh_by_the_book(header: str, coding: str) -> float | None:
    """The weight of *coding*: the first that names it, else that of `*`; None: nothing is said.

    Source: RFC 9110, section 12.5.3; written anew, term by term, to be compared.
    """
    message = {}
    for part in header.lower().replace(" ", "").split(","):
        name, _, weight = part.partition(";q=")
        value = float(weight or 1)
        message.setdefault(name, min(value, 1.0))
    return message.get(coding, message.get("*"))


@given(header=ENCODINGS, method=st.sampled_from(["GET", "HEAD"]))
def test_the_coding_that_is_liked_best_is_sent(header, method):
    gzip, identity = (weigh_by_the_book(header, coding) for coding in ("gzip", "identity"))

    if not gzip and identity == 0:
        with pytest.raises(NoCodingError):
            ask(method=method, accept_encoding=header)
        return
    got = ask(method=method, accept_encoding=header)

    packed = bool(gzip) and (identity is None or gzip >= identity)
    headers = dict(got.headers)
    assert headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert "Accept-Encoding" in headers["Vary"]
    if method == "GET":
        assert (decompress(got.body) if packed else got.body) == BODY
        assert headers["Content-Length"] == str(len(got.body))
        digest = b64encode(sha256(got.body).digest()).decode()
        assert headers["Repr-Digest"] == f"sha-256=:{digest}:"


@given(header=st.text(max_size=40))
def test_no_header_breaks_the_choice_of_a_coding(header):
    with suppress(NoCodingError):
        assert ask(accept_encoding=header).status == 200


def test_the_old_name_of_gzip_is_known():
    assert dict(ask(accept_encoding="x-gzip").headers)["Content-Encoding"] == "gzip"


def test_what_is_not_said_is_not_coded():
    assert "Content-Encoding" not in dict(ask().headers)


@given(header=ENCODINGS, tags=MINE)
def test_who_has_it_needs_no_coding(header, tags):
    got = ask(accept_encoding=header, if_none_match=tags)

    assert (got.status, got.body) == (304, b"")
    assert not {"Content-Encoding", "Repr-Digest"} & dict(got.headers).keys()


@given(header=ENCODINGS)
def test_a_failure_is_sent_as_it_is(header):
    failure = build_plain(404, b"{}", "application/problem+json", NO_STORE)

    got = ask(failure, accept_encoding=header)

    assert (got.status, got.body) == (404, b"{}")
    assert not {"Content-Encoding", "Repr-Digest", "Vary"} & dict(got.headers).keys()


def test_packed_bytes_are_the_same_at_any_time():
    again = build_success(TEXT, "application/json", NO_STORE)

    assert again.compressed.body == ANSWER.compressed.body
