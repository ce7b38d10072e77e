"""A connection of HTTP/1.1: bounds for what a client sends, and problems for what is refused."""

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

#: The phrases of RFC 9110; those of Python's `HTTPStatus` differ between its versions.
_PHRASES = {
    MALFORMED_REQUEST: b"Bad Request",
    URI_TOO_LONG: b"URI Too Long",
    HEADER_TOO_LARGE: b"Request Header Fields Too Large",
}
_VERSIONS = ("1.0", "1.1")
#: What a request line holds beside the target.
_REST_OF_LINE = len(b"GET  HTTP/1.1\r\n")
#: A target in absolute form without a path, which means `/`. Source: RFC 9112, section 3.2.2.
_NO_PATH = re.compile(rb"\A(https?://[^/?#]+)(?=[?#]|\Z)", re.IGNORECASE)
#: The most requests of a connection that wait for the answer to an earlier one.
_MAX_WAITING = 32
#: The most pieces of a body that are taken from its connection.
_MAX_PIECES = 100
#: How long a refused client gets to read why, before a reset may take the answer from it.
_LINGER_SECONDS = 1.0


@dataclass(frozen=True)
class Limits:
    """What a client may use up. `gunicorn.conf.py` gives the reasons.

    Attributes:
        connections: Connections of one process at the same time; more are refused.
        line_bytes: Bytes of a request line.
        fields: Headers of a request.
        field_bytes: Bytes of one header.
        head_bytes: Bytes of all headers together.
        drain_seconds: How long an idle connection may still ask, once the process has to end.
        stall_seconds: How often to look whether a client reads its answers. One that read nothing
            between two looks is dropped.
    """

    connections: int
    line_bytes: int
    fields: int
    field_bytes: int
    head_bytes: int = 65_536
    drain_seconds: float = 2.0
    stall_seconds: float = 30.0


class _RefusedError(Exception):
    """The head of a request is refused."""

    def __init__(self, problem: ProblemType) -> None:
        super().__init__(problem.title)
        self.problem = problem


class Connection(HttpToolsProtocol):
    """A connection that a client can neither hold without asking or reading, nor fill without end.

    The keep-alive timer of uvicorn runs from the beginning, and again from each response; only a
    complete head stops it, and not the next byte. A client may send requests before it has the
    answers to earlier ones, but only some of them. A request whose body does not come with its head
    is the last of its connection, because nothing here reads bodies. So is one whose body comes in
    very many pieces.
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
        #: Bytes since the last complete head, and the same before that was taken off.
        self._unread_bytes = self._batch_bytes = 0
        self._is_last = self._is_draining = False
        #: Pieces of the body of the latest request.
        self._pieces = 0
        #: Whether the client made room for more since the last look.
        self._has_read = False
        self._stall_task: asyncio.TimerHandle | None = None

    @property
    def _is_idle(self) -> bool:
        """Whether all that was asked is answered; `cycle` is the latest request."""
        return self.cycle is None or self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As uvicorn has it.
        """Begin to wait for a request; refuse a connection that is one too many."""
        super().connection_made(transport)
        if len(self.connections) > self._limits.connections:
            transport.abort()
        else:
            self._close_after(self.timeout_keep_alive)
            self._watch_reading(0)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        super().connection_lost(exc)
        if self._stall_task is not None:
            self._stall_task.cancel()

    def resume_writing(self) -> None:
        """Note that the client reads."""
        self._has_read = True
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Parse what came; refuse what is no request, and all of a head that is too large."""
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
        """Note a header; refuse one that is one too many, before more of them are read."""
        if len(self.headers) == self._limits.fields:
            raise _RefusedError(HEADER_TOO_LARGE)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Judge the whole head before anything is answered."""
        self._unread_bytes = self._pieces = 0
        if len(self.pipeline) == _MAX_WAITING:
            # Those before it are answered, then the connection is closed.
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
        # What comes after the body must not be read as a header. Source: RFC 9110, section 6.5.1.
        self.headers = []

    def on_body(self, body: bytes) -> None:
        """Drop what nobody reads; take no more from a client that sends it in very many pieces."""
        del body
        self._pieces += 1
        if self._pieces > _MAX_PIECES:
            raise _RefusedError(MALFORMED_REQUEST)

    def eof_received(self) -> bool:  # type: ignore[override]  # asyncio takes an answer, uvicorn has none.
        """Answer a client that has only ended its own side; True: stay open until then."""
        if not self._is_idle:
            self._end_after_answer()
        return not self._is_idle

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, unless a request came in time and is being answered."""
        if self._is_idle:
            super().timeout_keep_alive_handler()

    def shutdown(self) -> None:
        """Answer one more request, if it is under way or comes soon, and close.

        A client may have sent it already: to close an idle connection at once would lose it.
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
        """Drop a client that has read nothing since *before* bytes waited for it; look again later.

        Closing instead would wait until it has read all.
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
        """Return the bytes that the kernel holds until the client takes them; Linux tells it."""
        with suppress(OSError):
            found = ioctl(self.transport.get_extra_info("socket").fileno(), TIOCOUTQ, bytes(4))
            return int.from_bytes(found, sys.byteorder)
        return 0

    def _end_after_answer(self) -> None:
        """Read no more, and close after the answer to what was read last."""
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
        """Say why, and close; when an earlier request has no answer yet, answer that alone."""
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
