"""The impact of a change: what it asks an administrator to do, and from which day."""

from collections.abc import Mapping
from typing import Any

from content.documents import changed_fields
from content.windows import next_day
from schemas.collection import Collection

#: The impact, and the day from which it applies. None if it applies immediately.
Judgement = tuple[str, str | None]


def judge_impact(
    collection: Collection, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Judgement:
    """Return the impact of a change, and the day from which it applies.

    The impact is `read` unless administrators copy fields of the collection into their systems.
    """
    if not collection.configures:
        return "read", None
    if after is None:
        return "remove", None
    if before is None:
        return "allow", after.get("effective_from")
    if not set(collection.configures).isdisjoint(changed_fields(before, after)):
        return "update", after.get("effective_from")
    return _judge_window(before, after)


def _judge_window(before: Mapping[str, Any], after: Mapping[str, Any]) -> Judgement:
    ended, ends = before.get("effective_until"), after.get("effective_until")
    if ends != ended:
        return ("allow", None) if ends is None else ("remove", next_day(ends))
    if before.get("effective_from") != after.get("effective_from"):
        return "allow", after["effective_from"]
    return "read", None
