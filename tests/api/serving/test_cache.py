"""The cache: one rendering for all requests, within its limits."""

import gc
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.caching import LIVE, NO_STORE, CachePolicy
from api.http.representation import build_plain, build_success
from api.http.request import Request, RequestHead
from api.serving.cache import Cache

LARGE = 1 << 20
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()


def render(size: int = 100, status: int = 200, policy=NO_STORE):
    return build_plain(status, b"x" * size, "text/plain", policy)


def build_key(name: object, accept: str | None = None):
    return "GET", f"/v1/{name}", "", accept, None, None, None


def build_request(name: object, accept: str | None = None, now=NOW):
    return Request(build_key(name, accept), RequestHead(), now)


def find(cache: Cache, name: object, accept: str | None = None, now=NOW):
    return cache.find(build_key(name, accept), now)


def fill(cache: Cache, names, *, unbounded=False, size=1_000):
    for name in names:
        cache.respond(name, build_request(name), lambda: render(size), unbounded=unbounded)


def test_a_response_is_found_by_its_request():
    cache = Cache(LARGE)

    sent = cache.respond("a", build_request("a"), render)

    assert find(cache, "a") is sent
    assert find(cache, "b") is None


def test_different_requests_share_one_rendering():
    cache = Cache(LARGE)
    cache.respond("a", build_request("a"), render)

    second = cache.respond("a", build_request("a", "text/*"), pytest.fail)

    assert find(cache, "a", "text/*") is second


def test_requests_that_arrive_together_wait_for_one_rendering():
    cache, entered, goes_on = Cache(LARGE), threading.Event(), threading.Event()
    rendered = []

    def slowly():
        entered.set()
        goes_on.wait(10)
        rendered.append(render())
        return rendered[-1]

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(cache.respond, "a", build_request("a"), slowly)
        entered.wait(10)
        others = [pool.submit(cache.respond, "a", build_request("a"), slowly) for _ in range(7)]
        goes_on.set()
        got = [asked.result(10).body for asked in (first, *others)]

    assert len(rendered) == 1
    assert got == [b"x" * 100] * 8


def test_all_requests_that_wait_get_the_failure_and_it_is_not_cached():
    cache, entered, goes_on = Cache(LARGE), threading.Event(), threading.Event()

    def fail():
        entered.set()
        goes_on.wait(10)
        raise KeyError("inside")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.respond, "a", build_request("a"), fail)
        entered.wait(10)
        second = pool.submit(cache.respond, "a", build_request("a"), fail)
        goes_on.set()
        faults = [type(asked.exception(10)) for asked in (first, second)]

    assert faults == [KeyError, KeyError]
    assert find(cache, "a") is None
    assert cache.respond("a", build_request("a"), render).status == 200


@pytest.mark.parametrize(
    ("status", "cached"), [(200, True), (410, True), (404, False), (308, False)]
)
def test_answers_and_withdrawals_are_cached_and_nothing_else(status, cached):
    cache = Cache(LARGE)

    cache.respond("a", build_request("a"), lambda: render(status=status))

    assert (find(cache, "a") is not None) is cached
    assert (cache.used_bytes > 0) is cached


def test_a_response_is_not_found_once_its_cache_control_has_changed():
    cache, policy = Cache(LARGE), CachePolicy(300, "2026-03-01T12:04:00")
    sent = cache.respond("a", build_request("a"), lambda: render(policy=policy))

    assert find(cache, "a", now=NOW + 0.5) is None
    again = cache.respond("a", build_request("a", now=NOW + 0.5), pytest.fail)

    assert ("Cache-Control", "public, max-age=240") in sent.headers
    assert ("Cache-Control", "public, max-age=239") in again.headers
    assert find(cache, "a", now=NOW + 1) is again
    assert find(cache, "a", now=NOW + 1.5) is None


@given(
    asked=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 40), st.integers(0, 9_000), st.booleans()),
        max_size=120,
    )
)
def test_no_requests_take_more_than_their_part(asked):
    cache = Cache(120_000)

    for name, accept, size, unbounded in asked:
        request = build_request(name, f"{unbounded} {accept}")
        sent = cache.respond(
            (name, unbounded), request, lambda size=size: render(size), unbounded=unbounded
        )
        found = cache.find(request.key, NOW)

        assert found is None or found is sent
        assert 0 <= cache.used_bytes <= 120_000
    partitions = (cache._bounded, cache._unbounded)
    for partition in partitions:
        assert partition.used_bytes == sum(entry.size for entry in partition.entries.values())
        assert partition.used_bytes <= partition.max_bytes
    keys = [key for part in partitions for entry in part.entries.values() for key in entry.keys]
    assert sorted(keys) == sorted(cache._responses)


def test_entries_that_are_used_stay_longest():
    cache = Cache(60_000)
    fill(cache, ["a", "b", "c", "d"])

    find(cache, "a")
    fill(cache, ["e", "f"])

    assert find(cache, "a") is not None
    assert find(cache, "b") is None


def test_a_flood_of_values_without_end_cannot_evict_the_lists():
    cache = Cache(80_000)
    fill(cache, ["uk", "de"])

    fill(cache, range(1_000), unbounded=True)

    assert find(cache, "uk") is not None
    assert find(cache, "de") is not None
    assert find(cache, 999) is not None


def test_a_flood_of_headers_takes_no_more_than_a_few_responses():
    cache = Cache(LARGE)

    for number in range(1_000):
        cache.respond("a", build_request("a", f"text/x{number}"), render)

    assert len(cache._responses) == 32
    assert cache.used_bytes < 170_000


def test_what_is_larger_than_the_cache_is_sent_but_not_cached():
    cache = Cache(20_000)
    fill(cache, ["a"])

    large = cache.respond("b", build_request("b"), lambda: render(40_000))

    assert large.status == 200
    assert find(cache, "b") is None
    assert find(cache, "a") is not None


def test_a_cache_of_no_bytes_is_empty():
    cache = Cache(0)

    cache.respond("a", build_request("a"), render)

    assert (find(cache, "a"), cache.used_bytes) == (None, 0)


def test_the_cache_takes_no_more_memory_than_it_counts():
    headers = tuple((f"Header-{number}", "x" * 100) for number in range(9))
    requests = [build_request(number % 100, f"text/{number}") for number in range(500)]

    def render_answer(name):
        return build_success(f"{name}" * 2_000, "text/plain", LIVE, headers=headers)

    gc.collect()
    tracemalloc.start()
    try:
        cache = Cache(64 * LARGE)
        for number, request in enumerate(requests):
            name = number % 100
            cache.respond(name, request, lambda name=name: render_answer(name))
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(cache._responses) == 500
    assert cache.used_bytes / 2 < taken < cache.used_bytes


def test_every_byte_that_may_be_sent_is_counted():
    answer = build_success("x" * 5_000, "text/plain", NO_STORE)

    assert answer.size > 5_000 + len(answer.compressed.body)
