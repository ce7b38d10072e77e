"""From a representation and a request's headers to a response; one pure function."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from api.representation import Freshness, Representation

#: What every response says. Source: Fetch, section 3.2; RFC 9110.
_ALWAYS = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        (
            "Content-Aggregation, Content-Language, Content-Release, Deprecation, ETag, Link, "
            "Retry-After, Sunset"
        ),
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
_IN_304 = frozenset({"Content-Release"})
_STALE_SECONDS = 3_600
_STALE_IF_ERROR_SECONDS = 604_800
_ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True)
class Response:
    """What goes over the wire.

    Attributes:
        status: The HTTP status.
        headers: In order.
        body: Empty for HEAD, 204 and 304.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def respond(
    representation: Representation, method: str, request_headers: Mapping[str, str], now: datetime
) -> Response:
    """Return the response to a request that *representation* answers.

    Args:
        request_headers: By name as RFC 9110 writes it, `If-None-Match`.
        now: UTC; decides how long the answer may be kept.
    """
    caching = _list_caching(representation, now)
    if _is_unchanged(representation, request_headers):
        kept = [pair for pair in representation.headers if pair[0] in _IN_304]
        return Response(304, (*caching, *kept, *_ALWAYS), b"")
    content: list[tuple[str, str]] = []
    if representation.content_type:
        content = [
            ("Content-Type", representation.content_type),
            ("Content-Length", str(len(representation.body))),
        ]
    headers = (*content, *caching, *representation.headers, *_ALWAYS)
    body = b"" if method == "HEAD" else representation.body
    return Response(representation.status, headers, body)


def answer_options() -> Response:
    """Return the answer to OPTIONS, which is the same everywhere."""
    headers = (
        ("Allow", "GET, HEAD, OPTIONS"),
        ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
        ("Access-Control-Allow-Headers", "*"),
        ("Access-Control-Max-Age", "86400"),
        ("Cache-Control", "public, max-age=86400"),
    )
    return Response(204, (*headers, *_ALWAYS), b"")


def write_cache_control(freshness: Freshness, now: datetime) -> str:
    """Return the header: what may be kept, never past the day on which it changes."""
    if freshness.max_age_seconds is None:
        return "no-store"
    left = _count_seconds_left(freshness.until, now)
    max_age = min(freshness.max_age_seconds, left)
    said = f"public, max-age={max_age}"
    if not freshness.stale:
        return said
    stale = min(_STALE_SECONDS, left - max_age)
    return f"{said}, stale-while-revalidate={stale}, stale-if-error={_STALE_IF_ERROR_SECONDS}"


def _count_seconds_left(day: str | None, now: datetime) -> int:
    if day is None:
        return _STALE_IF_ERROR_SECONDS
    boundary = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return max(0, int((boundary - now).total_seconds()))


def _list_caching(representation: Representation, now: datetime) -> list[tuple[str, str]]:
    headers = [("Cache-Control", write_cache_control(representation.freshness, now))]
    if representation.etag is not None:
        headers.append(("ETag", representation.etag))
    if representation.last_modified is not None:
        headers.append(("Last-Modified", representation.last_modified))
    if representation.vary:
        headers.append(("Vary", ", ".join(representation.vary)))
    return headers


def _is_unchanged(representation: Representation, request_headers: Mapping[str, str]) -> bool:
    """Tell whether the client has this already. Source: RFC 9110, sections 13.1.2, 13.1.3."""
    if representation.status != 200 or representation.etag is None:  # noqa: PLR2004  OK.
        return False
    tags = request_headers.get("If-None-Match")
    if tags is not None:
        mine = representation.etag.removeprefix("W/")
        return tags.strip() == "*" or mine in _ENTITY_TAG.findall(tags)
    since = request_headers.get("If-Modified-Since")
    if since is None or representation.last_modified is None:
        return False
    try:
        known = parsedate_to_datetime(since)
    except (ValueError, OverflowError):
        return False
    modified = parsedate_to_datetime(representation.last_modified)
    return modified <= (known if known.tzinfo else known.replace(tzinfo=UTC))
