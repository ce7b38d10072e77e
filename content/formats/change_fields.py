"""The fields of a change as text: which are shown, and their values before and after."""

import json
from typing import Any

from content.documents import Body

#: Fields about the review, not the facts; they are left out for a new document.
_ABOUT_REVIEW = frozenset({"id", "sources", "aliases", "written_on", "reviewed_on", "review_by"})


def list_shown_fields(change: Body) -> list[str]:
    """Return the fields that tell *change*: those that differ, or what a document is about.

    Returns:
        Nothing where a document is on both sides and no field of it differs.
    """
    if change["fields"]:
        return list(change["fields"])
    if change["before"] and change["after"]:
        return []
    body = change["after"] or change["before"]
    return [n for n, value in body.items() if n not in _ABOUT_REVIEW and value not in (None, [])]


def format_value(value: Any) -> str:
    """Return the *value* of a field as a reader of text takes it in; empty for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False)
