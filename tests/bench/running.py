"""Start the servers, each on its processor, ask them, and end them."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.peers.reference import TARGET
from tests.bench.processors import choose_processors
from tests.bench.servers import HOST, ROOT, SERVERS, Ports

_PATIENCE_SECONDS, _PAUSE_SECONDS = 60, 0.005
#: Not passed on: the settings of the service, and what keeps Python from storing bytecode.
_NOT_PASSED_ON = ("FAQTS_", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Running:
    """A server that runs: its port, and the process that was started."""

    port: int
    pid: int


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
    passed = {key: value for key, value in os.environ.items() if not key.startswith(_NOT_PASSED_ON)}
    ours = {"FAQTS_BIND": f"{HOST}:{ports[name]}", "FAQTS_WORKERS": "1", "PYTHONPATH": str(ROOT)}
    with (folder / f"{name}.log").open("w") as log:
        return subprocess.Popen(
            ["taskset", "-c", choose_processors()[0], *SERVERS[name].build(folder, name, ports)],
            cwd=ROOT,
            env={**passed, **ours, **(settings or {})},
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
