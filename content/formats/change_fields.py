"""The fields of a change as text: which ones to show, and how to format their values."""

import json
from typing import Any

from content.documents import Body

#: Fields to leave out for added or removed documents: they describe the document, not the facts.
_ABOUT_REVIEW = frozenset({"id", "sources", "aliases", "written_on", "reviewed_on", "review_by"})


def list_shown_fields(change: Body) -> list[str]:
    """Return the fields to show for *change*.

    Returns:
        The fields that differ. For an added or removed document, all fields that are not empty.
        Nothing if the document itself did not change.
    """
    if change["fields"]:
        return list(change["fields"])
    if change["before"] and change["after"]:
        return []
    body = change["after"] or change["before"]
    return [n for n, value in body.items() if n not in _ABOUT_REVIEW and value not in (None, [])]


def format_value(value: Any) -> str:
    """Return the *value* of a field as text for people. Empty for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False)
