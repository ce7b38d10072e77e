"""The contract: valid for others, friendly to client generators, and what the code says."""

import json
import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.app import create_app
from api.cli.contract import build_contract
from api.serving.follower import ReleaseFollower
from content.ledger.store import Ledger
from openapi.document import PATH, dump_document, read_document, read_pin, write_document
from openapi.info import PIN
from schemas.collections import COLLECTIONS
from schemas.problem import PROBLEM_TYPES
from tests.contract import validate
from tests.openapi.documents import SHIPPED

ROOT = PATH.parents[1]
METHOD_NAME = re.compile(r"(get|list|lookUp)([A-Z][a-z]+)+|getIndex")


@pytest.fixture(scope="module")
def committed() -> dict:
    return json.loads(read_document(SHIPPED))


@pytest.fixture(scope="module")
def operations(committed) -> dict[str, dict]:
    return {path: item["get"] for path, item in committed["paths"].items()}


def walk(value, where=""):
    """Every object of a document outside examples, with the way to it."""
    if isinstance(value, dict):
        yield where, value
        for name, inner in value.items():
            if name not in ("example", "examples"):
                yield from walk(inner, f"{where}/{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from walk(inner, f"{where}/{place}")


def build_shipped(pin: str) -> str:
    follower = ReleaseFollower(Ledger(ROOT / "content" / "releases", COLLECTIONS))
    follower.refresh()
    return build_contract(create_app(follower=follower), follower.state.archive.latest, pin)


def test_the_committed_documents_are_what_the_code_says(committed):
    own = build_shipped(committed["info"][PIN])
    engine = build_contract(create_app(), None)

    assert own == read_document(SHIPPED), "Run 'faqts openapi'."
    assert engine == read_document(), "Run 'faqts openapi --engine'."


def test_the_document_of_the_engine_is_that_of_the_content_without_examples(committed):
    engine = json.loads(read_document())

    assert list(OpenAPIV31SpecValidator(engine).iter_errors()) == []
    assert engine["components"] == committed["components"]
    assert engine["paths"].keys() == committed["paths"].keys()
    contents = [
        content
        for item in engine["paths"].values()
        for response in item["get"]["responses"].values()
        for content in response.get("content", {}).values()
    ]
    assert [content for content in contents if "example" in content] == []


def test_the_document_is_valid(committed):
    assert list(OpenAPIV31SpecValidator(committed).iter_errors()) == []
    assert committed["openapi"].startswith("3.1.")


def test_building_twice_gives_the_same_bytes(committed):
    pin = committed["info"][PIN]

    assert build_shipped(pin) == build_shipped(pin)


def test_paths_and_components_are_in_order(committed):
    schemas = committed["components"]["schemas"]

    assert list(committed["paths"]) == sorted(committed["paths"])
    assert list(schemas) == sorted(schemas)


def test_every_operation_has_a_name_and_words(operations):
    names = [operation["operationId"] for operation in operations.values()]

    assert len(set(names)) == len(names)
    for name, operation in zip(names, operations.values(), strict=True):
        assert METHOD_NAME.fullmatch(name), name
        assert operation["summary"]
        assert not operation["summary"].endswith(".")
        assert operation["description"].endswith(".")
        assert len(operation["tags"]) == 1


def test_every_tag_is_described(committed, operations):
    described = {tag["name"] for tag in committed["tags"] if tag["description"]}

    assert {tag for operation in operations.values() for tag in operation["tags"]} == described


def test_every_parameter_is_described_and_typed(operations):
    for path, operation in operations.items():
        names = [parameter["name"] for parameter in operation["parameters"]]
        assert len(set(names)) == len(names), path
        for parameter in operation["parameters"]:
            assert parameter["description"].endswith("."), (path, parameter)
            assert {"type", "$ref"} & parameter["schema"].keys(), (path, parameter)
            assert "nullable" not in str(parameter["schema"])
            assert parameter["schema"].get("type") in (
                None,
                "string",
                "integer",
                "boolean",
                "array",
            )


def test_a_parameter_that_repeats_is_an_exploded_list(operations):
    repeated = {
        (path, parameter["name"])
        for path, operation in operations.items()
        for parameter in operation["parameters"]
        if parameter["schema"].get("type") == "array"
        if parameter.get("explode", True) and parameter.get("style", "form") == "form"
    }

    assert {name for _, name in repeated} >= {"ip", "status", "traffic", "dc", "topic"}
    assert all(
        parameter["schema"].get("type") != "array" or (path, parameter["name"]) in repeated
        for path, operation in operations.items()
        for parameter in operation["parameters"]
    )


@pytest.mark.parametrize("name", ["release", "on", "format"])
def test_the_parameters_of_every_path_are_on_every_path(operations, name):
    missing = [
        path
        for path, operation in operations.items()
        if name not in [parameter["name"] for parameter in operation["parameters"]]
    ]

    assert missing == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1", "release"),
        ("/v1/faqs", "cites"),
        ("/v1/faqs", "lang"),
        ("/v1/faqs/{id}", "dc"),
        ("/v1/faqs/{id}", "application"),
        ("/v1/faqs/{id}", "id"),
        ("/v1/ip-ranges/lookup", "ip"),
        ("/v1/changes", "since"),
        ("/v1/releases", "on"),
    ],
)
def test_a_parameter_that_is_hard_to_guess_has_an_example(operations, path, name):
    (parameter,) = (p for p in operations[path]["parameters"] if p["name"] == name)

    assert parameter["example"]


