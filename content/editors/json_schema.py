"""Convert marshmallow schemas to JSON Schema. Source: JSON Schema, draft 7, which editors read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, missing

from schemas.fields import Flag, List, Nested, Reference, Text, WholeNumber
from schemas.kinds.kind import Example
from schemas.words import OpenEnum

DRAFT = "http://json-schema.org/draft-07/schema#"
#: The IDs of documents, by collection.
Ids = Mapping[str, Sequence[str]]
Json = dict[str, Any]
#: Metadata of fields that JSON Schema has under the same names.
_SAME = ("description", "pattern", "format", "minimum", "maximum")


def describe_object(
    schema: Schema, ids: Ids, *, without: Iterable[str] = (), replaced: Mapping[str, Any] = {}
) -> Json:
    """Return the JSON Schema for the input of *schema*.

    Args:
        without: Fields to leave out.
        replaced: Values that replace parts of the JSON Schema of a field, by field name.
    """
    names = [name for name in schema.load_fields if name not in without]
    known = schema.fields
    return {
        "type": "object",
        "properties": {n: describe_field(known[n], ids) | replaced.get(n, {}) for n in names},
        "required": [name for name in names if known[name].required],
        "additionalProperties": False,
    }


def describe_field(field: fields.Field[Any], ids: Ids) -> Json:
    """Return the JSON Schema for values of *field*."""
    described = {name: field.metadata[name] for name in _SAME if name in field.metadata}
    if "example" in field.metadata:
        described["examples"] = [field.metadata["example"]]
    if field.load_default is not missing and isinstance(field.load_default, str | bool | int):
        described["default"] = field.load_default
    described |= _describe_type(field, ids)
    if field.allow_none:
        known = described["type"]
        described["type"] = [*([known] if isinstance(known, str) else known), "null"]
        if "enum" in described:
            described["enum"] = [*described["enum"], None]
    return described


def _describe_type(field: fields.Field[Any], ids: Ids) -> Json:
    if isinstance(field, List):
        items = describe_field(field.inner, ids)
        return {"type": "array", "items": items, "uniqueItems": True}
    if isinstance(field, Nested):
        return describe_object(field.schema, ids)
    if isinstance(field, WholeNumber):
        return {"type": "integer"}
    if isinstance(field, Flag):
        return {"type": "boolean"}
    if isinstance(field, OpenEnum):
        return {"type": "string", "enum": list(field.choices)}
    if isinstance(field, Reference) and ids.get(field.collection):
        return {"type": "string", "enum": list(ids[field.collection])}
    if isinstance(field, Example):
        # Editors may write numbers and booleans without quotes.
        return {"type": ["string", "integer", "boolean"]}
    if isinstance(field, Text):
        return {"type": "string", "minLength": 1}
    raise TypeError(f"{type(field).__name__} has no JSON Schema. Add one here.")
