"""Adapt generated shapes to what client generators read best."""

from collections.abc import Iterator
from typing import Any

from schemas.fields import COMPONENT

_SCHEMA_PATH = "#/components/schemas/"
#: What makes the shape itself; the other words describe it in its place.
_SHAPING = ("type", "enum", "additionalProperties")


def tidy_responses(schemas: dict[str, Any]) -> None:
    """Declare that each property of a response is always there and that more may come.

    Without the latter, the clients that some generators make refuse more.
    """
    for schema in schemas.values():
        properties = schema.get("properties", {})
        for name in [name for name, shape in properties.items() if shape.get("writeOnly")]:
            del properties[name]
        for shape in properties.values():
            for word in ("readOnly", "default"):
                shape.pop(word, None)
        if properties:
            schema["required"] = list(properties)
            schema["additionalProperties"] = True


def tidy_parameters(document: dict[str, Any]) -> None:
    """Move examples and deprecations to the parameter; declare what is required."""
    for path in document["paths"].values():
        for parameter in path["get"]["parameters"]:
            schema = parameter["schema"]
            if len(schema.get("enum", ())) == 1:
                (schema["const"],) = schema.pop("enum")
            if schema.get("default", 0) in (None, [], ()):
                del schema["default"]
            if schema.get("minItems"):
                parameter["required"] = True
            if schema.pop("deprecated", False):
                parameter["deprecated"] = True
            inner = schema.get("items", schema)
            example = schema.pop("example", inner.pop("example", _choose_example(inner)))
            if example is not None and "example" not in parameter:
                parameter["example"] = [example] if "items" in schema else example


def _choose_example(shape: dict[str, Any]) -> Any:
    """Return a value that *shape* itself names; None: it names none."""
    known = (shape.get("const"), shape.get("default"), *shape.get("enum", ()))
    return next(
        (value for value in (*known, *shape.get("examples", ())) if value is not None), None
    )


def hoist_components(document: dict[str, Any]) -> None:
    """Turn every named shape into a component, so that its name is the same everywhere."""
    schemas = document["components"]["schemas"]
    for shape in list(_walk(document)):
        name = shape.pop(COMPONENT, None)
        if name:
            schemas[name] = {word: shape.pop(word) for word in _SHAPING if word in shape}
            _refer(shape, schemas[name], _SCHEMA_PATH + name)


def _refer(shape: dict[str, Any], component: dict[str, Any], path: str) -> None:
    """Let *shape* be what *component* is; where it may be null, the component itself is not."""
    if isinstance(component["type"], list):
        component["type"], null = component["type"]
        shape["anyOf"] = [{"$ref": path}, {"type": null}]
    else:
        shape["$ref"] = path


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object within *value*, except within examples, which are data."""
    if isinstance(value, dict):
        yield value
        for name, inner in list(value.items()):
            if name != "example":
                yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)
