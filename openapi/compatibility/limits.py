"""Rules on what a text or a number may be: patterns and bounds."""

from collections.abc import Iterator
from typing import Any

from openapi.compatibility.finding import Direction, Finding, Place
from openapi.compatibility.parts import Part

#: Bounds by what a higher number does: 1 narrows, -1 widens.
_BOUNDS = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "uniqueItems"), 1),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), -1),
}
#: The words that a rule here looks at.
JUDGED = frozenset({"pattern", *_BOUNDS})

#: What an absent word means. Source: JSON Schema 2020-12, validation, section 6.
_IMPLIED = {"minLength": 0, "minItems": 0, "uniqueItems": False}


def compare_limits(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield what differs in the pattern and in the bounds.

    Requests may only be accepted more widely, responses only be promised more narrowly.
    """
    yield from _compare_pattern(old, new, place)
    for word, sense in _BOUNDS.items():
        yield from _compare_bound(word, sense, (old.get(word), new.get(word)), place)


def _compare_pattern(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    before, after = old.get("pattern"), new.get("pattern")
    if before == after:
        return
    message = f"the pattern changed from {format_value(before)} to {format_value(after)}"
    in_request = place.direction is Direction.REQUEST
    if (after is None) if in_request else (before is None):
        yield place.addition(message)
    elif in_request:
        impact = "clients that send what only the old one accepts get 400"
        yield place.breaking(message, impact, "Keep the pattern, or leave it out.")
    else:
        impact = "clients that check answers refuse what only the new one describes"
        yield place.breaking(message, impact, "Keep the pattern.")


def _compare_bound(
    word: str, sense: int, bounds: tuple[Any, Any], place: Place
) -> Iterator[Finding]:
    before, after = bounds
    implied = _IMPLIED.get(word)
    if (implied if before is None else before) == (implied if after is None else after):
        return
    message = f"{word} changed from {format_value(before)} to {format_value(after)}"
    narrowed = after is not None and (before is None or (after - before) * sense > 0)
    if narrowed == (place.direction is Direction.RESPONSE):
        yield place.addition(message)
    elif narrowed:
        impact = "clients that send what lies between get 400"
        yield place.breaking(message, impact, "Go on accepting what was accepted.")
    else:
        impact = "clients that check answers, or keep room for them, refuse what lies between"
        yield place.breaking(message, impact, "Keep the bound.")


def format_value(value: Any) -> str:
    """Return *value* as a message shows it; what is absent is none."""
    return "none" if value is None else repr(value)
