"""What a document may have more, and what may differ freely."""

import json

import pytest

from openapi.compatibility.documents import compare_documents
from openapi.compatibility.finding import Level
from openapi.document import read_document
from tests.openapi.documents import (
    SHIPPED,
    add_parameter,
    drop,
    edit,
    find_answer,
    find_field,
    find_operation,
    find_parameter,
    find_schema,
    read_base,
)

CLOUD = "GET /v1/clouds, 200, CloudList.items[]"
TEXT = {"type": "string"}


def add_field(document: dict, name: str, field: str) -> None:
    find_schema(document, name)["properties"][field] = dict(TEXT)
    find_schema(document, name)["required"].append(field)


#: What is done to the document, and all that is said of it.
ADDITIONS = {
    "operation": (
        lambda d: d["paths"].update({"/v1/moods": {"get": find_operation(d, "/v1/topics")}}),
        "GET /v1/moods: the operation is new.",
    ),
    "method": (
        lambda d: d["paths"]["/v1/topics"].update(head=find_operation(d, "/v1/topics")),
        "HEAD /v1/topics: the operation is new.",
    ),
    "parameter": (
        lambda d: add_parameter(d, "/v1/clouds", "zone"),
        "GET /v1/clouds, parameter zone: the parameter is new.",
    ),
    "parameter that may be left out": (
        lambda d: find_parameter(d, "/v1/ip-ranges/lookup", "ip").update(required=False),
        "GET /v1/ip-ranges/lookup, parameter ip: the parameter is now optional.",
    ),
    "word of a parameter": (
        lambda d: find_parameter(d, "/v1/clouds", "region")["schema"]["enum"].append("uk"),
        "GET /v1/clouds, parameter region: the value 'uk' is new.",
    ),
    "words beside the only one": (
        lambda d: find_parameter(d, "/v1/clouds", "form").update(
            schema={"type": "string", "enum": ["json", "csv"]}
        ),
        "GET /v1/clouds, parameter form: the value 'csv' is new.",
    ),
    "wider bound of a parameter": (
        lambda d: find_parameter(d, "/v1/faqs", "limit")["schema"].update(maximum=1000),
        "GET /v1/faqs, parameter limit: maximum changed from 500 to 1000.",
    ),
    "lower bound that is gone": (
        lambda d: drop(find_parameter(d, "/v1/faqs", "limit")["schema"], "minimum"),
        "GET /v1/faqs, parameter limit: minimum changed from 1 to none.",
    ),
    "no pattern any more": (
        lambda d: drop(
            find_parameter(d, "/v1/faqs/{id}", "application")["schema"],
            "pattern",
        ),
        "GET /v1/faqs/{id}, parameter application: the pattern changed from '^[A-Z].*$' to none.",
    ),
    "null of a parameter": (
        lambda d: find_parameter(d, "/v1/clouds", "on")["schema"].update(type=["string", "null"]),
        "GET /v1/clouds, parameter on: it is now nullable.",
    ),
    "field": (
        lambda d: add_field(d, "Cloud", "logo"),
        f"{CLOUD}.logo (and 1 more place): the field is new.",
    ),
    "narrower bound of a field": (
        lambda d: find_field(d, "Cloud", "name").update(maxLength=60),
        f"{CLOUD}.name (and 1 more place): maxLength changed from 80 to 60.",
    ),
    "pattern of a field": (
        lambda d: find_field(d, "Cloud", "name").update(pattern="^.+$"),
        f"{CLOUD}.name (and 1 more place): the pattern changed from none to '^.+$'.",
    ),
    "announcement that fields may come": (
        lambda d: find_schema(d, "Topic").update(additionalProperties=True),
        (
            "GET /v1/topics, 200, TopicList.items[] (and 1 more place): "
            "additional fields are now allowed (additionalProperties)."
        ),
    ),
    "status": (
        lambda d: find_operation(d, "/v1/clouds")["responses"].update({"418": {}}),
        "GET /v1/clouds, 418: the status is new.",
    ),
    "media type": (
        lambda d: find_answer(d, "/v1/clouds")["content"].update({"text/csv": {"schema": TEXT}}),
        "GET /v1/clouds, 200: the media type text/csv is new.",
    ),
    "header": (
        lambda d: find_answer(d, "/v1/clouds")["headers"].update(Age={"schema": TEXT}),
        "GET /v1/clouds, 200, header Age: the header is new.",
    ),
    "component": (
        lambda d: d["components"]["schemas"].update(Mood={"type": "object"}),
        "the component Mood: the component is new.",
    ),
    "operation deprecated": (
        lambda d: find_operation(d, "/v1/clouds").update(deprecated=True),
        "GET /v1/clouds: it is now deprecated.",
    ),
    "field deprecated": (
        lambda d: find_field(d, "Cloud", "name").update(deprecated=True),
        f"{CLOUD}.name (and 1 more place): it is now deprecated.",
    ),
    "no key needed": (
        lambda d: find_operation(d, "/v1/topics").update(security=[]),
        "GET /v1/topics: authentication is no longer required.",
    ),
}

