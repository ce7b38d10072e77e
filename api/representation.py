"""A representation: the bytes of an answer in one form, and all its headers say for ever."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from content.answers import Answer
from content.forms.rendering import Rendering
from content.windows import next_day
from schemas.formats import JSON, Form

_ETAG_LENGTH = 32


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


@dataclass(frozen=True)
class Representation:
    """An answer as bytes.

    Attributes:
        status: The HTTP status.
        body: The bytes, not compressed.
        content_type: Their media type; empty when there is no body.
        freshness: How long it may be kept.
        etag: Weak, quoted; None for what has none.
        last_modified: As HTTP writes it; None for what has none.
        vary: The request headers that it depends on.
        headers: More headers, sent with every status.
    """

    status: int
    body: bytes
    content_type: str
    freshness: Freshness
    etag: str | None = None
    last_modified: str | None = None
    vary: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = field(default=())


def build_representation(
    answer: Answer,
    form: Form,
    rendering: Rendering,
    *,
    pinned: bool,
    day_given: bool,
    negotiated: bool,
) -> Representation:
    """Return *answer* in one *form*, as that made it.

    Args:
        pinned: Whether a release was asked for, so that the answer never changes.
        day_given: Whether a day was asked for, so that no day changes it.
        negotiated: Whether the header Accept decided about the form.
    """
    body = rendering.text.encode()
    stays = pinned or day_given
    return Representation(
        status=200,
        body=body,
        content_type=form.content_type,
        freshness=Freshness(
            PINNED_SECONDS if pinned else LIVE_SECONDS,
            until=None if stays else answer.changes_on,
            stale=not pinned,
        ),
        etag=build_etag(body),
        last_modified=format_http_date(answer.changed_at),
        vary=("Accept",) if negotiated else (),
        headers=tuple(_list_headers(answer, form, rendering)),
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
