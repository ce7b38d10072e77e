"""What an administrator has to do about a change, and from when; from the two bodies alone."""

from collections.abc import Mapping
from typing import Any

from content.documents import changed_fields
from content.windows import next_day
from schemas.collection import Collection

#: Impact, and the day from which it holds; None: at once.
Judgement = tuple[str, str | None]


def judge_impact(
    collection: Collection, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Judgement:
    """Return the impact of a change, and the day from which it holds.

    Only collections whose fields administrators copy into their own systems need more than to be
    read.
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