def test_only_paths_and_the_lookup_need_a_parameter(operations):
    needed = {
        (path, parameter["name"])
        for path, operation in operations.items()
        for parameter in operation["parameters"]
        if parameter.get("required")
    }

    assert {pair for pair in needed if pair[1] != "id"} == {("/v1/ip-ranges/lookup", "ip")}
    assert {path for path, name in needed if name == "id"} == {p for p in operations if "{" in p}


def test_every_operation_declares_every_status_it_can_give(operations):
    for path, operation in operations.items():
        declared = set(operation["responses"])
        assert {"200", "304", "400", "404", "405", "406", "414", "500", "503"} <= declared
        assert ("410" in declared) == bool(re.fullmatch(r"/v1/(?!releases)[a-z-]+/\{id\}", path))
        named = re.match(r"/v1/(?!releases|kinds)[a-z-]+/\{id\}", path)
        assert ("308" in declared) == bool(named)


def test_every_problem_is_named_where_it_can_happen(operations):
    named = {
        slug
        for operation in operations.values()
        for response in operation["responses"].values()
        for slug in re.findall(r"`/problems/([a-z-]+)`", response["description"])
    }

    by_proxy = {slug for slug, problem in PROBLEM_TYPES.items() if problem.by_proxy}
    elsewhere = {"not-found", "malformed-request", "header-too-large", "form-not-offered"}
    assert named == PROBLEM_TYPES.keys() - by_proxy - elsewhere


def test_typed_json_comes_first_or_clients_get_text(operations):
    for operation in operations.values():
        content = operation["responses"]["200"]["content"]
        assert next(iter(content)) == "application/json"
        assert content["application/json"]["schema"].keys() == {"$ref"}


def test_every_header_named_is_described(committed):
    headers = committed["components"]["headers"]

    used = {shape["$ref"] for _, shape in walk(committed) if "/headers/" in shape.get("$ref", "")}
    assert used == {f"#/components/headers/{name}" for name in headers}
    assert all(header["description"] and header["example"] for header in headers.values())


def test_in_an_answer_every_property_is_required_and_more_may_come(committed):
    for name, schema in committed["components"]["schemas"].items():
        if "enum" in schema or name == "AuthoredFields":
            continue
        assert schema["type"] == "object", name
        assert schema["required"] == list(schema["properties"]), name
        assert schema["additionalProperties"] is True, name
        assert schema["description"].endswith("."), name


@pytest.mark.parametrize(
    "word",
    ["oneOf", "allOf", "not", "readOnly", "writeOnly", "nullable", "x-component"],
)
def test_no_word_is_used_that_client_generators_stumble_over(committed, word):
    assert [where for where, shape in walk(committed) if word in shape] == []


def test_no_default_stands_in_an_answer(committed):
    shapes = walk(committed["components"])
    found = [w for w, shape in shapes if "default" in shape and not w.endswith("/properties")]

    assert found == []


def test_a_type_is_one_or_null(committed):
    for where, shape in walk(committed["components"]["schemas"]):
        if isinstance(shape.get("type"), list):
            assert len(shape["type"]) == 2, where
            assert "null" in shape["type"], where
            assert "enum" not in shape, where


def test_a_choice_is_never_between_shapes_only_between_one_and_null(committed):
    choices = [shape["anyOf"] for _, shape in walk(committed) if "anyOf" in shape]

    assert choices
    for named, null in choices:
        assert named.keys() == {"$ref"}
        assert null == {"type": "null"}


def test_every_enumeration_of_words_has_a_name_and_none_is_nullable(committed):
    for where, shape in walk(committed):
        if "enum" in shape:
            assert re.fullmatch(r"/components/schemas/[A-Z][A-Za-z]+", where), where
            assert len(shape["enum"]) > 1, where
            assert None not in shape["enum"], where
            assert shape["type"] == "string"


@pytest.mark.parametrize(
    "name",
    ["IpRange", "IpRangeList", "Faq", "FaqSummary", "FaqList", "RangeStatus", "Problem", "Change"],
)
def test_the_shapes_that_people_use_have_names(committed, name):
    assert name in committed["components"]["schemas"]


def test_every_name_is_reached(committed):
    used = {shape["$ref"] for _, shape in walk(committed) if "$ref" in shape}

    schemas = {f"#/components/schemas/{name}" for name in committed["components"]["schemas"]}
    assert schemas <= used


def test_every_example_is_a_real_answer_of_its_shape(committed, operations):
    for path, operation in operations.items():
        if path == "/v1/kinds/{id}":
            continue  # The demonstration declares no kind.
        content = operation["responses"]["200"]["content"]["application/json"]
        assert "example" in content, path
        validate(committed, content["schema"]["$ref"].rpartition("/")[2], content["example"])


def test_a_document_is_written_and_read_as_it_is(tmp_path):
    path = tmp_path / "v1.json"
    info = {"version": "1.2.0", "x-examples-release": "2026-02-02.01"}
    text = dump_document({"info": info, "ü": 1})

    before = read_document(path)
    write_document(text, path)

    assert before == "{}\n"
    assert read_document(path) == text
    assert [read_pin(written, "1.2.0") for written in (before, text)] == [None, "2026-02-02.01"]
    # Another version describes other kinds, which the release of the examples may not have.
    assert read_pin(text, "1.2.0+kinds.1") is None
