"""The servers that are measured, how each is started, and on which processor."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.bench import nginx
from tests.bench.peers.reference import TARGET
from tests.bench.processors import choose_processors

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
_PATIENCE_SECONDS, _PAUSE_SECONDS = 60, 0.005
_PEERS = ("-c", str(ROOT / "tests/bench/peers/gunicorn_settings.py"))
_LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
#: uvicorn brings uvloop, and gunicorn takes what is there: only what is deployed is measured.
_LOOP = ("--asgi-loop", "uvloop" if "\nuvloop==" in _LOCK else "asyncio")
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


@dataclass(frozen=True)
class Running:
    """A server that runs: its port, and the process that was started."""

    port: int
    pid: int


def _gunicorn(*arguments: str) -> Callable[[Path, str, Ports], list[str]]:
    # Where it listens is in FAQTS_BIND, which gunicorn.conf.py reads.
    return lambda _folder, _name, _ports: [sys.executable, "-m", "gunicorn", *arguments]


def _granian(application: str) -> Callable[[Path, str, Ports], list[str]]:
    def build(_folder: Path, name: str, ports: Ports) -> list[str]:
        where = ("--host", HOST, "--port", str(ports[name]), "--workers", "1")
        return [sys.executable, "-m", "granian", "--interface", "wsgi", *where, application]

    return build


def _uvicorn(application: str) -> Callable[[Path, str, Ports], list[str]]:
    def build(_folder: Path, name: str, ports: Ports) -> list[str]:
        where = ("--host", HOST, "--port", str(ports[name]), "--workers", "1")
        quiet = ("--no-access-log", "--log-level", "warning")
        return [sys.executable, "-m", "uvicorn", *where, *quiet, application]

    return build


_CONSTANT = "tests.bench.peers.constant"
SERVERS = {
    "ours-asgi": Server("the service, gunicorn asgi", _gunicorn(*_LOOP)),
    "constant-asgi": Server(
        "constant bytes, gunicorn asgi", _gunicorn(*_PEERS, *_LOOP, f"{_CONSTANT}:asgi_application")
    ),
    "ours-gthread": Server("the service, gunicorn gthread", _gunicorn(*_THREADS, "wsgi:app")),
    "constant-gthread": Server(
        "constant bytes, gunicorn gthread",
        _gunicorn(*_PEERS, *_THREADS, f"{_CONSTANT}:wsgi_application"),
    ),
    "ours-granian": Server("the service, granian wsgi", _granian("wsgi:app")),
    "constant-granian": Server(
        "constant bytes, granian wsgi", _granian(f"{_CONSTANT}:wsgi_application")
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


@contextmanager
def running(
    name: str, folder: Path, ports: Ports, settings: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen]:
    """The server *name*, started and answering, until the block ends."""
    process = start(name, folder, ports, settings)
    try:
        wait_for_answer(process, ports[name], folder / f"{name}.log")
        yield process
    finally:
        stop(process)


@contextmanager
def running_all(names: Iterable[str], folder: Path) -> Iterator[dict[str, Running]]:
    """The servers *names*, started one after the other; those not asked do nothing."""
    ports = {name: find_port() for name in names}
    with ExitStack() as stack:
        yield {
            name: Running(port, stack.enter_context(running(name, folder, ports)).pid)
            for name, port in ports.items()
        }


def start(
    name: str, folder: Path, ports: Ports, settings: Mapping[str, str] | None = None
) -> subprocess.Popen:
    """The server *name*, pinned to its processor, one worker, its output in *folder*."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("FAQTS_")}
    ours = {"FAQTS_BIND": f"{HOST}:{ports[name]}", "FAQTS_WORKERS": "1", "PYTHONPATH": str(ROOT)}
    with (folder / f"{name}.log").open("w") as log:
        return subprocess.Popen(
            ["taskset", "-c", choose_processors()[0], *SERVERS[name].build(folder, name, ports)],
            cwd=ROOT,
            env={**kept, **ours, **(settings or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def wait_for_answer(process: subprocess.Popen, port: int, log: Path) -> None:
    """Wait until the server answers; end the benchmark with its log when it never does."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            if ask(port)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(_PAUSE_SECONDS)
    raise SystemExit(f"A server does not answer. Its log:\n{log.read_text()}")


def ask(port: int, headers: Mapping[str, str] | None = None, target: str = TARGET):
    """The status, the headers and the body of an answer."""
    connection = HTTPConnection(HOST, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", target, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


def stop(process: subprocess.Popen) -> None:
    """End a server as an operator does; what is left of it is killed."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def find_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return listener.getsockname()[1]
