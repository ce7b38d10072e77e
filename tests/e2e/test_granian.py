"""The same service on granian, as docs/operations.md says: the same bytes, and new releases."""

import sys
from contextlib import contextmanager
from itertools import product

import pytest

from tests.e2e.servers import Server

PATHS = [
    "/v1",
    "/v1/ip-ranges?dc=uk",
    "/v1/faqs/addresses?format=html",
    "/v1/faqs/none",
    "/v1/faqs/",
]


HEADERS = [{}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}]
WAYS = [
    ("--interface", "asgi", "--loop", "uvloop", "asgi:application"),
    ("--interface", "wsgi", "wsgi:app"),
]


class Granian(Server):
    """granian with two workers over the ledger of an editor."""

    def build_command(self, arguments):
        command = [sys.executable, "-m", "granian", "--workers", "2", "--host", "127.0.0.1"]
        return [*command, "--port", str(self.port), *arguments]


@contextmanager
def serve(factory, way):
    server = Granian(factory, factory.root / "granian.log", {}, way)
    try:
        server.wait_until(lambda: server.log.count('"event": "serving"') >= 2, "every worker")
        server.wait_until(lambda: server.ask("/healthz").status == 200, "an answer")
        yield server
    finally:
        server.stop()


@pytest.fixture
def world(factory):
    factory.world().publish("The world.")
    return factory


@pytest.mark.parametrize("way", WAYS)
def test_every_answer_is_the_same_bytes_as_elsewhere(world, way):
    client = world.client(today=None)

    with serve(world, way) as server:
        for path, headers, _ in product(PATHS, HEADERS, range(3)):
            got, expected = server.ask(path, headers=headers), client.get(path, headers=headers)

            assert (got.status, got.body) == (expected.status_code, expected.data)
            for name, value in expected.headers.items():
                assert got.headers[name] == value


@pytest.mark.parametrize("way", WAYS)
def test_a_release_reaches_its_workers(world, way):
    with serve(world, way) as server:
        world.facts("topics", {"id": "network", "title": "Other"})
        release = world.publish().id
        server.wait_until_served(release)

        served = {server.ask("/v1").json()["release"] for _ in range(30)}

    assert served == {release}
