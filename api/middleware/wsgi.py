"""What answers before Flask is entered: a request that was answered before costs its bytes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.http import HTTP_STATUS_CODES

from api.http.representation import Response
from api.http.respond import NoCodingError, RequestHead, respond
from api.serving.cache import RawTarget
from api.serving.service import Service

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METHODS = frozenset({"GET", "HEAD"})
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
_STATUS_LINES = {code: f"{code} {phrase.upper()}" for code, phrase in HTTP_STATUS_CODES.items()}


def put_front(app: "WSGIApplication", service: Service) -> "WSGIApplication":
    """Return *app* with what *service* keeps answered before it."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        response = find_response(service, request_key(environ), read_head(environ))
        if response is None:
            return app(environ, start_response)
        start_response(_STATUS_LINES[response.status], list(response.headers))
        return (response.body,)

    return answer


def find_response(service: Service, raw_target: RawTarget, head: RequestHead) -> Response | None:
    """Return the response from what is kept; None when the application has to answer."""
    if head.method not in METHODS:
        return None
    now = service.clock()
    kept = service.find_cached(raw_target, now)
    if kept is None:
        return None
    try:
        return respond(kept, head, now)
    except NoCodingError:
        return None


def request_key(environ: "WSGIEnvironment") -> RawTarget:
    """Return how a request is spelled."""
    return environ["PATH_INFO"], environ.get("QUERY_STRING", ""), environ.get("HTTP_ACCEPT", "")


def read_head(environ: "WSGIEnvironment") -> RequestHead:
    """Return what a request says beside its target."""
    return RequestHead(
        environ["REQUEST_METHOD"],
        environ.get("HTTP_IF_NONE_MATCH"),
        environ.get("HTTP_IF_MODIFIED_SINCE"),
        environ.get("HTTP_ACCEPT_ENCODING"),
    )


def quote_query(raw: bytes) -> str:
    """Return a query string with every byte percent-encoded that may not stand in one."""
    return quote(raw, safe=_PRINTABLE)
