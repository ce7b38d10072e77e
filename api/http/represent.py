"""From an answer to its representation: its bytes in one form, and all its headers say for ever."""

from api.http.dates import format_http_date
from api.http.representation import (
    LIVE_SECONDS,
    PINNED_SECONDS,
    STALE_SECONDS,
    CachePolicy,
    Headers,
    Representation,
    build_success,
)
from content.answers.answer import Answer
from content.formats.rendering import Rendering
from schemas.formats import HTML, Format


def build_representation(
    answer: Answer,
    format_: Format,
    rendering: Rendering,
    *,
    pinned: bool,
    negotiated: bool,
    headers: Headers = (),
    notice_headers: Headers = (),
) -> Representation:
    """Return *answer* in one *format_*, as that made it.

    Args:
        pinned: Whether a release was asked for, so that the answer never changes.
        negotiated: Whether the header Accept decided about the form.
        headers: More headers that belong to it.
        notice_headers: What its headers say of the end of what was asked.
    """
    return build_success(
        rendering.text,
        format_.content_type,
        choose_cache_policy(answer, pinned=pinned),
        last_modified=format_http_date(max(answer.changed_at, rendering.changed_at)),
        vary=("Accept",) if negotiated else (),
        headers=(*_list_headers(answer, format_, rendering), *headers),
        notice_headers=notice_headers,
    )


def choose_cache_policy(answer: Answer, *, pinned: bool) -> CachePolicy:
    """Return how long *answer* may be kept; *pinned*: for long, because it never changes."""
    return CachePolicy(
        PINNED_SECONDS if pinned else LIVE_SECONDS,
        until=None if pinned else answer.changes_on,
        stale_seconds=0 if pinned else STALE_SECONDS,
    )


def _list_headers(answer: Answer, format_: Format, rendering: Rendering) -> list[tuple[str, str]]:
    headers = [("Content-Release", answer.read.id)]
    if answer.language is not None:
        headers.append(("Content-Language", answer.language))
    if format_ is HTML:
        headers.append(("Content-Security-Policy", "default-src 'none'; sandbox"))
    if rendering.aggregation is not None:
        # A dictionary. Source: RFC 9651, section 3.2.
        before, after = rendering.aggregation
        headers.append(("Content-Aggregation", f"before={before}, after={after}"))
    return headers
