"""A request: its cache key, the headers that responses depend on, and when it arrived.

The same is read from the environ of WSGI and from the scope of ASGI.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

#: Everything in a request that a response depends on, exactly as the client sent it. Requests with
#: equal keys get the same response, as long as nothing but the seconds of the day has changed.
CacheKey = tuple[str | bytes | None, ...]
#: Returns the current time in seconds since 1970, UTC.
Clock = Callable[[], float]

#: Where the environ of WSGI, and the scope of ASGI, hold the `Request`.
REQUEST = "faqts.request"
_HEADERS = frozenset({b"accept", b"if-none-match", b"if-modified-since", b"accept-encoding"})
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


class RequestHead(NamedTuple):
    """The method and the headers that `respond` needs; None: the header was not sent.

    Attributes:
        method: `GET`, or `HEAD`, which gets no body.
        if_none_match: The ETags that the client has.
        if_modified_since: The date of the client's copy; ignored if the client sends ETags.
        accept_encoding: The content codings that the client can read.
    """

    method: str = "GET"
    if_none_match: str | None = None
    if_modified_since: str | None = None
    accept_encoding: str | None = None


class Request(NamedTuple):
    """A request, read once.

    Attributes:
        key: Where the cache looks for its response.
        head: Read from the same headers as *key*, so that the two never disagree.
        now: When it arrived, in seconds since 1970, UTC.
    """

    key: CacheKey
    head: RequestHead
    now: float


def read_environ_key(environ: "WSGIEnvironment") -> CacheKey:
    """Return the cache key of a WSGI request."""
    get = environ.get
    return (
        environ["REQUEST_METHOD"],
        environ["PATH_INFO"],
        get("QUERY_STRING"),
        get("HTTP_ACCEPT"),
        get("HTTP_IF_NONE_MATCH"),
        get("HTTP_IF_MODIFIED_SINCE"),
        get("HTTP_ACCEPT_ENCODING"),
    )


def read_environ(environ: "WSGIEnvironment", key: CacheKey, now: float) -> Request:
    """Return the WSGI request whose cache key is *key*."""
    head = RequestHead(
        environ["REQUEST_METHOD"],
        environ.get("HTTP_IF_NONE_MATCH"),
        environ.get("HTTP_IF_MODIFIED_SINCE"),
        environ.get("HTTP_ACCEPT_ENCODING"),
    )
    return Request(key, head, now)


def read_scope_key(scope: Any) -> CacheKey:
    """Return the cache key of an ASGI request."""
    key: CacheKey = (scope["method"], scope["path"], scope["query_string"])
    for name, value in scope["headers"]:
        if name in _HEADERS:
            key += (name, value)
    return key


def read_scope(scope: Any, key: CacheKey, now: float) -> Request:
    """Return the ASGI request whose cache key is *key*."""
    headers = _join_headers(scope["headers"])
    head = RequestHead(
        scope["method"],
        headers.get(b"if-none-match"),
        headers.get(b"if-modified-since"),
        headers.get(b"accept-encoding"),
    )
    return Request(key, head, now)


def quote_query(raw: bytes) -> str:
    """Return a query string with every byte percent-encoded that is not allowed in one."""
    return quote(raw, safe=_PRINTABLE)


def _join_headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[bytes, str]:
    """Return each header in *pairs*; the values of a repeated header become one list."""
    headers: dict[bytes, str] = {}
    for name, value in pairs:
        text = value.decode("latin-1")
        headers[name] = f"{headers[name]},{text}" if name in headers else text
    return headers
