"""Pages that were asked before, beside the answers of version 1 that they are drawn from."""

from pathlib import Path

from tests.bench.rounds import Samples, Target, measure
from tests.bench.running import ask, running_all

SERVER = "ours-asgi"
#: As browsers ask, and most libraries.
_ASKED = {"Accept-Encoding": "gzip"}
#: What each target asks for, by its name.
PATHS = {
    "answer-faq": "/v1/faqs/fixed-ip-addresses?dc=uk",
    "page-faq": "/faqs/fixed-ip-addresses?dc=uk",
    "page-faq-utm": "/faqs/fixed-ip-addresses?dc=uk&utm_source=x&utm_medium=y",
    "answer-faqs": "/v1/faqs",
    "page-home": "/",
    "answer-ranges": "/v1/ip-ranges?dc=uk",
    "page-ranges": "/ip-ranges?dc=uk",
}
#: Targets that are asked with the ETag that they sent, too.
_KNOWN = ("answer-faq", "page-faq")


def measure_hot_pages(folder: Path, *, rounds: int, seconds: int, connections: int) -> Samples:
    """Measure pages and answers of one server in turn."""
    with running_all([SERVER], folder) as servers:
        targets = _build_targets(servers[SERVER].port)
        return measure(targets, servers, rounds=rounds, seconds=seconds, connections=connections)


def _build_targets(port: int) -> dict[str, Target]:
    targets = {name: Target(SERVER, _ASKED, path=path) for name, path in PATHS.items()}
    for name in _KNOWN:
        _, headers, _ = ask(port, _ASKED, PATHS[name])
        tag = next(value for header, value in headers if header.lower() == "etag")
        known = {"If-None-Match": tag, **_ASKED}
        targets[f"{name}-304"] = Target(SERVER, known, 304, PATHS[name])
    for name, target in targets.items():
        status, _, _ = ask(port, target.headers, target.path)
        if status != target.status:
            raise SystemExit(f"{name}: the status is {status}, not {target.status}.")
    return targets
