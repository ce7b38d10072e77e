"""A real gunicorn, with this checkout's configuration, over a ledger in a folder of the test."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

from werkzeug.datastructures import Headers

from tests.content_factory import ContentFactory
from tests.terminal import build_environment

ROOT = Path(__file__).parents[2]
_PAUSE_SECONDS = 0.05
#: Long enough for a machine that is busy; what is promised in less is measured, not waited for.
PATIENCE_SECONDS = 60
#: The arguments that make gunicorn answer with threads and without an event loop.
THREADS = ("--worker-class", "gthread", "--threads", "4", "wsgi:app")
#: Both ways in which gunicorn runs the service, by name.
WAYS = {"loop": (), "threads": THREADS}


@dataclass
class Answer:
    """What came over the wire."""

    status: int
    headers: Headers
    body: bytes

    def json(self):
        return json.loads(self.body)


@dataclass
class Load:
    """What clients got that asked all the time: releases served, and failures.

    Attributes:
        lost: The failures of requests over a connection that had answered before.
        slowest_seconds: The longest that anybody waited for an answer.
    """

    releases: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    slowest_seconds: float = 0.0


class Server:
    """A gunicorn that runs; `serving` starts one."""

    def __init__(
        self,
        factory: ContentFactory,
        log: Path,
        settings: dict[str, str],
        arguments: tuple[str, ...],
        port: int | None = None,
    ) -> None:
        self.port = port or find_port()
        self._log = log
        self.environment = build_environment(
            {
                "FAQTS_LEDGER": str(factory.place.ledger.folder),
                "FAQTS_BIND": f"127.0.0.1:{self.port}",
                "FAQTS_WORKERS": "2",
                **settings,
            }
        )
        with log.open("w") as output:
            self.process = subprocess.Popen(
                self.build_command(arguments),
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def build_command(self, arguments: tuple[str, ...]) -> list[str]:
        """The command that starts it."""
        return build_command(*arguments)

    @property
    def log(self) -> str:
        """What it printed, both streams."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def ask(self, path: str, method: str = "GET", headers: dict | None = None) -> Answer:
        """The answer over a connection of its own."""
        with closing(self._open()) as connection:
            return self._ask(connection, path, method, {"Connection": "close", **(headers or {})})

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE_SECONDS)

    def send(self, data: bytes) -> bytes:
        """What comes back to *data* until the server closes the connection."""
        with self.connect() as connection:
            connection.sendall(data)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def wait_until(self, is_so: Callable[[], bool], what: str) -> float:
        """Wait until *is_so*; the seconds that took. A server that ends, or never, fails."""
        began = time.monotonic()
        while not self._holds(is_so):
            assert self.process.poll() is None, f"the server ended:\n{self.log}"
            assert time.monotonic() - began < PATIENCE_SECONDS, f"{what}: never.\n{self.log}"
            time.sleep(_PAUSE_SECONDS)
        return time.monotonic() - began

    def wait_until_served(self, release: str, workers: int = 2) -> float:
        """Wait until every worker has said in the log that it serves *release*."""
        message = re.compile(rf'"release": "{re.escape(release)}".*"event": "serving"')
        return self.wait_until(
            lambda: len(message.findall(self.log)) >= workers, f"{release} in every worker"
        )

    def list_workers(self) -> set[int]:
        """The ids of the worker processes."""
        found = set()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                after_name = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(after_name[1]) == self.process.pid and after_name[0] != "Z":
                found.add(int(stat.parent.name))
        return found

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        """End it and its workers at once, as a machine does that fails."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=PATIENCE_SECONDS)

    def stop(self) -> int:
        """End it as an operator does, and return its status."""
        self.process.terminate()
        try:
            return self.process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise

    @contextmanager
    def load(self, path: str, clients: int = 8) -> Iterator[Load]:
        """Ask for *path* all the time with so many *clients*.

        Every other client opens a connection for each request; the first and the rest keep theirs
        as long as the server does.
        """
        load, ended = Load(), Event()
        threads = [
            Thread(target=self._ask_on, args=(path, load, ended, number % 2 == 0))
            for number in range(clients)
        ]
        for thread in threads:
            thread.start()
        try:
            yield load
        finally:
            ended.set()
            for thread in threads:
                thread.join(PATIENCE_SECONDS)

    def _ask_on(self, path: str, load: Load, ended: Event, keeps: bool) -> None:  # noqa: FBT001
        connection, used = self._open(), False
        headers = {} if keeps else {"Connection": "close"}
        while not ended.wait(0.005):
            began = time.monotonic()
            try:
                answer = self._ask(connection, path, "GET", headers)
            except Exception as error:  # noqa: BLE001  Whatever it is, it is a failure.
                (load.lost if used else []).append(repr(error))
                load.failures.append(repr(error))
                connection.close()
                used = False
                continue
            load.slowest_seconds = max(load.slowest_seconds, time.monotonic() - began)
            # http.client closes the connection itself, and opens another, when it is told to.
            used = connection.sock is not None
            if answer.status == 200:
                load.releases.append(answer.headers.get("Content-Release", ""))
            else:
                load.failures.append(f"{answer.status} {answer.body!r}")
        connection.close()

    def _open(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def _ask(self, connection: HTTPConnection, path: str, method: str, headers: dict) -> Answer:
        connection.request(method, path, headers=headers)
        got = connection.getresponse()
        return Answer(got.status, Headers(got.getheaders()), got.read())

    def _holds(self, is_so: Callable[[], bool]) -> bool:
        try:
            return is_so()
        except OSError:
            return False


@contextmanager
def serving(
    factory: ContentFactory,
    *arguments: str,
    ready: bool = True,
    port: int | None = None,
    **settings: str,
) -> Iterator[Server]:
    """Serve the ledger of *factory* until the block ends; a failure shows the log.

    `serving(editor, *THREADS, FAQTS_TODAY="2027-01-01")`. With *ready*, both workers have their
    releases. Without *port* it is one that is free.
    """
    server = Server(factory, factory.root / "server.log", settings, arguments, port)
    try:
        server.wait_until(lambda: "faqts serves" in server.log, "the line that says what is served")
        server.wait_until(lambda: server.ask("/healthz").status == 200, "an answer")
        if ready:
            workers = int(server.environment["FAQTS_WORKERS"])
            server.wait_until(
                lambda: server.log.count('"event": "serving"') >= workers, "every worker"
            )
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
        # pytest shows this beside a failure.
        print(server.log)  # noqa: T201


def build_command(*arguments: str) -> list[str]:
    """The command that starts gunicorn with the configuration of this checkout."""
    return [sys.executable, "-m", "gunicorn", *arguments]


def find_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
