"""Pages that do not drift: a cursor remembers the release, the filters and the last item."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from content.errors import ParameterFault, ParametersError

T = TypeVar("T")
_FINGERPRINT_LENGTH = 16
_BEGIN_AGAIN = "take next_cursor from the page before as it is, or begin without a cursor."


@dataclass(frozen=True)
class Cursor:
    """Where a page begins.

    Attributes:
        release: The release of the list that the first page showed.
        after: The key of the last item of the page before.
    """

    release: str
    after: str


def read_cursor(text: str | None, filters: Mapping[str, Any]) -> Cursor | None:
    """Return the cursor that *text* encodes; None without one.

    Args:
        filters: The filters of this request; they must be those of the page before.

    Raises:
        ParametersError: *text* is no cursor, or one of other filters.
    """
    if text is None:
        return None
    try:
        release, fingerprint, after = json.loads(urlsafe_b64decode(text.encode("ascii")))
        cursor = Cursor(release, after)
    except (ValueError, TypeError, RecursionError):
        raise _refuse(f"{text!r} is not a cursor; {_BEGIN_AGAIN}") from None
    if not isinstance(release, str) or not isinstance(after, str):
        raise _refuse(f"{text!r} is not a cursor; {_BEGIN_AGAIN}")
    if fingerprint != _fingerprint(filters):
        raise _refuse("the cursor belongs to a list with other filters; repeat them unchanged.")
    return cursor


def cut_page(
    items: Sequence[T], key: Callable[[T], str], limit: int, cursor: Cursor | None
) -> tuple[list[T], str | None]:
    """Return the items of a page and the key of its last; None when no page follows.

    Raises:
        ParametersError: the item that *cursor* continues after is not in the list.
    """
    start = 0
    if cursor:
        places = (place for place, item in enumerate(items, 1) if key(item) == cursor.after)
        found = next(places, None)
        if found is None:
            raise _refuse(f"the cursor continues after an item that is not there; {_BEGIN_AGAIN}")
        start = found
    page = list(items[start : start + limit])
    return page, key(page[-1]) if len(items) > start + limit else None


def build_cursor(release: str, filters: Mapping[str, Any], after: str | None) -> str | None:
    """Return the cursor of the page that follows *after*; None when none follows."""
    if after is None:
        return None
    text = json.dumps([release, _fingerprint(filters), after], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode("ascii")


def _fingerprint(filters: Mapping[str, Any]) -> str:
    text = json.dumps(filters, sort_keys=True, default=sorted)
    return sha256(text.encode()).hexdigest()[:_FINGERPRINT_LENGTH]


def _refuse(detail: str) -> ParametersError:
    return ParametersError([ParameterFault("cursor", detail)])
