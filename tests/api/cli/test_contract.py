"""The contract as it is served."""

import json

import pytest

from api.app import create_app
from api.cli.contract import build_contract
from api.cli.contract_examples import build_example
from api.settings import Settings
from openapi.document import read_document
from tests.openapi.documents import SHIPPED
from tests.project.test_layers import ROOT

DOCUMENT = json.loads(read_document(SHIPPED))


@pytest.fixture(scope="module")
def shipped():
    """A client of the content of this checkout."""
    app = create_app(Settings(ledger=ROOT / "content" / "releases"))
    app.extensions["faqts"].follower.refresh()
    return app.test_client()


def test_the_document_is_served_as_it_was_given(factory):
    text = build_contract(factory.app(), None)
    client = create_app(document=text).test_client()

    answer = client.get("/v1/openapi.json")

    assert answer.get_data(as_text=True) == text
    assert answer.content_type == "application/json"


@pytest.mark.parametrize("query", ["release=2026-02-02.01", "a=1&a=2", "=", "dc=%ff"])
def test_the_document_takes_no_parameters(client, query):
    answer = client.get(f"/v1/openapi.json?{query}")

    assert answer.status_code == 400
    assert len(answer.get_json()["errors"]) == 1


def test_raw_bytes_in_the_query_of_the_document_are_no_fault_of_the_service(client):
    answer = client.get("/v1/openapi.json", environ_overrides={"QUERY_STRING": "\xff"})

    assert answer.status_code == 400


def test_the_document_is_there_before_the_first_release(factory):
    answer = factory.client().get("/v1/openapi.json")

    assert answer.status_code == 200


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_every_parameter_has_an_example_and_all_together_are_answered(shipped, path):
    parameters = DOCUMENT["paths"][path]["get"]["parameters"]

    assert [each["name"] for each in parameters if "example" not in each] == []
    target, query = build_example(path, parameters)
    answer = shipped.get(target, query_string=query)
    assert (answer.status_code, answer.get_json().get("errors")) == (200, None)


def test_addresses_are_whole_where_the_one_of_the_service_is_known():
    """Clients join `/` and a path literally; generators put localhost in its place."""
    text = read_document(SHIPPED)
    content = SHIPPED.parents[1]
    settings = Settings(content=content, public_url="https://faq.example.com")
    known = create_app(settings).test_client()

    document = known.get("/v1/openapi.json").get_json()

    assert document["servers"][0]["url"] == "https://faq.example.com"
    assert document["info"]["termsOfService"] == "https://faq.example.com/terms"
    for part in ("servers", "info"):
        document[part] = DOCUMENT[part]
    assert document == DOCUMENT
    assert create_app(Settings(content=content)).test_client().get("/v1/openapi.json").text == text
