"""A representation: the bytes of an answer in one form, and all its headers say for ever."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property
from gzip import compress
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple

from api.negotiation import GZIP, IDENTITY
from content.answers import Answer
from content.forms.rendering import Rendering
from content.windows import next_day
from schemas.formats import JSON, Form

#: Names and values, in the order in which they are sent.
Headers = tuple[tuple[str, str], ...]

_ETAG_LENGTH = 32
#: Beyond it bytes shrink little and time grows much.
_GZIP_LEVEL = 6


@dataclass(frozen=True)
class Freshness:
    """How long a cache may keep an answer.

    Attributes:
        max_age_seconds: None: it may not be kept at all.
        until: The day, `YYYY-MM-DD`, on which it changes by itself; None: on none.
        stale: Whether it may be served stale for a while, and for long when the origin fails.
    """

    max_age_seconds: int | None
    until: str | None = None
    stale: bool = False


NOT_KEPT = Freshness(None)
LIVE_SECONDS = 300
PINNED_SECONDS = 86_400


class Response(NamedTuple):
    """What goes over the wire.

    Attributes:
        status: The HTTP status.
        headers: In order.
        body: Empty for HEAD, 204 and 304.
    """

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class Coded:
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
        freshness: How long it may be kept.
        etag: Weak, quoted; None for what has none.
        last_modified: As HTTP writes it; None for what has none.
        vary: The request headers that it depends on.
        headers: More headers, sent with every coding.
        responses: What was sent of it lately, by coding and Cache-Control; `respond` alone looks
            there.
    """

    status: int
    codings: Mapping[str, Coded]
    freshness: Freshness
    etag: str | None = None
    last_modified: str | None = None
    vary: tuple[str, ...] = ()
    headers: Headers = ()
    responses: dict[tuple[str | None, str], Response] = field(
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
        for coded in self.codings.values():
            headers += coded.headers
        bodies = sum(len(coded.body) for coded in self.codings.values())
        return bodies + sum(len(name) + len(value) for name, value in headers)


def build_representation(
    answer: Answer,
    form: Form,
    rendering: Rendering,
    *,
    pinned: bool,
    day_given: bool,
    negotiated: bool,
    headers: Headers = (),
) -> Representation:
    """Return *answer* in one *form*, as that made it.

    Args:
        pinned: Whether a release was asked for, so that the answer never changes.
        day_given: Whether a day was asked for, so that no day changes it.
        negotiated: Whether the header Accept decided about the form.
        headers: More headers that belong to it.
    """
    stays = pinned or day_given
    freshness = Freshness(
        PINNED_SECONDS if pinned else LIVE_SECONDS,
        until=None if stays else answer.changes_on,
        stale=not pinned,
    )
    return build_success(
        rendering.text,
        form.content_type,
        freshness,
        last_modified=format_http_date(answer.changed_at),
        vary=("Accept",) if negotiated else (),
        headers=(*_list_headers(answer, form, rendering), *headers),
    )


def build_success(
    text: str,
    content_type: str,
    freshness: Freshness,
    *,
    last_modified: str | None = None,
    vary: tuple[str, ...] = (),
    headers: Headers = (),
) -> Representation:
    """Return what answers with status 200: *text*, with its tag, and in every coding there is."""
    body = text.encode()
    packed = compress(body, _GZIP_LEVEL, mtime=0)
    return Representation(
        status=200,
        codings=MappingProxyType(
            {
                IDENTITY: _code(body, content_type),
                GZIP: _code(packed, content_type, ("Content-Encoding", GZIP)),
            }
        ),
        freshness=freshness,
        etag=build_etag(body),
        last_modified=last_modified,
        vary=(*vary, "Accept-Encoding"),
        headers=headers,
    )


def build_plain(
    status: int, body: bytes, content_type: str, freshness: Freshness, headers: Headers = ()
) -> Representation:
    """Return what is sent in one coding and has no tag: a failure, a redirect, a state.

    Args:
        content_type: The media type of *body*; empty when there is none.
    """
    described: Headers = ()
    if content_type:
        described = (("Content-Type", content_type), ("Content-Length", str(len(body))))
    return Representation(
        status, MappingProxyType({IDENTITY: Coded(body, described)}), freshness, headers=headers
    )


def build_etag(body: bytes) -> str:
    """Return the weak ETag of *body*, equal in every process and through compression."""
    return f'W/"{sha256(body).hexdigest()[:_ETAG_LENGTH]}"'


def dump_json(body: Any) -> str:
    """Return *body* as it is sent: compact, in the order of its schema, with a final newline."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"


def format_http_date(instant: str) -> str:
    """Return `YYYY-MM-DDThh:mm:ssZ` as HTTP writes it. Source: RFC 9110, section 5.6.7."""
    return format_datetime(datetime.fromisoformat(instant), usegmt=True)


def _code(body: bytes, content_type: str, *more: tuple[str, str]) -> Coded:
    """Return *body* described. Source: RFC 9530, section 3, for its digest."""
    digest = b64encode(sha256(body).digest()).decode()
    described = (("Content-Type", content_type), ("Content-Length", str(len(body))))
    return Coded(body, (*described, *more, ("Repr-Digest", f"sha-256=:{digest}:")))


def _list_headers(answer: Answer, form: Form, rendering: Rendering) -> list[tuple[str, str]]:
    headers = [("Content-Release", answer.read.id)]
    if answer.language is not None:
        headers.append(("Content-Language", answer.language))
    if answer.deprecated_on is not None:
        moment = datetime.fromisoformat(answer.deprecated_on).replace(tzinfo=UTC)
        headers.append(("Deprecation", f"@{int(moment.timestamp())}"))
    if answer.sunset_on is not None:
        ends_at = f"{next_day(answer.sunset_on)}T00:00:00Z"
        headers.append(("Sunset", format_http_date(ends_at)))
    if form is not JSON and form.media_type == "text/html":
        headers.append(("Content-Security-Policy", "default-src 'none'; sandbox"))
    if rendering.aggregation is not None:
        # A dictionary. Source: RFC 9651, section 3.2.
        before, after = rendering.aggregation
        headers.append(("Content-Aggregation", f"before={before}, after={after}"))
    return headers
