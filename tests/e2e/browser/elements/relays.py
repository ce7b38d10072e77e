"""What stands between a browser and the real service, and can be made to fail."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.e2e.servers import PATIENCE_SECONDS, find_port

_POLL_SECONDS = 0.05
#: What a console says of each request that fails.
SAID = "Failed to load resource"


@dataclass
class Fault:
    """What the relay does in place of the service.

    Attributes:
        status, body, media_type: What it answers; without a status the service is asked.
        seconds: How long it thinks before.
        is_down: Whether it closes the connection without a word.
        headers: What it adds to the answer of the service.
    """

    status: int | None = None
    body: bytes = b""
    media_type: str = "text/html"
    seconds: float = 0.0
    is_down: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def complaints(self) -> tuple[str, ...]:
        """What a browser says of a request that meets it."""
        if self.is_down:
            return (SAID, "failed: ")
        return () if self.status in {None, 200} else (SAID,)


@dataclass
class Relay:
    """A relay that runs; `relaying` starts one.

    Attributes:
        faults: What goes wrong, by how the path with its query begins; the first that fits.
        asked: The path and query of every request, in order.
    """

    origin: int
    port: int
    faults: dict[str, Fault] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def find_fault(self, path: str) -> Fault:
        return next((f for start, f in self.faults.items() if path.startswith(start)), Fault())


@contextmanager
def relaying(origin: int) -> Iterator[Relay]:
    """Relay what is asked to the service on the port *origin* until the block ends."""
    relay = Relay(origin, find_port())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            relay.asked.append(self.path)
            fault = relay.find_fault(self.path)
            time.sleep(fault.seconds)
            if fault.is_down:
                self.close_connection = True
                return
            if fault.status is None:
                self.relay(fault.headers)
                return
            self.send_response_only(fault.status)
            self.send_header("Content-Type", fault.media_type)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(fault.body)

        def relay(self, headers: dict[str, str]):
            connection = HTTPConnection("127.0.0.1", relay.origin, timeout=PATIENCE_SECONDS)
            try:
                connection.request("GET", self.path, headers=dict(self.headers))
                got = connection.getresponse()
                body = got.read()
            finally:
                connection.close()
            self.send_response_only(got.status)
            for name, value in got.getheaders():
                if name.lower() not in {"connection", "transfer-encoding"}:
                    self.send_header(name, value)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    class Listener(ThreadingHTTPServer):
        daemon_threads = True

    with Listener(("127.0.0.1", relay.port), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(_POLL_SECONDS,))
        thread.start()
        try:
            yield relay
        finally:
            server.shutdown()
            thread.join(PATIENCE_SECONDS)
