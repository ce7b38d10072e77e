"""What marshmallow says, as sentences for an editor."""

import pytest
from marshmallow import RAISE, Schema, ValidationError

from content.sources.explanations import describe_field, explain_message, flatten_messages
from schemas.fields import List, Nested, Text


class LegSchema(Schema):
    name = Text("What the leg is called.")
    colour = Text("Its colour.", allow_none=True)


class TableSchema(Schema):
    title = Text("What the table is called.")
    legs = List(Nested(LegSchema, "A leg."), "Its legs.")
    top = Nested(LegSchema, "Its top.")
    weight = Text("What it weighs.", dump_only=True)


LEG = {"name": "a", "colour": None}
TABLE = {"title": "t", "legs": [], "top": LEG}


def explain(changes) -> dict[str, str]:
    """Every fault of a table with *changes*, by dotted field."""
    schema = TableSchema(unknown=RAISE)
    fields = {k: v for k, v in {**TABLE, **changes}.items() if v is not ...}
    with pytest.raises(ValidationError) as caught:
        schema.load(fields)
    return {
        ".".join(map(str, where)): explain_message(message, where, schema)
        for where, message in flatten_messages(caught.value.messages)
    }


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"titel": 1}, "titel", "unknown field 'titel'. Did you mean 'title'?"),
        ({"zzz": 1}, "zzz", "unknown field 'zzz'. Use one of: title, legs, top."),
        (
            {"weight": 1},
            "weight",
            "'weight' is calculated when the document is read. Delete this line.",
        ),
        ({"title": ...}, "title", "title is missing. Add it: What the table is called."),
        (
            {"title": None},
            "title",
            "title must not be empty. Write a value: What the table is called.",
        ),
        ({"title": 7}, "title", "7 is not text; put it in quotes."),
        ({"top": None}, "top", "top must not be empty. Write a value: Its top."),
        ({"top": "a"}, "top", "this must contain fields, each written as 'name: value'."),
        ({"top": {**LEG, "nam": 1}}, "top.nam", "unknown field 'nam'. Did you mean 'name'?"),
        (
            {"top": {"colour": None}},
            "top.name",
            "name is missing. Add it: What the leg is called.",
        ),
        (
            {"legs": ["a"]},
            "legs.0",
            "this must contain fields, each written as 'name: value'.",
        ),
        (
            {"legs": [LEG, {**LEG, "color": 1}]},
            "legs.1.color",
            "unknown field 'color'. Did you mean 'colour'?",
        ),
        (
            {"legs": [{**LEG, "name": None}]},
            "legs.0.name",
            "name must not be empty. Write a value: What the leg is called.",
        ),
        ({"legs": [None]}, "legs.0", "this item is empty. Write a value, or delete the line."),
    ],
)
def test_each_fault_says_what_to_write(changes, field, message):
    assert explain(changes) == {field: message}


def test_all_faults_come_at_once():
    assert list(explain({"title": 7, "a": 1, "top": {"name": 1}})) == [
        *("title", "top.name", "top.colour", "a")
    ]


def test_messages_of_a_whole_schema_are_those_of_the_thing_itself():
    assert list(flatten_messages({"_schema": ["a"], "b": {"_schema": ["c"]}})) == [
        ((), "a"),
        (("b",), "c"),
    ]
    assert explain_message("Invalid input type.", (), TableSchema()).startswith(
        "this must contain fields"
    )


def test_a_field_is_described_by_its_description():
    assert describe_field(TableSchema(), "title") == "What the table is called."
    assert describe_field(TableSchema(), "absent") == "absent."
