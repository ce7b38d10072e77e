"""Values that depend on the date: effective windows, review states and states of deadlines."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

_ONE_DAY = timedelta(days=1)
#: The last day that Python can represent. As an end date it means "no end".
_LAST_DAY = date.max.isoformat()
#: Many documents share the same days, so few entries are enough.
_CACHED_DAYS = 4096


@lru_cache(maxsize=_CACHED_DAYS)
def next_day(day: str) -> str:
    """Return the day after *day*, or *day* itself if Python has no later one."""
    if day == _LAST_DAY:
        return day
    return (date.fromisoformat(day) + _ONE_DAY).isoformat()


def get_status(body: Mapping[str, Any], day: str) -> str:
    """Return the status of a document on *day*. Without an effective window it is active."""
    begins, ends = body.get("effective_from"), body.get("effective_until")
    if ends is not None and day > ends:
        return "retired"
    if begins is not None and day < begins:
        return "announced"
    return "active" if ends is None else "retiring"


def get_review_state(body: Mapping[str, Any], day: str) -> str:
    """Return the review state of a document on *day*: `unreviewed`, `current` or `overdue`."""
    if day > body["review_by"]:
        return "overdue"
    return "unreviewed" if body["reviewed_on"] is None else "current"


def derive_by_day(body: Mapping[str, Any], day: str) -> dict[str, str]:
    """Return the derived fields that depend on *day*: the `state` of a deadline."""
    passed_on = _find_passed_on(body)
    return {"state": "passed" if day >= passed_on else "upcoming"} if passed_on else {}


def _find_passed_on(body: Mapping[str, Any]) -> str | None:
    """Return the first day on which a deadline has passed. None if *body* is not a deadline."""
    happens_on, precision = body.get("happens_on"), body.get("precision")
    if happens_on is None or precision is None:
        return None
    if precision == "month":
        year, month, _ = map(int, happens_on.split("-"))
        happens_on = f"{year:04}-{month:02}-{monthrange(year, month)[1]}"
    return next_day(happens_on)


def list_boundaries(body: Mapping[str, Any], *, window_alone: bool = False) -> Iterator[str]:
    """Yield the days on which values derived from *body* change without a release."""
    if body.get("effective_from") is not None:
        yield body["effective_from"]
    if body.get("effective_until") is not None:
        yield next_day(body["effective_until"])
    if passed_on := _find_passed_on(body):
        yield passed_on
    if not window_alone and "review_by" in body:
        yield next_day(body["review_by"])


def split_boundaries(boundaries: Iterable[str], day: str) -> tuple[str | None, str | None]:
    """Return the latest boundary up to *day* and the first one after it."""
    newest: str | None = None
    coming: str | None = None
    for boundary in boundaries:
        if boundary <= day:
            newest = max(newest or boundary, boundary)
        else:
            coming = min(coming or boundary, boundary)
    return newest, coming