#: What is done to the document, and nothing is said of.
WORDS = {
    "nothing": lambda _: None,
    "description of the whole": lambda d: d["info"].update(description="Other words."),
    "version": lambda d: d["info"].update(version="1.0.1"),
    "licence, contact and terms": lambda d: d["info"].update(
        license={"name": "X"}, contact={"name": "X"}, termsOfService="/terms"
    ),
    "release of the examples": lambda d: d["info"].update({"x-examples-release": "2030-01-01.01"}),
    "description of a tag": lambda d: d["tags"][0].update(description="Other words."),
    "summary and description": lambda d: find_operation(d, "/v1/clouds").update(
        summary="Other words", description="Other words."
    ),
    "description of a parameter": lambda d: find_parameter(d, "/v1/faqs", "limit").update(
        description="Other words.", example=7
    ),
    "description of a status": lambda d: find_answer(d, "/v1/clouds").update(description="Yes."),
    "example of an answer": lambda d: find_answer(d, "/v1/clouds")["content"][
        "application/json"
    ].update(example={}),
    "header": lambda d: d["components"]["headers"]["ETag"].update(description="X", example="X"),
    "field": lambda d: find_field(d, "Cloud", "name").update(description="X", examples=["X"]),
    "order of fields": lambda d: find_schema(d, "Cloud")["required"].reverse(),
    "order of an enumeration": lambda d: find_schema(d, "DayPrecision")["enum"].reverse(),
    "patch of OpenAPI": lambda d: d.update(openapi="3.1.1"),
}


@pytest.fixture(scope="module")
def base() -> dict:
    """The committed document, with two parameters of words and an operation that needs a key."""
    document = read_base()
    add_parameter(document, "/v1/clouds", "region", schema={"type": "string", "enum": ["de"]})
    add_parameter(document, "/v1/clouds", "form", schema={"type": "string", "const": "json"})
    find_schema(document, "Topic").pop("additionalProperties", None)
    find_operation(document, "/v1/topics")["security"] = [{"key": []}]
    return document


@pytest.mark.parametrize("case", ADDITIONS)
def test_what_is_more_is_named_once_and_breaks_nobody(base, case):
    change, message = ADDITIONS[case]

    findings = compare_documents(base, edit(base, change))

    assert [(finding.level, str(finding)) for finding in findings] == [(Level.ADDITION, message)]


@pytest.mark.parametrize("case", WORDS)
def test_words_for_people_may_change_freely(base, case):
    assert compare_documents(base, edit(base, WORDS[case])) == []


def test_the_committed_document_is_compatible_with_itself():
    document = json.loads(read_document(SHIPPED))

    assert compare_documents(document, json.loads(read_document(SHIPPED))) == []


def test_a_word_that_is_asked_and_answered_is_judged_both_ways(base):
    lost = compare_documents(
        base, edit(base, lambda d: find_schema(d, "IpFamily")["enum"].remove("ipv6"))
    )
    gained = compare_documents(
        base, edit(base, lambda d: find_schema(d, "IpFamily")["enum"].append("ipv7"))
    )

    assert [(f.level, f.where, f.impact) for f in lost] == [
        (
            Level.BREAKING,
            "GET /v1/ip-ranges, parameter family",
            "clients that send it get 400",
        ),
        (
            Level.BREAKING,
            "GET /v1/ip-ranges, 200, IpRangeList.items[].family (and 2 more places)",
            "client code that uses it does not compile after the client is regenerated",
        ),
    ]
    assert [(f.level, f.where) for f in gained] == [
        (
            Level.BREAKING,
            "GET /v1/ip-ranges, 200, IpRangeList.items[].family (and 2 more places)",
        ),
        (Level.ADDITION, "GET /v1/ip-ranges, parameter family"),
    ]


def test_a_component_within_itself_comes_to_an_end(base):
    nested = edit(base, lambda d: add_field(d, "Cloud", "parent"))
    reference = {"$ref": "#/components/schemas/Cloud"}
    find_schema(nested, "Cloud")["properties"]["parent"] = reference

    findings = compare_documents(nested, edit(nested, lambda d: add_field(d, "Cloud", "logo")))

    assert [finding.what for finding in findings] == ["the field is new"]


@pytest.mark.parametrize("name", ["topic", "limit"])
def test_a_bound_that_is_meant_anyway_may_be_said(base, name):
    implied = {"minItems": 0, "uniqueItems": False, "minLength": 0}

    message = edit(base, lambda d: find_parameter(d, "/v1/faqs", name)["schema"].update(implied))

    assert compare_documents(base, message) == []
    assert compare_documents(message, base) == []
