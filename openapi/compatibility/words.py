"""Rules on the words of one schema: type, values, limits, and what a change does to clients."""

from collections.abc import Iterator
from typing import Any

from openapi.compatibility.finding import Direction, Finding, Place
from openapi.compatibility.parts import Part

#: Bounds by what a higher number does: 1 narrows, -1 widens.
_BOUNDS = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "uniqueItems"), 1),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), -1),
}
#: What an absent word means. Source: JSON Schema 2020-12, validation, section 6.
_IMPLIED = {"minLength": 0, "minItems": 0, "uniqueItems": False}
#: Words that name the constants of an enumeration in generated clients.
_CONSTANT_NAMES = ("x-enum-varnames", "x-enumNames")
#: The words that a rule here looks at.
JUDGED = frozenset(
    {"type", "format", "default", "pattern", *_BOUNDS, "enum", "const", *_CONSTANT_NAMES}
)
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
    yield from _compare_values(old, new, place)
    yield from _compare_limits(old, new, place)
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
    words = _list_values(shape) or []
    return (types or frozenset("string" for word in words if isinstance(word, str))) - {"null"}


def _is_nullable(shape: Part) -> bool:
    return "null" in shape.get("type", ())


def _format_types(types: frozenset[str]) -> str:
    return " or ".join(sorted(types)) or "anything"


def _compare_values(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield what differs in the words that are allowed, and in what their constants are called."""
    yield from _compare_constant_names(old, new, place)
    before, after = _list_values(old), _list_values(new)
    if before is None and after is None:
        return
    if before is None or after is None:
        yield place.breaking(
            f"it was {_format_values(before)} and is {_format_values(after)}",
            "generated clients have another type there, and a value may be refused",
            "Put it back; what differs gets a name of its own.",
        )
        return
    # Within a component, its name is the whole anchor.
    owner = f" of {place.anchor}" if place.anchor.isidentifier() else ""
    for value in [value for value in before if value not in after]:
        yield place.breaking(f"the value {value!r}{owner} was removed", *_judge_lost_value(place))
    for value in [value for value in after if value not in before]:
        yield _judge_new_value(f"the value {value!r}{owner} is new", place)


def _judge_new_value(message: str, place: Place) -> Finding:
    if place.direction is Direction.REQUEST:
        return place.addition(message)
    return place.breaking(
        f"{message} in an answer",
        "clients generated for Go and Python refuse an answer with a word they do not know",
        "Keep the words of this field; say what is new in a new field.",
    )


def _judge_lost_value(place: Place) -> tuple[str, str]:
    if place.direction is Direction.REQUEST:
        return ("clients that ask for it get 400", "Go on accepting it.")
    return (
        "clients that name it no longer compile when they are generated anew",
        "Leave it declared; it need not come.",
    )


def _compare_constant_names(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    for word in _CONSTANT_NAMES:
        before, after = (_name_constants(shape, word) for shape in (old, new))
        for value in [value for value in before if value in after]:
            if before[value] != after[value]:
                was, now = before[value], after[value]
                yield place.breaking(
                    f"the constant of {value!r} was called {format_value(was)} and is called "
                    f"{format_value(now)} ({word})",
                    "clients that name the constant no longer compile",
                    "Keep the names of constants.",
                )


def _list_values(shape: Part) -> list[Any] | None:
    """Return the words that *shape* allows; None when it allows others too."""
    if "const" in shape:
        return [shape["const"]]
    values: list[Any] | None = shape.get("enum")
    return values


def _name_constants(shape: Part, word: str) -> dict[Any, str | None]:
    values = _list_values(shape) or []
    names = shape.get(word, [None] * len(values))
    return dict(zip(values, names, strict=False))


def _format_values(values: list[Any] | None) -> str:
    return "free" if values is None else f"one of {', '.join(map(str, values))}"


def _compare_limits(old: Part, new: Part, place: Place) -> Iterator[Finding]:
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
