"""The front in an event loop: what is kept goes out at once, the rest is asked in a thread."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from a2wsgi import WSGIMiddleware
from flask import Flask

from api.health import ALIVE, HEALTH_PATH
from api.http.representation import Response
from api.http.respond import RequestHead, respond
from api.middleware.wsgi import METHODS, find_response, quote_query
from api.serving.service import Service

#: An ASGI application. Source: the ASGI specification 3.0.
Application = Callable[[Any, Any, Any], Awaitable[None]]

#: The request headers that decide about an answer: what `RequestHead` holds, and `Accept`.
_READ = {b"if-none-match": 0, b"if-modified-since": 1, b"accept-encoding": 2, b"accept": 3}


def put_async_front(app: Flask, service: Service, *, threads: int) -> Application:
    """Return an ASGI application that answers from what *service* keeps, or asks *app*.

    Args:
        threads: How many requests *app* answers at the same time.
    """
    # Both describe WSGI, each in its own types.
    rest = WSGIMiddleware(app, workers=threads)  # type: ignore[arg-type]

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            if not scope["path"].startswith("/"):
                scope = {**scope, "path": _strip_origin(scope["path"])}
            response = _find_response(service, scope)
            if response is not None:
                for message in response.messages:
                    await send(message)
                return
            # The adapter reads ASCII alone; a stranger may send any byte.
            scope = {**scope, "query_string": quote_query(scope["query_string"]).encode()}
        await rest(scope, receive, send)

    return application


def _find_response(service: Service, scope: Any) -> Response | None:
    """Return the response that needs no thread; None when the application has to answer."""
    *values, accept = _read_headers(scope["headers"])
    head = RequestHead(scope["method"], *values)
    raw_target = (scope["path"], scope["query_string"].decode("latin-1"), accept or "")
    response = find_response(service, raw_target, head)
    if response is None and scope["path"] == HEALTH_PATH and head.method in METHODS:
        # All threads may be busy, and the process is alive all the same.
        return respond(ALIVE, head, service.clock())
    return response


def _strip_origin(target: str) -> str:
    """Return the path of a target in absolute form. Source: RFC 9112, section 3.2.2."""
    parts = urlsplit(target)
    return (parts.path or "/") if parts.scheme else target


def _read_headers(pairs: Iterable[tuple[bytes, bytes]]) -> list[str | None]:
    """Return the headers of `_READ` in its order; one that is repeated is one list."""
    values: list[str | None] = [None] * len(_READ)
    for name, value in pairs:
        place = _READ.get(name)
        if place is not None:
            text, before = value.decode("latin-1"), values[place]
            values[place] = text if before is None else f"{before},{text}"
    return values
