"""Schema of the kinds of facts that a content folder declares."""

from typing import Any

from marshmallow import Schema

from schemas.fields import Flag, Id, List, Nested, Patterned, Text, WholeNumber
from schemas.words import OpenEnum

#: Types of fields, in the order of the documentation.
TYPES = (
    *("text", "markdown", "id", "reference", "choice", "number", "boolean"),
    *("day", "period", "url", "host", "email", "cidr"),
)


class FieldName(Patterned):
    """The name of a field."""

    pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
    expected = "a field name; use lowercase letters, digits and single underscores"


class Example(Text):
    """An example value, stored as text. Editors may write numbers and booleans without quotes."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if isinstance(value, bool):
            value = "true" if value else "false"
        return super()._deserialize(
            str(value) if isinstance(value, int) else value, attr, data, **kwargs
        )


class FieldNames(List):
    """A list of field names."""

    def __init__(self, description: str, **options: Any) -> None:
        super().__init__(FieldName("Field name."), description, **options)


_FIELD: dict[str, Any] = {
    "name": FieldName("Field name in source files and in JSON.", example="data_center"),
    "type": OpenEnum(TYPES, "Type of the value."),
    "title": Text(
        "Heading of the field on pages. If null, it is built from the field name.",
        load_default=None,
        example="Data center",
    ),
    "description": Text("Meaning of the field, in one sentence."),
    "list": Flag("Whether the field holds a list of values.", load_default=False),
    "required": Flag(
        "Whether every document needs a value. If not, the value may be null or an empty list.",
        load_default=False,
    ),
    "to": Id(
        "Target collection of a reference. Null for other types.",
        load_default=None,
        example="data-centers",
    ),
    "choices": List(
        Text("A value."), "Allowed values of a choice. Empty for other types.", load_default=list
    ),
    "min": WholeNumber("Minimum of a number. Null if there is none.", load_default=None),
    "max": WholeNumber("Maximum of a number. Null if there is none.", load_default=None),
    "example": Example("Example value. Null if there is none.", load_default=None),
}


class KindFieldSchema(Schema.from_dict(_FIELD)):  # type: ignore[misc]  # It has a field `list`.
    """A field of a declared kind."""


class KindFilterSchema(Schema):
    """A query parameter that filters a list by a field."""

    field = FieldName("Field to filter by.", example="data_center")
    parameter = FieldName(
        "Name of the query parameter. If null, it is the field name.",
        load_default=None,
        example="dc",
    )
    multiple = Flag("Whether requests may repeat the parameter.", load_default=False)


_KIND: dict[str, Any] = {
    "id": Id("Name of the collection in URL paths and file names.", example="smtp-hosts"),
    "title": Text("Display name of the collection.", example="SMTP hosts"),
    "one": Text("Name of one document within a sentence.", example="SMTP host"),
    "description": Text("Contents of the collection, in one sentence."),
    "fields": List(
        Nested(KindFieldSchema, "A field."),
        "Fields of the documents, in order. Every document also has an ID, sources and review "
        "dates.",
    ),
    "example": Id(
        "Example ID for the API reference. Null if there is none.",
        load_default=None,
        example="uk",
    ),
    "order": FieldNames(
        "Fields that sort the list. The ID is always the last sort key.", load_default=list
    ),
    "filters": List(
        Nested(KindFilterSchema, "A filter."),
        "Query parameters that filter the list.",
        load_default=list,
    ),
    "unique": List(
        FieldNames("One or more fields whose combined values must be unique."),
        "Groups of fields whose combined values must be unique.",
        load_default=list,
    ),
    "copied": FieldNames(
        "Fields that administrators copy into their own systems. If one of them changes, "
        "administrators have to act.",
        load_default=list,
    ),
}


class KindSchema(Schema.from_dict(_KIND)):  # type: ignore[misc]  # It has a field `fields`.
    """A kind of fact that the content folder declares."""
