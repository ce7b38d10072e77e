"""A kind of fact that a content folder declares: what its documents are, and their fields."""

from typing import Any

from marshmallow import Schema

from schemas.fields import Flag, Id, List, Nested, Patterned, Text, WholeNumber
from schemas.words import OpenEnum

#: What a field may hold, in the order in which people read about it.
TYPES = (
    *("text", "markdown", "id", "reference", "choice", "number", "boolean"),
    *("day", "period", "url", "host", "email", "cidr"),
)


class FieldName(Patterned):
    """The name of a field."""

    pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
    expected = "a field name; write lower-case letters and digits, in words joined by underscores"


class Example(Text):
    """An example value, stored as text; a number or a truth value may be written as it is."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if isinstance(value, bool):
            value = "true" if value else "false"
        return super()._deserialize(
            str(value) if isinstance(value, int) else value, attr, data, **kwargs
        )


class FieldNames(List):
    """Names of fields of the same declaration."""

    def __init__(self, description: str, **options: Any) -> None:
        super().__init__(FieldName("The name of a field."), description, **options)


_FIELD: dict[str, Any] = {
    "name": FieldName("The field name, in files and in JSON.", example="data_center"),
    "type": OpenEnum(TYPES, "What the field holds."),
    "title": Text(
        "The heading of the field on pages. Null: the name in words.",
        load_default=None,
        example="Data center",
    ),
    "description": Text("What the field means, in one sentence."),
    "list": Flag("Whether the field holds a list of values.", load_default=False),
    "required": Flag(
        "Whether every document has a value. If not, the value may be null, or an empty list.",
        load_default=False,
    ),
    "to": Id(
        "For a reference: the collection that it refers to. Null for other types.",
        load_default=None,
        example="data-centers",
    ),
    "choices": List(
        Text("A value."), "For a choice: the values to choose from.", load_default=list
    ),
    "min": WholeNumber("For a number: the lowest value. Null: no limit.", load_default=None),
    "max": WholeNumber("For a number: the highest value. Null: no limit.", load_default=None),
    "example": Example("An example value. Null: none.", load_default=None),
}


class KindFieldSchema(Schema.from_dict(_FIELD)):  # type: ignore[misc]  # It has a field `list`.
    """A field of the documents of a kind."""


class KindFilterSchema(Schema):
    """A query parameter that narrows a list by a field."""

    field = FieldName("The field.", example="data_center")
    parameter = FieldName(
        "The name of the query parameter. Null: the name of the field.",
        load_default=None,
        example="dc",
    )
    multiple = Flag("Whether a request may repeat the parameter.", load_default=False)


_KIND: dict[str, Any] = {
    "id": Id("The name of the collection, in paths and file names.", example="smtp-hosts"),
    "title": Text("The name of the collection for people.", example="SMTP hosts"),
    "one": Text("What one document is called within a sentence.", example="SMTP host"),
    "description": Text("What the collection holds, in one sentence."),
    "fields": List(
        Nested(KindFieldSchema, "A field."),
        "The fields of a document, in order. Each document also has an id, sources and review "
        "dates.",
    ),
    "example": Id(
        "The ID of one document, as an example in the API reference. Null: none.",
        load_default=None,
        example="uk",
    ),
    "order": FieldNames("The fields that sort the list. The id comes last.", load_default=list),
    "filters": List(
        Nested(KindFilterSchema, "A filter."),
        "The query parameters that narrow the list.",
        load_default=list,
    ),
    "unique": List(
        FieldNames("Fields whose values no two documents share together."),
        "Fields, or groups of fields, whose values no two documents share.",
        load_default=list,
    ),
    "copied": FieldNames(
        "The fields that administrators copy into their own systems. A change of one asks them "
        "to act.",
        load_default=list,
    ),
}


class KindSchema(Schema.from_dict(_KIND)):  # type: ignore[misc]  # It has a field `fields`.
    """A kind of fact, declared as data."""
