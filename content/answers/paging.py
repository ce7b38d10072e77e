"""Paging: a cursor holds the release, the filters and the last item, so that pages are stable."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from content.errors import ParameterFault, ParametersError

T = TypeVar("T")
_FINGERPRINT_LENGTH = 16
_BEGIN_AGAIN = "Use next_cursor of the previous page unchanged, or start without a cursor."


@dataclass(frozen=True)
class Cursor:
    """The start of a page.

    Attributes:
        release: The release of the first page.
        after: The key of the last item on the previous page.
    """

    release: str
    after: str


def read_cursor(text: str | None, filters: Mapping[str, Any]) -> Cursor | None:
    """Return the cursor that *text* encodes. None if *text* is None.

    Args:
        filters: The filters of this request. They must equal those of the previous page.

    Raises:
        ParametersError: *text* is not a cursor, or the filters differ.
    """
    if text is None:
        return None
    try:
        release, fingerprint, after = json.loads(urlsafe_b64decode(text.encode("ascii")))
        cursor = Cursor(release, after)
    except (ValueError, TypeError, RecursionError):
        raise _refuse(f"{text!r} is not a cursor. {_BEGIN_AGAIN}") from None
    if not isinstance(release, str) or not isinstance(after, str):
        raise _refuse(f"{text!r} is not a cursor. {_BEGIN_AGAIN}")
    if fingerprint != _fingerprint(filters):
        raise _refuse(
            "The cursor is from a list with other filters. Use the same filters on every page."
        )
    return cursor


def cut_page(
    items: Sequence[T], key: Callable[[T], str], limit: int, cursor: Cursor | None
) -> tuple[list[T], str | None]:
    """Return the items of a page, and the key of its last item. None if this is the last page.

    Raises:
        ParametersError: The list does not have the item after which *cursor* continues.
    """
    start = 0
    if cursor:
        places = (place for place, item in enumerate(items, 1) if key(item) == cursor.after)
        found = next(places, None)
        if found is None:
            raise _refuse(f"The item of the cursor is not in the list. {_BEGIN_AGAIN}")
        start = found
    page = list(items[start : start + limit])
    return page, key(page[-1]) if len(items) > start + limit else None


def build_cursor(release: str, filters: Mapping[str, Any], after: str | None) -> str | None:
    """Return the cursor of the page after the item *after*. None if *after* is None."""
    if after is None:
        return None
    text = json.dumps([release, _fingerprint(filters), after], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode("ascii")


def _fingerprint(filters: Mapping[str, Any]) -> str:
    text = json.dumps(filters, sort_keys=True, default=sorted)
    return sha256(text.encode()).hexdigest()[:_FINGERPRINT_LENGTH]


def _refuse(detail: str) -> ParametersError:
    return ParametersError([ParameterFault("cursor", detail)])
