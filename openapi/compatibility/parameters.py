"""Compare the parameters of an operation: names, serialization and order."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from openapi.compatibility.finding import Direction, Finding, Place
from openapi.compatibility.parts import (
    Part,
    compare_deprecation,
    refuse_unknown,
    resolve_part,
)
from openapi.compatibility.shapes import ShapeComparison

_JUDGED = frozenset({"in", "name", "required", "schema", "deprecated", "style", "explode"})
#: Default style and `explode`, by location. Source: OpenAPI 3.1, section 4.8.12.2.1.
_STYLES = {"query": ("form", True), "path": ("simple", False)}
_OPTIONAL = "Make it optional, and keep the response the same if it is absent."


def compare_parameters(
    shapes: ShapeComparison, old: Part, new: Part, at: Place
) -> Iterator[Finding]:
    """Yield the differences in the parameters of the operation *at*."""
    before, after = _index(shapes.old, old), _index(shapes.new, new)
    for key, parameter in before.items():
        place = _place_parameter(at, key[1])
        if key in after:
            yield from _compare_parameter(shapes, parameter, after[key], place)
        else:
            yield place.breaking(
                "the parameter was removed",
                "clients that send it get 400",
                "Keep it. You can mark it as `deprecated`.",
            )
    for key in [key for key in after if key not in before]:
        yield _judge_new_parameter(after[key], _place_parameter(at, key[1]))
    yield from _compare_order(list(before), list(after), at)


def _judge_new_parameter(parameter: Part, place: Place) -> Finding:
    if not parameter.get("required"):
        return place.addition("the parameter is new")
    return place.breaking(
        "the parameter is new and required", "clients that do not send it get 400", _OPTIONAL
    )


def _index(document: Part, operation: Part) -> dict[tuple[str, str], Part]:
    """Return the parameters of *operation* by location and name."""
    resolved = (resolve_part(document, parameter) for parameter in operation.get("parameters", ()))
    return {(parameter["in"], parameter["name"]): parameter for parameter in resolved}


def _place_parameter(at: Place, name: str) -> Place:
    anchor = f"parameter {name}"
    return replace(at, at=f"{at.at}, {anchor}", direction=Direction.REQUEST, anchor=anchor)


def _compare_parameter(
    shapes: ShapeComparison, old: Part, new: Part, place: Place
) -> Iterator[Finding]:
    if new.get("required") and not old.get("required"):
        yield place.breaking(
            "the parameter is now required",
            "clients that omit it get 400",
            _OPTIONAL,
        )
    elif old.get("required") and not new.get("required"):
        yield place.addition("the parameter is now optional")
    was, now = _format_style(old), _format_style(new)
    if was != now:
        yield place.breaking(
            f"the serialization changed from {was} to {now}",
            "generated clients send multiple values in the old style",
            "Keep `style` and `explode`.",
        )
    yield from compare_deprecation(old, new, place)
    yield from refuse_unknown(old, new, _JUDGED, place)
    yield from shapes.compare(old.get("schema", {}), new.get("schema", {}), place)


def _compare_order(before: list[Any], after: list[Any], at: Place) -> Iterator[Finding]:
    was = [name for where, name in before if (where, name) in after]
    now = [name for where, name in after if (where, name) in before]
    if was != now:
        yield at.breaking(
            f"the order of the parameters changed from {', '.join(was)} to {', '.join(now)}",
            "clients generated for Java and TypeScript pass them by position",
            "Keep the order. New parameters can be anywhere.",
        )


def _format_style(parameter: Part) -> str:
    style, explode = _STYLES.get(parameter["in"], ("simple", False))
    declared = parameter.get("style", style)
    exploded = parameter.get("explode", explode if declared == style else declared == "form")
    return f"style {declared} {'with' if exploded else 'without'} explode"
