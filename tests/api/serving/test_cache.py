"""What is kept ready: one rendering for all who ask, within its bounds, for one moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.representation import NO_STORE, build_plain, build_success
from api.serving.cache import Cache

LARGE = 1 << 20


def render(size: int = 100, status: int = 200):
    return build_plain(status, b"x" * size, "text/plain", NO_STORE)


def request_key(name: object, accept: str = ""):
    return f"/v1/{name}", "", accept


def fill(cache: Cache, names, *, unbounded=False, size=1_000):
    for name in names:
        cache.get(name, request_key(name), lambda: render(size), unbounded=unbounded)


def test_what_was_rendered_is_found_by_how_it_was_asked_for():
    cache = Cache(LARGE)

    kept = cache.get("a", request_key("a"), render)

    assert cache.find(request_key("a")) is kept
    assert cache.find(request_key("b")) is None


def test_every_spelling_of_a_request_leads_to_one_rendering():
    cache = Cache(LARGE)
    first = cache.get("a", ("/v1/a", "dc=uk&dc=de", ""), render)

    second = cache.get("a", ("/v1/a", "dc=de&dc=uk", ""), pytest.fail)

    assert second is first
    assert cache.find(("/v1/a", "dc=de&dc=uk", "")) is first


def test_all_who_ask_at_once_wait_for_one_rendering():
    cache, entered, goes_on = Cache(LARGE), threading.Event(), threading.Event()
    rendered = []

    def slowly():
        entered.set()
        goes_on.wait(10)
        rendered.append(render())
        return rendered[-1]

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(cache.get, "a", request_key("a"), slowly)
        entered.wait(10)
        others = [pool.submit(cache.get, "a", request_key("a"), slowly) for _ in range(7)]
        goes_on.set()
        got = [asked.result(10) for asked in (first, *others)]

    assert len(rendered) == 1
    assert all(one is rendered[0] for one in got)


def test_a_failure_is_told_to_all_who_wait_and_is_not_kept():
    cache, entered, goes_on = Cache(LARGE), threading.Event(), threading.Event()

    def fail():
        entered.set()
        goes_on.wait(10)
        raise KeyError("inside")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get, "a", request_key("a"), fail)
        entered.wait(10)
        second = pool.submit(cache.get, "a", request_key("a"), fail)
        goes_on.set()
        faults = [type(asked.exception(10)) for asked in (first, second)]

    assert faults == [KeyError, KeyError]
    assert cache.find(request_key("a")) is None
    assert cache.get("a", request_key("a"), render).status == 200


@pytest.mark.parametrize(("status", "kept"), [(200, True), (410, True), (404, False), (308, False)])
def test_nothing_but_an_answer_and_a_withdrawal_is_kept(status, kept):
    cache = Cache(LARGE)

    cache.get("a", request_key("a"), lambda: render(status=status))

    assert (cache.find(request_key("a")) is not None) is kept
    assert (cache.used_bytes > 0) is kept


@given(
    asked=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 40), st.integers(0, 9_000), st.booleans()),
        max_size=120,
    )
)
def test_no_requests_take_more_than_their_share(asked):
    cache = Cache(120_000)

    for name, accept, size, unbounded in asked:
        key = (name, unbounded)
        asking = request_key(name, f"{unbounded} {accept}")
        kept = cache.get(key, asking, lambda size=size: render(size), unbounded=unbounded)
        found = cache.find(asking)

        assert found is None or found is kept
        assert 0 <= cache.used_bytes <= 120_000
    for partition in (cache._bounded, cache._unbounded):
        assert partition.used_bytes == sum(entry.size for entry in partition.entries.values())
        assert partition.used_bytes <= partition.max_bytes
    listed = [
        s
        for partition in (cache._bounded, cache._unbounded)
        for e in partition.entries.values()
        for s in e.raw_targets
    ]
    assert sorted(listed) == sorted(cache._by_raw_target)


def test_the_least_used_goes_first():
    cache = Cache(60_000)
    fill(cache, ["a", "b", "c"])

    cache.find(request_key("a"))
    fill(cache, ["d", "e"])

    assert cache.find(request_key("a")) is not None
    assert cache.find(request_key("b")) is None


def test_a_flood_of_open_values_cannot_push_the_lists_out():
    cache = Cache(80_000)
    fill(cache, ["uk", "de"])

    fill(cache, range(1_000), unbounded=True)

    assert cache.find(request_key("uk")) is not None
    assert cache.find(request_key("de")) is not None
    assert cache.find(request_key(999)) is not None


def test_a_flood_of_spellings_takes_no_more_than_a_few():
    cache = Cache(LARGE)

    for number in range(1_000):
        cache.get("a", request_key("a", f"text/x{number}"), render)

    assert len(cache._by_raw_target) == 16
    assert cache.used_bytes < 20_000


def test_what_is_larger_than_all_there_is_room_for_is_answered_and_not_kept():
    cache = Cache(20_000)
    fill(cache, ["a"])

    large = cache.get("b", request_key("b"), lambda: render(40_000))

    assert large.status == 200
    assert cache.find(request_key("b")) is None
    assert cache.find(request_key("a")) is not None


def test_without_room_nothing_is_kept():
    cache = Cache(0)

    cache.get("a", request_key("a"), render)

    assert (cache.find(request_key("a")), cache.used_bytes) == (None, 0)


def test_every_byte_that_may_be_sent_is_counted():
    answer = build_success("x" * 5_000, "text/plain", NO_STORE)

    assert answer.size > 5_000 + len(answer.codings["gzip"].body)
