"""Adapt generated schemas so that client generators handle them well."""

from collections.abc import Iterator
from typing import Any

from schemas.fields import COMPONENT

_SCHEMA_PATH = "#/components/schemas/"
#: Keywords that move to the component. All others stay where the component is used.
_SHAPING = ("type", "enum", "additionalProperties")


def tidy_responses(schemas: dict[str, Any]) -> None:
    """Declare that all properties of a response are required and that others may be added.

    Without `additionalProperties`, some generated clients reject unknown properties.
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
    """Move examples and deprecations from schemas to parameters, and set `required`."""
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
    """Return a value from the keywords of *shape*, or None."""
    known = (shape.get("const"), shape.get("default"), *shape.get("enum", ()))
    return next(
        (value for value in (*known, *shape.get("examples", ())) if value is not None), None
    )


def hoist_components(document: dict[str, Any]) -> None:
    """Turn each named schema into a component, so that it has the same name everywhere."""
    schemas = document["components"]["schemas"]
    for shape in list(_walk(document)):
        name = shape.pop(COMPONENT, None)
        if name:
            schemas[name] = {word: shape.pop(word) for word in _SHAPING if word in shape}
            _refer(shape, schemas[name], _SCHEMA_PATH + name)


def _refer(shape: dict[str, Any], component: dict[str, Any], path: str) -> None:
    """Make *shape* refer to *component*. If it is nullable, null moves out of the component."""
    if isinstance(component["type"], list):
        component["type"], null = component["type"]
        shape["anyOf"] = [{"$ref": path}, {"type": null}]
    else:
        shape["$ref"] = path


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all objects in *value*, except those in examples."""
    if isinstance(value, dict):
        yield value
        for name, inner in list(value.items()):
            if name != "example":
                yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)
