"""A representation: the bytes of an answer in one form, and all its headers say for ever."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from gzip import compress
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple

from api.http.negotiation import GZIP, IDENTITY

#: Names and values, in the order in which they are sent.
Headers = tuple[tuple[str, str], ...]

_ETAG_LENGTH = 32
#: Six takes twice the time for a twentieth fewer bytes.
_GZIP_LEVEL = 4


@dataclass(frozen=True)
class CachePolicy:
    """How long a cache may keep an answer.

    Attributes:
        max_age_seconds: None: it may not be kept at all.
        until: The day, `YYYY-MM-DD`, on which it changes by itself; None: on none.
        stale_seconds: How long after that it may be sent while it is asked for anew; 0: never, and
            not when the origin fails either.
        immutable: Whether its address will never answer anything else.
    """

    max_age_seconds: int | None
    until: str | None = None
    stale_seconds: int = 0
    immutable: bool = False

    @property
    def longest_seconds(self) -> int:
        """How long it may be sent from a cache that reaches its origin."""
        return (self.max_age_seconds or 0) + self.stale_seconds

    @cached_property
    def ends_at(self) -> datetime | None:
        """The instant at which it changes by itself."""
        return datetime.fromisoformat(self.until).replace(tzinfo=UTC) if self.until else None

    @cached_property
    def shortens_at(self) -> datetime:
        """The instant from which a cache may not keep it for as long as usual."""
        if self.ends_at is None:
            return datetime.max.replace(tzinfo=UTC)
        return self.ends_at - timedelta(seconds=self.longest_seconds)


NO_STORE = CachePolicy(None)
LIVE_SECONDS = 300
STALE_SECONDS = 3_600
PINNED_SECONDS = 86_400
WEEK_SECONDS = 604_800
YEAR_SECONDS = 31_536_000
#: Of what changes with the program alone.
LIVE = CachePolicy(LIVE_SECONDS, stale_seconds=STALE_SECONDS)


class Response(NamedTuple):
    """What goes over the wire; `build_response` makes one.

    Attributes:
        status: The HTTP status.
        headers: In order.
        body: Empty for HEAD, 204 and 304.
        messages: The same as the two messages of ASGI, which nobody changes.
    """

    status: int
    headers: Headers
    body: bytes
    messages: tuple[Mapping[str, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class EncodedBody:
    """The bytes of a representation in one content coding.

    Attributes:
        body: The bytes as they are sent.
        headers: What is said of these bytes: type, length, coding, digest.
    """

    body: bytes
    headers: Headers = ()


@dataclass(frozen=True)
class Representation:
    """An answer as bytes.

    Attributes:
        status: The HTTP status.
        codings: The bytes by content coding; `identity` is always there.
        cache_policy: How long it may be kept.
        etag: Weak, quoted; None for what has none.
        last_modified: As HTTP writes it; None for what has none.
        vary: The request headers that it depends on.
        headers: More headers, sent with every coding.
        responses: What was sent of it lately, by what was asked; `respond` alone looks there.
    """

    status: int
    codings: Mapping[str, EncodedBody]
    cache_policy: CachePolicy
    etag: str | None = None
    last_modified: str | None = None
    vary: tuple[str, ...] = ()
    headers: Headers = ()
    responses: dict[tuple[str | None, ...], Response] = field(
        default_factory=dict, init=False, compare=False
    )

    @cached_property
    def validators(self) -> Headers:
        """The headers by which a cache knows it again; a 304 has them too."""
        pairs = (
            ("ETag", self.etag),
            ("Last-Modified", self.last_modified),
            ("Vary", ", ".join(self.vary)),
        )
        return tuple((name, value) for name, value in pairs if value)

    @property
    def size(self) -> int:
        """The bytes that it takes, all codings together."""
        headers = [*self.headers, *self.validators]
        for encoded in self.codings.values():
            headers += encoded.headers
        bodies = sum(len(encoded.body) for encoded in self.codings.values())
        return bodies + sum(len(name) + len(value) for name, value in headers)


def build_success(
    text: str,
    content_type: str,
    cache_policy: CachePolicy,
    *,
    last_modified: str | None = None,
    vary: tuple[str, ...] = (),
    headers: Headers = (),
    notice_headers: Headers = (),
    gzip_level: int = _GZIP_LEVEL,
) -> Representation:
    """Return what answers with status 200: *text*, with its tag, and in every coding there is.

    Args:
        gzip_level: 1 to 9; the highest for what is packed once and sent for long.
        notice_headers: Headers about deprecation. The tag changes with them, so that a cache that
            holds the bytes for years learns about them too.
    """
    body = text.encode()
    packed = compress(body, gzip_level, mtime=0)
    return Representation(
        status=200,
        codings=MappingProxyType(
            {
                IDENTITY: _code(body, content_type),
                GZIP: _code(packed, content_type, ("Content-Encoding", GZIP)),
            }
        ),
        cache_policy=cache_policy,
        etag=build_etag(body, notice_headers),
        last_modified=last_modified,
        vary=(*vary, "Accept-Encoding"),
        headers=(*headers, *notice_headers),
    )


def build_plain(
    status: int, body: bytes, content_type: str, cache_policy: CachePolicy, headers: Headers = ()
) -> Representation:
    """Return what is sent in one coding and has no tag: a failure, a redirect, a state.

    Args:
        content_type: The media type of *body*; empty when there is none.
    """
    encoded = EncodedBody(body, _describe(body, content_type) if content_type else ())
    return Representation(
        status, MappingProxyType({IDENTITY: encoded}), cache_policy, headers=headers
    )


def build_response(status: int, headers: Headers, body: bytes = b"") -> Response:
    """Return what is sent with *status*."""
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    start = {"type": "http.response.start", "status": status, "headers": pairs}
    return Response(status, headers, body, (start, {"type": "http.response.body", "body": body}))


def build_etag(body: bytes, notice_headers: Headers = ()) -> str:
    """Return the weak ETag of *body*, equal in every process and through compression."""
    lines = "".join(f"\n{name}: {value}" for name, value in notice_headers)
    return f'W/"{sha256(body + lines.encode()).hexdigest()[:_ETAG_LENGTH]}"'


def dump_json(body: Any) -> str:
    """Return *body* as it is sent: compact, in the order of its schema, with a final newline."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"


def _code(body: bytes, content_type: str, *more: tuple[str, str]) -> EncodedBody:
    """Return *body* described. Source: RFC 9530, section 3, for its digest."""
    digest = b64encode(sha256(body).digest()).decode()
    digested = ("Repr-Digest", f"sha-256=:{digest}:")
    return EncodedBody(body, (*_describe(body, content_type), *more, digested))


def _describe(body: bytes, content_type: str) -> Headers:
    return (("Content-Type", content_type), ("Content-Length", str(len(body))))
