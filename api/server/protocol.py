"""HTTP/1.1 connections with limits. Rejected requests get problem responses."""

import asyncio
import re
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from fcntl import ioctl
from termios import TIOCOUTQ
from typing import Any

from httptools import HttpParserError, HttpParserUpgrade
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from api.http.errors import MAX_SHOWN_PATH, build_problem
from api.http.request import RequestHead
from api.http.respond import respond
from schemas.problem import HEADER_TOO_LARGE, MALFORMED_REQUEST, URI_TOO_LONG, ProblemType

#: Reason phrases of RFC 9110. Those of `HTTPStatus` differ between Python versions.
_PHRASES = {
    MALFORMED_REQUEST: b"Bad Request",
    URI_TOO_LONG: b"URI Too Long",
    HEADER_TOO_LARGE: b"Request Header Fields Too Large",
}
_VERSIONS = ("1.0", "1.1")
#: The length of a request line without its target.
_REST_OF_LINE = len(b"GET  HTTP/1.1\r\n")
#: A target in absolute form without a path means the path `/`. Source: RFC 9112, section 3.2.2.
_NO_PATH = re.compile(rb"\A(https?://[^/?#]+)(?=[?#]|\Z)", re.IGNORECASE)
#: The maximum number of pipelined requests that wait in a connection.
_MAX_WAITING = 32
#: The maximum number of chunks that are read of a body.
_MAX_PIECES = 100
#: How long a rejected client has to read the response before the connection is closed.
_LINGER_SECONDS = 1.0


@dataclass(frozen=True)
class Limits:
    """Limits for clients. `api/cli/gunicorn_conf.py` explains the values.

    Attributes:
        connections: Concurrent connections per process. More are rejected.
        line_bytes: Size of a request line.
        fields: Number of headers of a request.
        field_bytes: Size of one header.
        head_bytes: Total size of the headers.
        drain_seconds: How long an idle connection stays open during a shutdown.
        stall_seconds: How often to check that a client reads its responses. A client that read
            nothing between two checks is disconnected.
    """

    connections: int
    line_bytes: int
    fields: int
    field_bytes: int
    head_bytes: int = 65_536
    drain_seconds: float = 2.0
    stall_seconds: float = 30.0


class _RefusedError(Exception):
    """The head of a request is rejected."""

    def __init__(self, problem: ProblemType) -> None:
        super().__init__(problem.title)
        self.problem = problem


