"""Origins made up for a test of the proxy: they answer what they are told to, and count."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from tests.e2e.servers import PATIENCE_SECONDS

_POLL_SECONDS = 0.05


@dataclass
class Origin:
    """An origin made up: says what it is told to, and remembers what it was asked.

    Attributes:
        status, headers, body: What it answers from now on.
        seconds: How long it thinks before.
        seen: The request line and the headers of every request.
    """

    port: int
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"{}\n"
    seconds: float = 0.0
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def asked(self) -> int:
        """How often it was asked."""
        return len(self.seen)


@contextmanager
def making_up(port: int, **answer) -> Iterator[Origin]:
    """Run an origin on *port* that answers *answer* until the block ends."""
    origin = Origin(port, **answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            with origin.lock:
                origin.seen.append((self.requestline, dict(self.headers)))
            time.sleep(origin.seconds)
            self.send_response_only(origin.status)
            for name, value in {"Date": self.date_time_string(), **origin.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(origin.body)))
            # An origin that ended answers nothing any more, on no connection that was kept.
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(origin.body)

        do_GET = do_HEAD = do_POST = do_DELETE = answer  # noqa: N815  As the library has it.

        def log_message(self, *_):
            """Say nothing."""

    class Listener(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 256

    with Listener(("127.0.0.1", port), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(_POLL_SECONDS,))
        thread.start()
        try:
            yield origin
        finally:
            server.shutdown()
            thread.join(PATIENCE_SECONDS)
