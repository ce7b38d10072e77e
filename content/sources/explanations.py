"""Turn marshmallow's messages into messages that tell an editor what to write."""

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, fields

from content.sources.located_yaml import Path
from content.suggestions import suggest

UNKNOWN = "Unknown field."
_MISSING = "Missing data for required field."
_NULL = "Field may not be null."
_NOT_FIELDS = "Invalid input type."


def flatten_messages(messages: Any, where: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield each message in marshmallow's nested *messages*, with the path of its field."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            yield from flatten_messages(inner, where if name == "_schema" else (*where, name))
    else:
        yield from ((where, str(message)) for message in messages)


def explain_message(detail: str, where: Path, schema: Schema) -> str:
    """Return a message for editors: what *detail* means for the field *where*, and the fix."""
    owner = _find_owner(schema, where[:-1])
    name = str(where[-1]) if where else ""
    if detail == UNKNOWN:
        return _explain_unknown(name, owner)
    if detail == _MISSING:
        return f"{name} is missing. Add it: {describe_field(owner, name)}"
    if detail == _NULL and where and isinstance(where[-1], int):
        return "this item is empty. Write a value, or delete the line."
    if detail == _NULL:
        return f"{name} must not be empty. Write a value: {describe_field(owner, name)}"
    if detail == _NOT_FIELDS:
        return "this must contain fields, each written as 'name: value'."
    return detail


def describe_field(schema: Schema, name: str) -> str:
    """Return the description of a field."""
    field = schema.fields.get(name)
    return str(field.metadata.get("description", name)) if field else f"{name}."


def _explain_unknown(name: str, owner: Schema) -> str:
    if name in owner.dump_fields:
        return f"{name!r} is calculated when the document is read. Delete this line."
    known = list(owner.load_fields)
    suggestion = suggest(name, known)
    if suggestion:
        return f"unknown field {name!r}. Did you mean {suggestion!r}?"
    return f"unknown field {name!r}. Use one of: {', '.join(known)}."


def _find_owner(schema: Schema, path: Path) -> Schema:
    """Return the schema of the object at *path* below *schema*."""
    for step in path:
        field = schema.fields.get(str(step)) if not isinstance(step, int) else None
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            schema = inner.schema
    return schema
