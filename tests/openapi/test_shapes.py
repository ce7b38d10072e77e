"""Generated shapes, given the form that client generators read best."""

import pytest

from openapi.shapes import hoist_components, tidy_parameters, tidy_responses


def test_what_only_an_editor_writes_is_no_part_of_an_answer():
    schemas = {
        "A": {
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"type": "string", "writeOnly": True}},
            "required": ["b"],
        }
    }

    tidy_responses(schemas)

    assert schemas["A"] == {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "required": ["a"],
        "additionalProperties": True,
    }


def test_every_property_of_an_answer_is_there_and_more_may_come():
    schemas = {
        "A": {
            "properties": {"a": {"readOnly": True}, "b": {"default": []}},
            "additionalProperties": False,
        },
        "Anything": {"additionalProperties": True},
    }

    tidy_responses(schemas)

    assert schemas["A"] == {
        "properties": {"a": {}, "b": {}},
        "required": ["a", "b"],
        "additionalProperties": True,
    }
    assert schemas["Anything"] == {"additionalProperties": True}


def tidy(parameter: dict) -> dict:
    tidy_parameters({"paths": {"/": {"get": {"parameters": [parameter]}}}})
    return parameter


def test_a_default_that_says_nothing_is_left_out_and_one_that_does_stays():
    nothing = [tidy({"schema": {"default": value}}) for value in (None, [], ())]

    assert nothing == [{"schema": {}}] * 3
    assert tidy({"schema": {"default": 100}})["schema"] == {"default": 100}


def test_an_example_stands_at_its_parameter_and_that_of_a_list_is_a_list():
    alone = tidy({"schema": {"type": "string", "example": "uk"}})
    listed = tidy({"schema": {"type": "array", "items": {"type": "string", "example": "uk"}}})
    given = tidy({"example": "de", "schema": {"type": "string", "example": "uk"}})

    assert alone == {"schema": {"type": "string"}, "example": "uk"}
    assert listed == {"schema": {"type": "array", "items": {"type": "string"}}, "example": ["uk"]}
    assert given == {"schema": {"type": "string"}, "example": "de"}


def test_where_there_is_one_word_it_is_a_constant_not_an_enumeration():
    assert tidy({"schema": {"enum": ["json"]}})["schema"] == {"const": "json"}
    assert tidy({"schema": {"enum": ["a", "b"]}})["schema"] == {"enum": ["a", "b"]}


@pytest.mark.parametrize(
    ("shape", "example"),
    [
        ({"enum": ["a", "b"]}, "a"),
        ({"enum": ["a"]}, "a"),
        ({"default": 100, "type": "integer"}, 100),
        ({"examples": ["a", "b"]}, "a"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, ["a"]),
        ({"type": "boolean", "example": False}, False),
    ],
)
def test_what_a_shape_names_is_an_example(shape, example):
    assert tidy({"schema": shape})["example"] == example


def test_a_list_of_at_least_one_is_required():
    assert tidy({"schema": {"type": "array", "items": {}, "minItems": 1}})["required"] is True


def test_an_enumeration_with_a_name_is_a_component_and_data_is_left_alone():
    data = {"x-component": "Not", "enum": ["data"]}
    document = {
        "paths": [{"type": "string", "enum": ["a", "b"], "x-component": "Letter"}],
        "unnamed": {"type": "string", "enum": ["c"], "x-component": ""},
        "example": data,
        "components": {"schemas": {}},
    }

    hoist_components(document)

    assert document["paths"] == [{"$ref": "#/components/schemas/Letter"}]
    assert document["unnamed"] == {"type": "string", "enum": ["c"]}
    assert document["components"]["schemas"] == {"Letter": {"type": "string", "enum": ["a", "b"]}}
    assert document["example"] == {"x-component": "Not", "enum": ["data"]}


def test_where_a_named_shape_may_be_null_it_is_the_place_that_says_so():
    body = {"type": ["object", "null"], "x-component": "Body", "description": "Or null."}
    document = {"before": body, "components": {"schemas": {}}}

    hoist_components(document)

    known = {"$ref": "#/components/schemas/Body"}
    assert document["before"] == {"description": "Or null.", "anyOf": [known, {"type": "null"}]}
    assert document["components"]["schemas"] == {"Body": {"type": "object"}}
