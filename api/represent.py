"""From an answer to its representation: its bytes in one form, and all its headers say for ever."""

from datetime import UTC, datetime
from email.utils import format_datetime

from api.representation import (
    LIVE_SECONDS,
    PINNED_SECONDS,
    Freshness,
    Headers,
    Representation,
    build_success,
)
from content.answers import Answer
from content.forms.rendering import Rendering
from content.windows import next_day
from schemas.formats import JSON, Form


def build_representation(
    answer: Answer,
    form: Form,
    rendering: Rendering,
    *,
    pinned: bool,
    negotiated: bool,
    headers: Headers = (),
) -> Representation:
    """Return *answer* in one *form*, as that made it.

    Args:
        pinned: Whether a release was asked for, so that the answer never changes.
        negotiated: Whether the header Accept decided about the form.
        headers: More headers that belong to it.
    """
    freshness = Freshness(
        PINNED_SECONDS if pinned else LIVE_SECONDS,
        until=None if pinned else answer.changes_on,
        stale=not pinned,
    )
    return build_success(
        rendering.text,
        form.content_type,
        freshness,
        last_modified=format_http_date(max(answer.changed_at, rendering.changed_at)),
        vary=("Accept",) if negotiated else (),
        headers=(*_list_headers(answer, form, rendering), *headers),
    )


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
