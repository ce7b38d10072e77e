"""Cache middleware for WSGI."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.http import HTTP_STATUS_CODES

from api.http.request import REQUEST, read_environ, read_environ_key
from api.serving.service import Service

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_STATUS_LINES = {code: f"{code} {phrase.upper()}" for code, phrase in HTTP_STATUS_CODES.items()}


class CacheMiddleware:
    """A WSGI application that sends cached responses without calling *app*.

    Attributes:
        app: Handles requests that are not cached.
    """

    def __init__(self, app: "WSGIApplication", service: Service) -> None:
        self.app = app
        self._service = service

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Handle a request."""
        # A request target in absolute form may lack a path. Source: RFC 9112, section 3.2.2.
        environ["PATH_INFO"] = environ["PATH_INFO"] or "/"
        key, now = read_environ_key(environ), self._service.clock()
        response = self._service.find_cached(key, now)
        if response is None:
            environ[REQUEST] = read_environ(key, now)
            return self.app(environ, start_response)
        start_response(_STATUS_LINES[response.status], list(response.headers))
        return (response.body,)
