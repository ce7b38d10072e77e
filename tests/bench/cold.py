"""The first answer of a URL: nothing is kept, in this process, through all of the application."""

import time
from dataclasses import replace

from werkzeug.test import EnvironBuilder

from api.app import create_app
from api.serving.service import Service
from api.settings import read_settings
from tests.bench.peers.reference import TARGET

TARGETS = (
    TARGET,
    "/v1/ip-ranges",
    "/v1/ip-ranges?dc=uk&traffic=from-cronofy&format=txt&samples=true",
    "/v1/ip-ranges/lookup?ip=192.0.2.5",
    "/v1/faqs",
    "/v1/faqs/fixed-ip-addresses?dc=uk&application=Acme",
    "/v1/faqs/fixed-ip-addresses?dc=uk&application=Acme&format=html",
    "/v1/changes?since=2026-11-23.01",
    "/v1/ip-ranges?dc=uk&release=2026-11-23.05",
    "/",
    "/faqs/fixed-ip-addresses",
    "/faqs/fixed-ip-addresses?dc=uk",
    "/ip-ranges",
    "/ip-ranges?dc=uk",
    "/clouds",
    "/changes",
    "/releases/2026-11-23.01",
)


def measure_cold(times: int) -> dict[str, list[float]]:
    """The milliseconds of so many first answers of each target."""
    app = create_app(replace(read_settings(), cache_bytes=0))
    service: Service = app.extensions["faqts"]
    service.follower.refresh()
    found: dict[str, list[float]] = {target: [] for target in TARGETS}
    # The first of all answers pays for what Python does once; a server has done it by then.
    for number in range(times + 1):
        for target, milliseconds in found.items():
            taken = _answer(app, target)
            if number:
                milliseconds.append(taken)
    return found


def _answer(app, target: str) -> float:
    """The milliseconds of an answer."""
    path, _, query = target.partition("?")
    environ = EnvironBuilder(path=path, query_string=query).get_environ()
    statuses: list[str] = []
    began = time.perf_counter()
    for _ in app(environ, lambda status, *_: statuses.append(status)):
        pass
    taken = (time.perf_counter() - began) * 1_000
    if statuses != ["200 OK"]:
        raise SystemExit(f"{target} is answered with {statuses}; measure another.")
    return taken
