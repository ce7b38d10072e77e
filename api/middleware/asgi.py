"""Cache middleware for ASGI: cached responses are sent from the event loop."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any

from a2wsgi import WSGIMiddleware

from api.health import ALIVE, HEALTH_PATH
from api.http.request import (
    REQUEST,
    Request,
    quote_query,
    read_scope,
    read_scope_key,
)
from api.http.respond import Response, respond
from api.serving.service import Service

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class CacheMiddleware:
    """An ASGI application that sends cached responses without a thread.

    Args:
        app: Handles requests that are not cached, in threads.
        threads: How many requests *app* handles at the same time.
    """

    def __init__(self, app: "WSGIApplication", service: Service, *, threads: int) -> None:
        self._app = app
        self._service = service
        # Both types describe WSGI, but mypy cannot match them.
        self._adapter = WSGIMiddleware(self._call_app, workers=threads)  # type: ignore[arg-type]

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Handle an HTTP request, or pass other events to the adapter."""
        if scope["type"] != "http":
            await self._adapter(scope, receive, send)
            return
        key, now = read_scope_key(scope), self._service.clock()
        response = self._service.find_cached(key, now)
        if response is None:
            request = read_scope(key, now)
            response = _answer_health(scope["path"], request)
        if response is None:
            await self._adapter(_adapt_scope(scope, request), receive, send)
            return
        start, body = response.messages
        await send(start)
        await send(body)

    def _call_app(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Call the application with the `Request` from the scope."""
        environ[REQUEST] = environ["asgi.scope"][REQUEST]
        return self._app(environ, start_response)


def _answer_health(path: str, request: Request) -> Response | None:
    """Return the response of the health check, which must not wait for a free thread."""
    if path != HEALTH_PATH or request.head.method not in ("GET", "HEAD"):
        return None
    return respond(ALIVE, request.head, request.now)


def _adapt_scope(scope: Any, request: Request) -> Any:
    """Return *scope* in a form that the adapter can read."""
    # The adapter only decodes ASCII, but clients may send any byte.
    query = quote_query(scope["query_string"]).encode()
    return {**scope, "query_string": query, REQUEST: request}
