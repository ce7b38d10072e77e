"""Rules on enumerations: the words, and what generated clients call their constants."""

from collections.abc import Iterator
from typing import Any

from openapi.compatibility.finding import Direction, Finding, Place
from openapi.compatibility.limits import format_value
from openapi.compatibility.parts import Part

#: Words that name the constants of an enumeration in generated clients.
_CONSTANT_NAMES = ("x-enum-varnames", "x-enumNames")
#: The words that a rule here looks at.
JUDGED = frozenset({"enum", "const", *_CONSTANT_NAMES})


def compare_values(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield what differs in the words that are allowed, and in what their constants are called."""
    yield from _compare_constant_names(old, new, place)
    before, after = list_values(old), list_values(new)
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


def list_values(shape: Part) -> list[Any] | None:
    """Return the words that *shape* allows; None when it allows others too."""
    if "const" in shape:
        return [shape["const"]]
    values: list[Any] | None = shape.get("enum")
    return values


def _name_constants(shape: Part, word: str) -> dict[Any, str | None]:
    values = list_values(shape) or []
    names = shape.get(word, [None] * len(values))
    return dict(zip(values, names, strict=False))


def _format_values(values: list[Any] | None) -> str:
    return "free" if values is None else f"one of {', '.join(map(str, values))}"
