"""A request reads the clock once, parses its query once, and takes both with it."""

import asyncio
import sys
from urllib.parse import parse_qsl

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from api.middleware.asgi import CacheMiddleware
from tests.api.middleware.test_asgi import ask
from tests.api.v1.test_time import FakeClock

REQUESTS = {
    "/v1/ip-ranges?dc=uk&status=active": 200,
    "/v1/faqs/addresses?format=md": 200,
    "/v1/ip-ranges?datacenter=uk": 400,
    "/v1/ip-ranges?dc=%FF": 400,
    "/v1/faqs/none?dc=uk": 404,
    "/v1/nothing?dc=uk": 404,
    "/ip-ranges?dc=uk&utm_source=a": 200,
    "/nothing?dc=uk": 404,
    "/embed/faqs/addresses?dc=uk": 200,
    "/problems?format=json": 200,
    "/readyz": 200,
}


class CountedClock(FakeClock):
    """A clock that counts how often it is read."""

    reads = 0

    def __call__(self) -> float:
        self.reads += 1
        return super().__call__()


@pytest.fixture
def clock():
    return CountedClock("2026-03-01T12:00:00")


@pytest.fixture
def app(factory, clock):
    factory.world().publish()
    app = factory.app(today=None, clock=clock)
    clock.reads = 0
    return app


def get(app, target: str) -> int:
    """The status of a GET, without a client that looks at more than the application does."""
    _, status, _ = run_wsgi_app(app.wsgi_app, EnvironBuilder(path=target).get_environ())
    return int(status.split()[0])


@pytest.mark.parametrize(("target", "status"), REQUESTS.items())
def test_the_clock_is_read_once(app, clock, target, status):
    for count in (1, 2):
        assert get(app, target) == status
        assert clock.reads == count


@pytest.mark.parametrize("path", ["/v1/clouds", "/v1/nothing", "/clouds", "/healthz"])
def test_the_event_loop_reads_the_clock_for_the_thread_too(factory, app, clock, path):
    service = app.extensions["faqts"]
    middleware = CacheMiddleware(app.wsgi_app.app, service, threads=1)

    for count in (1, 2):
        asyncio.run(ask(middleware, path))
        assert clock.reads == count


@pytest.mark.parametrize("target", [target for target in REQUESTS if "?" in target])
def test_the_query_is_parsed_once(app, target):
    parses = 0

    def count(frame, event, _):
        nonlocal parses
        parses += event == "call" and frame.f_code is parse_qsl.__code__

    sys.setprofile(count)
    try:
        get(app, target)
    finally:
        sys.setprofile(None)

    assert parses == 1
