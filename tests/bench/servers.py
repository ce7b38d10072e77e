"""The servers that are measured, and how each is started."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench import nginx

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
_PEERS = ("-c", str(ROOT / "tests/bench/peers/gunicorn_settings.py"))
_THREADS = ("--worker-class", "gthread", "--threads", "4")

Ports = Mapping[str, int]


@dataclass(frozen=True)
class Server:
    """A server that is measured.

    Attributes:
        what: What it is, for the reader of the report.
        build: Its command, from its folder, its name and the ports of all servers.
        before: Servers that have to run for this one to answer.
    """

    what: str
    build: Callable[[Path, str, Ports], list[str]]
    before: tuple[str, ...] = ()


def _gunicorn(*arguments: str) -> Callable[[Path, str, Ports], list[str]]:
    # Where it listens is in FAQTS_BIND, which gunicorn.conf.py reads.
    return lambda _folder, _name, _ports: [sys.executable, "-m", "gunicorn", *arguments]


def _granian(interface: str, application: str) -> Callable[[Path, str, Ports], list[str]]:
    def build(_folder: Path, name: str, ports: Ports) -> list[str]:
        where = ("--host", HOST, "--port", str(ports[name]), "--workers", "1")
        kind = ("--interface", interface, "--loop", "uvloop")
        return [sys.executable, "-m", "granian", *kind, *where, application]

    return build


def _uvicorn(application: str) -> Callable[[Path, str, Ports], list[str]]:
    def build(_folder: Path, name: str, ports: Ports) -> list[str]:
        where = ("--host", HOST, "--port", str(ports[name]), "--workers", "1")
        quiet = ("--no-access-log", "--log-level", "warning")
        return [sys.executable, "-m", "uvicorn", *where, *quiet, application]

    return build


_CONSTANT = "tests.bench.peers.constant"
SERVERS = {
    "ours-asgi": Server("the service, gunicorn", _gunicorn()),
    "constant-asgi": Server(
        "constant bytes, gunicorn", _gunicorn(*_PEERS, f"{_CONSTANT}:asgi_application")
    ),
    "ours-gthread": Server("the service, gunicorn gthread", _gunicorn(*_THREADS, "wsgi:app")),
    "constant-gthread": Server(
        "constant bytes, gunicorn gthread",
        _gunicorn(*_PEERS, *_THREADS, f"{_CONSTANT}:wsgi_application"),
    ),
    "ours-granian": Server("the service, granian wsgi", _granian("wsgi", "wsgi:app")),
    "constant-granian": Server(
        "constant bytes, granian wsgi", _granian("wsgi", f"{_CONSTANT}:wsgi_application")
    ),
    "ours-granian-asgi": Server("the service, granian asgi", _granian("asgi", "asgi:application")),
    "constant-granian-asgi": Server(
        "constant bytes, granian asgi", _granian("asgi", f"{_CONSTANT}:asgi_application")
    ),
    "flask": Server(
        "Flask + jsonify, gunicorn gthread",
        _gunicorn(*_PEERS, *_THREADS, "tests.bench.peers.flask_app:app"),
    ),
    "fastapi": Server("FastAPI + pydantic, uvicorn", _uvicorn("tests.bench.peers.fastapi_app:app")),
    "ours-nginx": Server(
        "the service behind nginx, cached",
        lambda folder, name, ports: nginx.build_proxy(folder, ports[name], ports["ours-asgi"]),
        before=("ours-asgi",),
    ),
    "file-nginx": Server(
        "nginx with a file", lambda folder, name, ports: nginx.build_file(folder, ports[name])
    ),
}
