"""Compare the keywords of one schema: type, values and limits."""

from collections.abc import Iterator
from typing import Any

from openapi.compatibility.finding import Direction, Finding, Place
from openapi.compatibility.parts import Part

#: Limits, with the effect of a higher number: 1 is stricter, -1 is less strict.
_BOUNDS = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "uniqueItems"), 1),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), -1),
}
#: Defaults of absent keywords. Source: JSON Schema 2020-12, validation, section 6.
_IMPLIED = {"minLength": 0, "minItems": 0, "uniqueItems": False}
#: Keywords with the names of enumeration constants in generated clients.
_CONSTANT_NAMES = ("x-enum-varnames", "x-enumNames")
#: Keywords that the rules in this module cover.
JUDGED = frozenset(
    {"type", "format", "default", "pattern", *_BOUNDS, "enum", "const", *_CONSTANT_NAMES}
)
_KEEP = "Undo the change, or use a new name."


def find_type_change(old: Part, new: Part, place: Place) -> Finding | None:
    """Return a finding if the type changed, otherwise None. Null is ignored."""
    before, after = _list_types(old), _list_types(new)
    if before == after:
        return None
    if before == {"array"}:
        return place.breaking(
            f"the type changed from a list to {_format_types(after)}",
            "clients that send or read multiple values fail",
            "Keep the list.",
        )
    return place.breaking(
        f"the type changed from {_format_types(before)} to {_format_types(after)}",
        "generated clients reject or misread the value",
        _KEEP,
    )


def compare_words(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield the differences between two schemas of the same type, without nested schemas."""
    yield from _compare_null(old, new, place)
    yield from _compare_values(old, new, place)
    yield from _compare_limits(old, new, place)
    was, now = old.get("format"), new.get("format")
    if was != now:
        yield place.breaking(
            f"the format changed from {format_value(was)} to {format_value(now)}",
            "generated clients use a different type for it",
            _KEEP,
        )
    yield from _compare_default(old, new, place)


def _compare_null(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    was, now = _is_nullable(old), _is_nullable(new)
    if now and not was and place.direction is Direction.REQUEST:
        yield place.addition("it is now nullable")
    elif now and not was:
        yield place.breaking(
            "it is now nullable",
            "clients that do not check for null fail",
            "Do not allow null. Add a new field for values that may be missing.",
        )
    elif was and not now:
        yield place.breaking(
            "it is no longer nullable",
            "the type in generated clients changes, and existing code does not compile",
            "Keep null in the contract, even if it is never sent.",
        )


def _compare_default(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    before, after = (("default" in shape, shape.get("default")) for shape in (old, new))
    if before != after:
        was, now = (format_value(value) if given else "none" for given, value in (before, after))
        yield place.breaking(
            f"the default changed from {was} to {now}",
            "clients that omit it get a different response without notice",
            "Keep the default. Clients can set another value.",
        )


def _list_types(shape: Part) -> frozenset[str]:
    """Return the types of *shape* without null. If it has only text values, return string."""
    declared = shape.get("type", [])
    types = frozenset([declared] if isinstance(declared, str) else declared)
    words = _list_values(shape) or []
    return (types or frozenset("string" for word in words if isinstance(word, str))) - {"null"}


def _is_nullable(shape: Part) -> bool:
    return "null" in shape.get("type", ())


def _format_types(types: frozenset[str]) -> str:
    return " or ".join(sorted(types)) or "anything"


def _compare_values(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield the differences in the allowed values and the names of their constants."""
    yield from _compare_constant_names(old, new, place)
    before, after = _list_values(old), _list_values(new)
    if before is None and after is None:
        return
    if before is None or after is None:
        yield place.breaking(
            f"the allowed values changed from {_format_values(before)} to {_format_values(after)}",
            "the type in generated clients changes, and values may be rejected",
            _KEEP,
        )
        return
    # Directly in a component, the anchor is its name.
    owner = f" of {place.anchor}" if place.anchor.isidentifier() else ""
    for value in [value for value in before if value not in after]:
        yield place.breaking(f"the value {value!r}{owner} was removed", *_judge_lost_value(place))
    for value in [value for value in after if value not in before]:
        yield _judge_new_value(f"the value {value!r}{owner} is new", place)


def _judge_new_value(message: str, place: Place) -> Finding:
    if place.direction is Direction.REQUEST:
        return place.addition(message)
    return place.breaking(
        f"{message} in a response",
        "generated clients for Go and Python reject responses with unknown values",
        "Do not add values to this field. Add a new field instead.",
    )


def _judge_lost_value(place: Place) -> tuple[str, str]:
    if place.direction is Direction.REQUEST:
        return ("clients that send it get 400", "Keep accepting it.")
    return (
        "client code that uses it does not compile after the client is regenerated",
        "Keep it in the contract, even if it is never sent.",
    )


def _compare_constant_names(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    for word in _CONSTANT_NAMES:
        before, after = (_name_constants(shape, word) for shape in (old, new))
        for value in [value for value in before if value in after]:
            if before[value] != after[value]:
                was, now = before[value], after[value]
                yield place.breaking(
                    f"the name of the constant for {value!r} changed from {format_value(was)} to "
                    f"{format_value(now)} ({word})",
                    "client code that uses the constant does not compile",
                    "Keep the names of constants.",
                )


def _list_values(shape: Part) -> list[Any] | None:
    """Return the values that *shape* allows, or None if it allows any value."""
    if "const" in shape:
        return [shape["const"]]
    values: list[Any] | None = shape.get("enum")
    return values


def _name_constants(shape: Part, word: str) -> dict[Any, str | None]:
    values = _list_values(shape) or []
    names = shape.get(word, [None] * len(values))
    return dict(zip(values, names, strict=False))


def _format_values(values: list[Any] | None) -> str:
    return "any value" if values is None else f"one of {', '.join(map(str, values))}"


def _compare_limits(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield the differences in the pattern and the limits.

    Limits of requests must not become stricter. Limits of responses must not become less strict.
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
        impact = "clients that send values that match only the old pattern get 400"
        yield place.breaking(message, impact, "Keep the pattern, or remove it.")
    else:
        impact = "clients that validate responses reject values that match only the new pattern"
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
        impact = "clients that send values between the old and new limit get 400"
        yield place.breaking(message, impact, "Keep the old limit.")
    else:
        impact = "clients that validate responses reject values between the old and new limit"
        yield place.breaking(message, impact, "Keep the old limit.")


def format_value(value: Any) -> str:
    """Return *value* for a message, with `none` if it is absent."""
    return "none" if value is None else repr(value)
