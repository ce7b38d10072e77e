"""Build responses: pure functions of the representation, the request and the time."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from math import inf
from typing import Any, NamedTuple

from api.http.caching import find_last_use, format_cache_control
from api.http.negotiation import GZIP, choose_coding
from api.http.representation import EncodedBody, Headers, Representation
from api.http.request import RequestHead

#: Allows pages of any origin to read the response. Source: Fetch, section 3.2.
_CORS: Headers = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        (
            "Content-Aggregation, Content-Language, Content-Release, Deprecation, ETag, Link, "
            "Repr-Digest, Retry-After, Sunset"
        ),
    ),
)
#: Headers of all responses except 304.
_ALWAYS: Headers = (
    *_CORS,
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
#: Clients that revalidate must learn about deprecations and new releases too.
_IN_304 = frozenset({"Content-Release", "Deprecation", "Sunset"})
#: The current date format, and the two obsolete ones that must be accepted.
_DATE_FORMATS = ("%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y")
_ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')


class Response(NamedTuple):
    """A complete response. Use `build_response` to build one.

    Attributes:
        status: The HTTP status.
        headers: The headers, in the order sent.
        body: Empty for HEAD, 204 and 304.
        messages: The same response as two ASGI messages.
        valid_until: When the response expires for the cache, in seconds since 1970, unless the
            content changes before.
    """

    status: int
    headers: Headers
    body: bytes
    messages: tuple[Mapping[str, Any], Mapping[str, Any]]
    valid_until: float


class NoCodingError(Exception):
    """The Accept-Encoding header allows no available coding."""

    def __init__(self) -> None:
        super().__init__("Accept-Encoding rejects all available codings. Accept gzip or identity.")


def respond(representation: Representation, head: RequestHead, now: float) -> Response:
    """Return the response with *representation*, or a 304.

    Args:
        now: The current time in seconds since 1970, UTC, from which Cache-Control is computed.

    Raises:
        NoCodingError: the client accepts no available coding.
    """
    policy = representation.cache_policy
    valid_until = find_last_use(policy, now)
    caching = (("Cache-Control", format_cache_control(policy, now)), *representation.validators)
    if _is_unchanged(representation, head):
        headers = (pair for pair in representation.headers if pair[0] in _IN_304)
        return build_response(304, (*caching, *headers, *_CORS), valid_until=valid_until)
    encoded = _choose_body(representation, head)
    return build_response(
        representation.status,
        (*encoded.headers, *caching, *representation.headers, *_ALWAYS),
        b"" if head.method == "HEAD" else encoded.body,
        valid_until=valid_until,
    )


def build_response(
    status: int, headers: Headers, body: bytes = b"", *, valid_until: float = inf
) -> Response:
    """Return a response."""
    pairs = [(_encode_name(name), value.encode("latin-1")) for name, value in headers]
    start = {"type": "http.response.start", "status": status, "headers": pairs}
    messages = (start, {"type": "http.response.body", "body": body})
    return Response(status, headers, body, messages, valid_until)


@cache
def _encode_name(name: str) -> bytes:
    """Return the *name* of a header as bytes, shared by all responses."""
    return name.lower().encode()


def answer_options() -> Response:
    """Return the response to OPTIONS requests. It is the same for every path."""
    headers = (
        ("Allow", "GET, HEAD, OPTIONS"),
        ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
        ("Access-Control-Allow-Headers", "*"),
        ("Access-Control-Max-Age", "86400"),
        ("Cache-Control", "public, max-age=86400"),
    )
    return build_response(204, (*headers, *_ALWAYS))


def _choose_body(representation: Representation, head: RequestHead) -> EncodedBody:
    if representation.gzip_level is None:
        return representation.identity
    coding = choose_coding(head.accept_encoding)
    if coding is None:
        raise NoCodingError
    return representation.compressed if coding == GZIP else representation.identity


def _is_unchanged(representation: Representation, head: RequestHead) -> bool:
    """Tell whether the client's copy is up to date. Source: RFC 9110, sections 13.1.2, 13.1.3."""
    if representation.status != 200 or representation.etag is None:  # noqa: PLR2004  OK.
        return False
    tags = head.if_none_match
    if tags is not None:
        mine = representation.etag.removeprefix("W/")
        return tags.strip() == "*" or mine in _ENTITY_TAG.findall(tags)
    known_text, modified_text = head.if_modified_since, representation.last_modified
    if known_text is None or modified_text is None or known_text == modified_text:
        return known_text is not None and modified_text is not None
    known, modified = _read_date(known_text), _read_date(modified_text)
    return known is not None and modified is not None and modified <= known


def _read_date(text: str) -> datetime | None:
    """Return the time of an HTTP date; None if *text* is not one.

    Source: RFC 9110, sections 5.6.7 and 13.1.3.
    """
    for format_ in _DATE_FORMATS:
        try:
            return datetime.strptime(text, format_).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
