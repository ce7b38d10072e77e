"""Rules on the words of one schema: what a change of each does to clients."""

from collections.abc import Iterator

from openapi.compatibility import limits, values
from openapi.compatibility.finding import Direction, Finding, Place
from openapi.compatibility.limits import compare_limits, format_value
from openapi.compatibility.parts import Part
from openapi.compatibility.values import compare_values, list_values

#: The words that a rule looks at, here or in the modules used here.
JUDGED = frozenset({"type", "format", "default"}) | limits.JUDGED | values.JUDGED
_KEEP = "Put it back; what differs gets a name of its own."


def find_type_change(old: Part, new: Part, place: Place) -> Finding | None:
    """Return the finding that the type is another; None when it is the same, null left out."""
    before, after = _list_types(old), _list_types(new)
    if before == after:
        return None
    if before == {"array"}:
        return place.breaking(
            f"it is no list any more but {_format_types(after)}",
            "clients that send or read several values fail",
            "Keep the list.",
        )
    return place.breaking(
        f"the type changed from {_format_types(before)} to {_format_types(after)}",
        "generated clients have another type there and refuse or misread the value",
        _KEEP,
    )


def compare_words(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield what differs between two schemas of one type, what is within them left out."""
    yield from _compare_null(old, new, place)
    yield from compare_values(old, new, place)
    yield from compare_limits(old, new, place)
    was, now = old.get("format"), new.get("format")
    if was != now:
        yield place.breaking(
            f"the format changed from {format_value(was)} to {format_value(now)}",
            "generated clients read and write it as another type",
            _KEEP,
        )
    yield from _compare_default(old, new, place)


def _compare_null(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    was, now = _is_nullable(old), _is_nullable(new)
    if now and not was and place.direction is Direction.REQUEST:
        yield place.addition("null is accepted now")
    elif now and not was:
        yield place.breaking(
            "it can be null now",
            "clients that read it without asking whether it is null fail",
            "Keep it without null; what may be missing is a new field.",
        )
    elif was and not now:
        yield place.breaking(
            "it cannot be null any more",
            "generated clients have another type there, which old code does not fit",
            "Leave null declared; it need not come.",
        )


def _compare_default(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    before, after = (("default" in shape, shape.get("default")) for shape in (old, new))
    if before != after:
        was, now = (format_value(value) if given else "none" for given, value in (before, after))
        yield place.breaking(
            f"the default changed from {was} to {now}",
            "clients that leave it out silently get another answer",
            "Keep the default; who wants another value can say so.",
        )


def _list_types(shape: Part) -> frozenset[str]:
    """Return the types of *shape* without null; where there is none but text is allowed, string."""
    declared = shape.get("type", [])
    types = frozenset([declared] if isinstance(declared, str) else declared)
    words = list_values(shape) or []
    return (types or frozenset("string" for word in words if isinstance(word, str))) - {"null"}


def _is_nullable(shape: Part) -> bool:
    return "null" in shape.get("type", ())


def _format_types(types: frozenset[str]) -> str:
    return " or ".join(sorted(types)) or "anything"
