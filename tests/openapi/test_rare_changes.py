"""Changes of what the document does not have today, and of words that no rule knows."""

import pytest

from openapi.compatibility.documents import compare_documents
from openapi.compatibility.finding import Level
from tests.openapi.documents import (
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

FILTER = "GET /v1/clouds, parameter filter"
UNKNOWN = "and no rule covers it"
SHARED = {"in": "query", "name": "region", "schema": {"type": "string"}}
SHAPE = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "kind": {"type": "string"}},
    "required": ["name"],
    "additionalProperties": {"type": "string"},
}


@pytest.fixture(scope="module")
def base() -> dict:
    """The committed document with an object for a parameter and a field that may be missing."""
    document = read_base()
    add_parameter(document, "/v1/clouds", "filter", style="deepObject", schema=SHAPE)
    find_schema(document, "Topic")["required"].remove("description")
    return document


def find_filter(document: dict) -> dict:
    return find_parameter(document, "/v1/clouds", "filter")["schema"]


#: What is done to the document; how it is rated, where, and what is said.
CHANGES = {
    "field that must be sent": (
        lambda d: (
            find_filter(d)["properties"].update(size={"type": "string"}),
            find_filter(d)["required"].append("size"),
        ),
        (Level.BREAKING, f"{FILTER}, size", "the field is new and required"),
    ),
    "field that must be sent now": (
        lambda d: find_filter(d)["required"].append("kind"),
        (Level.BREAKING, f"{FILTER}, kind", "it is now required"),
    ),
    "field that need not be sent any more": (
        lambda d: find_filter(d)["required"].clear(),
        (Level.ADDITION, f"{FILTER}, name", "it is now optional"),
    ),
    "fields of any name": (
        lambda d: find_filter(d).update(additionalProperties={"type": "integer"}),
        (Level.BREAKING, f"{FILTER}, *", "the type changed from string to integer"),
    ),
    "field that always comes now": (
        lambda d: find_schema(d, "Topic")["required"].append("description"),
        (
            Level.BREAKING,
            "GET /v1/topics, 200, TopicList.items[].description",
            "it is now required",
        ),
    ),
    "header of another type": (
        lambda d: d["components"]["headers"]["Allow"].update(schema={"type": "integer"}),
        (
            Level.BREAKING,
            "GET /v1, 405, header Allow",
            "the type changed from string to integer",
        ),
    ),
    "header that must come": (
        lambda d: d["components"]["headers"]["Allow"].update(required=True),
        (
            Level.BREAKING,
            "GET /v1, 405, header Allow",
            f"'required' changed, {UNKNOWN}",
        ),
    ),
    "body of a request": (
        lambda d: find_operation(d, "/v1/clouds").update(requestBody={"content": {}}),
        (
            Level.BREAKING,
            "GET /v1/clouds",
            f"'requestBody' changed, {UNKNOWN}",
        ),
    ),
    "parameter of a whole path": (
        lambda d: d["paths"]["/v1/clouds"].update(parameters=[{**SHARED, "required": True}]),
        (
            Level.BREAKING,
            "GET /v1/clouds, parameter region",
            "the parameter is new and required",
        ),
    ),
    "parameter of a whole path that may be left out": (
        lambda d: d["paths"]["/v1/clouds"].update(parameters=[SHARED]),
        (Level.ADDITION, "GET /v1/clouds, parameter region", "the parameter is new"),
    ),
    "word about a whole path": (
        lambda d: d["paths"]["/v1/clouds"].update(servers=[]),
        (Level.BREAKING, "/v1/clouds", f"'servers' changed, {UNKNOWN}"),
    ),
    "word about a server": (
        lambda d: d["servers"][0].update(variables={}),
        (Level.BREAKING, "the document", f"'variables' changed, {UNKNOWN}"),
    ),
    "word about the whole": (
        lambda d: d["info"].update({"x-package": "faq"}),
        (Level.BREAKING, "the document", f"'x-package' changed, {UNKNOWN}"),
    ),
    "how a parameter is escaped": (
        lambda d: find_parameter(d, "/v1/faqs", "cites").update(allowReserved=True),
        (Level.BREAKING, "GET /v1/faqs, parameter cites", f"'allowReserved' changed, {UNKNOWN}"),
    ),
    "how a media type is encoded": (
        lambda d: find_answer(d, "/v1/clouds")["content"]["application/json"].update(encoding={}),
        (Level.BREAKING, "GET /v1/clouds, 200", f"'encoding' changed, {UNKNOWN}"),
    ),
    "parameter deprecated": (
        lambda d: find_parameter(d, "/v1/faqs", "cites").update(deprecated=True),
        (Level.ADDITION, "GET /v1/faqs, parameter cites", "it is now deprecated"),
    ),
    "header deprecated": (
        lambda d: d["components"]["headers"]["Allow"].update(deprecated=True),
        (Level.ADDITION, "GET /v1, 405, header Allow", "it is now deprecated"),
    ),
    "links of an answer": (
        lambda d: find_answer(d, "/v1/clouds").update(links={}),
        (
            Level.BREAKING,
            "GET /v1/clouds, 200",
            f"'links' changed, {UNKNOWN}",
        ),
    ),
    "webhooks": (
        lambda d: d.update(webhooks={}),
        (
            Level.BREAKING,
            "the document",
            f"'webhooks' changed, {UNKNOWN}",
        ),
    ),
    "text of any form in a list": (
        lambda d: drop(find_field(d, "AwsIpRanges", "prefixes"), "items"),
        (
            Level.BREAKING,
            "GET /v1/ip-ranges/aws, 200, AwsIpRanges.prefixes[]",
            "the type changed from object to anything",
        ),
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_what_is_rare_is_judged_too(base, case):
    change, message = CHANGES[case]

    findings = compare_documents(base, edit(base, change))

    met = [(f.level, f.where.partition(" (and ")[0], f.what) for f in findings]
    assert met == [message]


@pytest.mark.parametrize("word", ["anyOf", "allOf", "oneOf"])
def test_what_is_met_only_within_words_that_no_rule_knows_is_compared(base, word):
    parts = [{"$ref": "#/components/schemas/Mood"}, {"type": "null"}]
    mood = {"type": "object", "properties": {"name": {"type": "string"}}}
    hidden = edit(
        base,
        lambda d: (
            d["components"]["schemas"].update(Mood=mood),
            find_schema(d, "Topic")["properties"].update(mood={word: parts}),
        ),
    )

    (finding,) = compare_documents(
        hidden, edit(hidden, lambda d: drop(find_schema(d, "Mood")["properties"], "name"))
    )

    assert finding.level is Level.BREAKING
    assert str(finding).startswith(
        "GET /v1/topics, 200, TopicList.items[].mood.name (and 1 more place): "
        "the field was removed: "
    )


def test_a_path_that_refers_to_its_operations_is_compared(base):
    def refer(document):
        item = document["paths"]["/v1/clouds"]
        item["parameters"] = [{"$ref": "#/components/parameters/a~1b"}]
        document["components"].update(parameters={"a/b": SHARED}, pathItems={"Clouds": item})
        document["paths"]["/v1/clouds"] = {"$ref": "#/components/pathItems/Clouds"}

    old = edit(base, refer)
    new = edit(old, lambda d: d["components"]["parameters"]["a/b"].update(required=True))
    gone = edit(old, lambda d: drop(d["components"]["pathItems"]["Clouds"], "get"))

    assert [f.what for f in compare_documents(old, old)] == []
    assert [f.what for f in compare_documents(old, new)] == ["the parameter is now required"]
    assert [f.what for f in compare_documents(old, gone)] == ["the operation was removed"]


def test_a_component_that_nothing_refers_to_is_compared(base):
    mood = {"type": "object", "properties": {"name": {"type": "string"}}}
    unused = edit(base, lambda d: d["components"]["schemas"].update(Mood=mood))

    (finding,) = compare_documents(
        unused, edit(unused, lambda d: drop(find_schema(d, "Mood")["properties"], "name"))
    )

    assert str(finding).startswith("the component Mood, name: the field was removed: ")


def test_a_component_that_nothing_refers_to_is_missed_too(base):
    unused = edit(base, lambda d: d["components"]["schemas"].update(Mood={"type": "object"}))

    (finding,) = compare_documents(unused, base)

    assert str(finding) == (
        "the component Mood: the component was removed: clients that import it by name no longer "
        "compile. Restore it with this name."
    )