class Connection(HttpToolsProtocol):
    """A connection that idle or slow clients cannot hold, and that has limits for its input.

    The keep-alive timer of uvicorn starts with the connection and again with each response. Only a
    complete head stops it, not the next byte. The number of pipelined requests is limited. A
    request whose body does not arrive together with its head is the last one of its connection,
    because the service reads no bodies. So is a request whose body arrives in too many chunks.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        limits: Limits,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits = limits
        self.url = b""
        #: Bytes since the last complete head, now and before the current batch was parsed.
        self._unread_bytes = self._batch_bytes = 0
        self._is_last = self._is_draining = False
        #: Chunks of the body of the latest request.
        self._pieces = 0
        #: Whether the client has read since the last check.
        self._has_read = False
        self._stall_task: asyncio.TimerHandle | None = None

    @property
    def _is_idle(self) -> bool:
        """Whether all requests have their responses; `cycle` is the latest one."""
        return self.cycle is None or self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # The same as in uvicorn.
        """Wait for a request, or reject the connection if there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self._limits.connections:
            transport.abort()
        else:
            self._close_after(self.timeout_keep_alive)
            self._watch_reading(0)

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timer of the connection."""
        super().connection_lost(exc)
        if self._stall_task is not None:
            self._stall_task.cancel()

    def resume_writing(self) -> None:
        """Record that the client has read data."""
        self._has_read = True
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Parse *data*. Reject malformed requests and heads that are too large."""
        if self._is_last:
            return
        self._unread_bytes += len(data)
        self._batch_bytes = self._unread_bytes
        try:
            self.parser.feed_data(data)
            if self._unread_bytes > self._limits.line_bytes:
                self._judge_unfinished_head()
        except HttpParserUpgrade:
            self._end_after_answer()
        except (HttpParserError, _RefusedError) as error:
            cause = error if isinstance(error, _RefusedError) else error.__context__
            self._refuse(cause.problem if isinstance(cause, _RefusedError) else MALFORMED_REQUEST)
        else:
            if not self._is_idle and (self._is_draining or self.cycle.more_body):
                self._end_after_answer()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Store a header, or reject the request if it has too many."""
        if len(self.headers) == self._limits.fields:
            raise _RefusedError(HEADER_TOO_LARGE)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Check the limits for the whole head."""
        self._unread_bytes = self._pieces = 0
        if len(self.pipeline) == _MAX_WAITING:
            # Earlier requests get their responses, then the connection is closed.
            raise _RefusedError(MALFORMED_REQUEST)
        if self.parser.get_http_version() not in _VERSIONS:
            raise _RefusedError(MALFORMED_REQUEST)
        if len(self.url) + _REST_OF_LINE > self._limits.line_bytes:
            raise _RefusedError(URI_TOO_LONG)
        if self._has_too_long_headers():
            raise _RefusedError(HEADER_TOO_LARGE)
        if not self.url.startswith(b"/"):
            self.url = _NO_PATH.sub(rb"\1/", self.url)
        super().on_headers_complete()
        # Trailers must not be read as headers. Source: RFC 9110, section 6.5.1.
        self.headers = []

    def on_body(self, body: bytes) -> None:
        """Discard *body*. Reject the request if it arrives in too many chunks."""
        del body
        self._pieces += 1
        if self._pieces > _MAX_PIECES:
            raise _RefusedError(MALFORMED_REQUEST)

    def eof_received(self) -> bool:  # type: ignore[override]  # asyncio expects a result, uvicorn returns none.
        """Return whether to stay open, to respond to a client that closed only its own side."""
        if not self._is_idle:
            self._end_after_answer()
        return not self._is_idle

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, unless it is handling a request."""
        if self._is_idle:
            super().timeout_keep_alive_handler()

    def shutdown(self) -> None:
        """Handle one more request if it arrives soon, then close.

        A client may have sent one already, and closing at once would lose it.
        """
        self._is_draining = True
        if self._is_idle:
            self._close_after(self._limits.drain_seconds)
        else:
            self._end_after_answer()

    def _close_after(self, seconds: float) -> None:
        if self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
        self.timeout_keep_alive_task = self.loop.call_later(
            seconds, self.timeout_keep_alive_handler
        )

    def _watch_reading(self, before: int) -> None:
        """Abort if the client has read nothing of *before* unread bytes, or check again later.

        A close would wait until the client has read everything.
        """
        unsent = self.transport.get_write_buffer_size()
        waiting = unsent + self._count_sent_unread()
        if unsent and waiting >= before > 0 and not self._has_read:
            self.transport.abort()
            return
        self._has_read = False
        self._stall_task = self.loop.call_later(
            self._limits.stall_seconds, self._watch_reading, waiting
        )

    def _count_sent_unread(self) -> int:
        """Return the unacknowledged bytes in the kernel's send buffer; 0 except on Linux."""
        with suppress(OSError):
            found = ioctl(self.transport.get_extra_info("socket").fileno(), TIOCOUTQ, bytes(4))
            return int.from_bytes(found, sys.byteorder)
        return 0

    def _end_after_answer(self) -> None:
        """Stop reading, and close after the response to the last request."""
        self._is_last = True
        self.cycle.keep_alive = False

    def _judge_unfinished_head(self) -> None:
        if len(self.url) > self._limits.line_bytes:
            raise _RefusedError(URI_TOO_LONG)
        if self._unread_bytes > self._limits.line_bytes + self._limits.head_bytes:
            raise _RefusedError(HEADER_TOO_LARGE)

    def _has_too_long_headers(self) -> bool:
        if self._batch_bytes <= self._limits.field_bytes:
            return False
        sizes = [len(name) + len(value) for name, value in self.headers]
        return (
            max(sizes, default=0) > self._limits.field_bytes or sum(sizes) > self._limits.head_bytes
        )

    def _refuse(self, problem: ProblemType) -> None:
        """Send *problem* and close, or only finish an earlier request that has no response yet."""
        if not self._is_idle:
            self._end_after_answer()
            return
        self._is_last = True
        path = self.url.partition(b"?")[0][:MAX_SHOWN_PATH].decode("latin-1")
        instance = path if path.startswith("/") else "/"
        representation = build_problem(problem, problem.repair, instance)
        response = respond(representation, RequestHead(), time.time())
        start, _ = response.messages
        lines = [
            b"HTTP/1.1 %d %s" % (response.status, _PHRASES[problem]),
            *(b"%s: %s" % pair for pair in (*self.server_state.default_headers, *start["headers"])),
            b"connection: close",
            b"",
            response.body,
        ]
        self.transport.write(b"\r\n".join(lines))
        self.transport.write_eof()
        self.loop.call_later(_LINGER_SECONDS, self.transport.close)
