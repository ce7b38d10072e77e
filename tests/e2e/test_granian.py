"""The same service on granian, as docs/operations.md says: the same bytes, and new releases."""

import sys
from contextlib import contextmanager

import pytest

from tests.e2e.servers import Server

PATHS = [
    "/v1",
    "/v1/ip-ranges?dc=uk",
    "/v1/faqs/addresses?format=html",
    "/v1/faqs/none",
    "/v1/faqs/",
]


class Granian(Server):
    """granian with two workers over the ledger of an editor."""

    def build_command(self, arguments):
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
        return [*command, "--host", "127.0.0.1", "--port", str(self.port), *arguments, "wsgi:app"]


@contextmanager
def serve(factory):
    server = Granian(factory, factory.root / "granian.log", {}, ())
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


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}])
def test_every_answer_is_the_same_bytes_as_elsewhere(world, headers):
    client = world.client(today=None)

    with serve(world) as server:
        for path in PATHS:
            for _ in range(3):
                got, expected = server.ask(path, headers=headers), client.get(path, headers=headers)

                assert (got.status, got.body) == (expected.status_code, expected.data)
                for name, value in expected.headers.items():
                    assert got.headers[name] == value


def test_a_release_reaches_its_workers(world):
    with serve(world) as server:
        world.facts("topics", {"id": "network", "title": "Other"})
        release = world.publish().id
        server.wait_until_served(release)

        served = {server.ask("/v1").json()["release"] for _ in range(30)}

    assert served == {release}
