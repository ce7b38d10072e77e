"""What every document shares."""

import pytest
from marshmallow import Schema, ValidationError

from schemas.document import FactPart, FaqPart, build_document_schema
from schemas.fields import Id, Text
from tests.content_factory import COMMON, SOURCE


class BridgeSchema(Schema):
    """A bridge."""

    id = Id("The name of this bridge.")
    name = Text("What people call it.")


SCHEMA = build_document_schema(BridgeSchema, FactPart)()
LEAST = {"id": "tower", "name": "Tower Bridge", **COMMON}


def test_the_fields_of_the_kind_come_before_those_that_all_share():
    assert list(SCHEMA.load_fields) == [
        *("id", "name", "aliases", "sources", "caveats"),
        *("written_on", "reviewed_on", "review_by", "deprecated_on", "sunset_on"),
    ]
    assert list(SCHEMA.dump_fields) == [
        *("id", "name", "sources", "caveats", "deprecated_on", "sunset_on"),
        *("freshness", "updated_at", "release", "links"),
    ]


def test_an_answer_has_a_revision_and_a_fact_has_not():
    answer = build_document_schema(BridgeSchema, FaqPart)()

    assert set(answer.dump_fields) - set(SCHEMA.dump_fields) == {"revision"}


def test_a_document_schema_keeps_the_name_and_the_words_of_its_kind():
    assert type(SCHEMA).__name__ == "BridgeSchema"
    assert type(SCHEMA).__doc__ == "A bridge."


def test_what_is_left_out_has_its_default():
    loaded = SCHEMA.load(LEAST)

    empty = dict.fromkeys(("reviewed_on", "deprecated_on", "sunset_on"))
    assert loaded == {**LEAST, "aliases": [], "caveats": [], **empty}


@pytest.mark.parametrize("name", ["sources", "written_on", "review_by"])
def test_sources_and_days_are_required(name):
    with pytest.raises(ValidationError) as caught:
        SCHEMA.load({key: value for key, value in LEAST.items() if key != name})

    assert list(caught.value.messages) == [name]


@pytest.mark.parametrize("name", ["freshness", "updated_at", "release", "links"])
def test_what_is_derived_cannot_be_written(name):
    with pytest.raises(ValidationError) as caught:
        SCHEMA.load({**LEAST, name: "a"})

    assert list(caught.value.messages) == [name]


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("url", None, True),
        ("url", "http://example.com", False),
        ("retrieved_on", None, True),
        ("retrieved_on", "2026-02-30", False),
        ("confidence", "sample", True),
        ("confidence", "sure", False),
        ("confidence", None, False),
        ("title", None, False),
    ],
)
def test_a_source_says_what_it_is_and_how_sure(name, value, accepted):
    errors = SCHEMA.validate({**LEAST, "sources": [{**SOURCE, name: value}]})

    assert errors == ({} if accepted else {"sources": {0: {name: errors["sources"][0][name]}}})
