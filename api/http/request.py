"""Requests: cache key, relevant headers and time of arrival.

Reads both WSGI environs and ASGI scopes.
"""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import quote

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

#: All parts of a request that its response depends on, exactly as sent. Requests with equal keys
#: get the same response while the release and the date stay the same.
CacheKey = tuple[str | bytes | None, ...]
_Value = TypeVar("_Value", str, bytes)
#: Returns the current time in seconds since 1970, UTC.
Clock = Callable[[], float]

#: The key of the `Request` in the WSGI environ and the ASGI scope.
REQUEST = "faqts.request"
#: The maximum length of a header. A longer one is ignored like a malformed one, so that clients
#: cannot fill the cache or waste CPU time with it.
MAX_HEADER_LENGTH = 1_024
_HEADERS = (b"accept", b"if-none-match", b"if-modified-since", b"accept-encoding")
#: The number of items before the headers in an ASGI key: method, path and query.
_REST = 3
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


class RequestHead(NamedTuple):
    """The method and the relevant headers. None means that a header is missing or too long.

    Attributes:
        method: `GET` or `HEAD`.
        accept: The media types that the client accepts.
        if_none_match: The ETags that the client has.
        if_modified_since: The date of the client's copy; ignored if `if_none_match` is sent.
        accept_encoding: The content codings that the client accepts.
    """

    method: str = "GET"
    accept: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    accept_encoding: str | None = None


class Request(NamedTuple):
    """The parts of a request that a response depends on.

    Attributes:
        key: The cache key.
        head: The method and headers, read from *key*.
        now: The time of arrival in seconds since 1970, UTC.
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
        _bound(get("HTTP_ACCEPT")),
        _bound(get("HTTP_IF_NONE_MATCH")),
        _bound(get("HTTP_IF_MODIFIED_SINCE")),
        _bound(get("HTTP_ACCEPT_ENCODING")),
    )


def read_environ(key: Any, now: float) -> Request:
    """Return the WSGI request whose cache key is *key*."""
    method, _, _, *headers = key
    return Request(key, RequestHead(method, *headers), now)


def read_scope_key(scope: Any) -> CacheKey:
    """Return the cache key of an ASGI request."""
    key: CacheKey = (scope["method"], scope["path"], scope["query_string"])
    size = 0
    for name, value in scope["headers"]:
        if name in _HEADERS:
            key += (name, value)
            size += 1 + len(value)
    if size <= MAX_HEADER_LENGTH:
        return key
    joined = _join_headers(key).items()
    return key[:_REST] + tuple(
        chain.from_iterable(pair for pair in joined if _bound(pair[1]) is not None)
    )


def read_scope(key: Any, now: float) -> Request:
    """Return the ASGI request whose cache key is *key*."""
    headers = {name: value.decode("latin-1") for name, value in _join_headers(key).items()}
    return Request(key, RequestHead(key[0], *map(headers.get, _HEADERS)), now)


def quote_query(raw: bytes) -> str:
    """Return a query string with all bytes percent-encoded that are not printable ASCII."""
    return quote(raw, safe=_PRINTABLE)


def _join_headers(key: Any) -> Mapping[bytes, bytes]:
    """Return the headers in the *key* of an ASGI request. Repeated headers are joined."""
    headers: dict[bytes, bytes] = {}
    for name, value in zip(key[_REST::2], key[_REST + 1 :: 2], strict=True):
        headers[name] = b"%s,%s" % (headers[name], value) if name in headers else value
    return headers


def _bound(value: _Value | None) -> _Value | None:
    return value if value is None or len(value) <= MAX_HEADER_LENGTH else None
