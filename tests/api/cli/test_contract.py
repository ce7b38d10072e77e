"""The contract as it is served."""

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.app import create_app
from api.cli.contract import build_contract
from api.cli.contract_examples import build_example
from api.pages.contract import complete_document
from api.settings import Settings
from openapi.document import dump_document, read_document
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


# The demonstration declares no kind.
@pytest.mark.parametrize("path", [p for p in DOCUMENT["paths"] if p != "/v1/kinds/{id}"])
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


@pytest.fixture
def declaring(factory):
    """A service of another company, with a site document and a kind of fact of its own."""
    factory.world().site(name="Example help", organization="Example Ltd")
    factory.kind("smtp-hosts", {"name": "host", "type": "host", "required": True})
    factory.facts("smtp-hosts", {"id": "uk", "host": "smtp-uk.example.com"})
    factory.publish("Hosts.")
    return factory


def test_the_document_that_is_served_is_the_one_that_would_be_built(declaring):
    """Also where the content folder has none, or one from before its kinds."""
    app = declaring.app()
    latest = app.extensions["faqts"].follower.state.archive.latest
    built = json.loads(build_contract(app, latest))

    served = app.test_client().get("/v1/openapi.json").get_json()

    assert served["info"]["version"] == "1.0.0+kinds.1"
    assert served["info"]["title"] == "Example help"
    assert served["paths"].keys() == built["paths"].keys() >= {"/v1/smtp-hosts/{id}"}
    assert served["components"] == built["components"]
    assert complete_document(dump_document(built), app, latest) == dump_document(built)
    assert list(OpenAPIV31SpecValidator(served).iter_errors()) == []


def test_a_document_has_the_examples_of_its_own_content_alone(declaring):
    app = declaring.app()
    text = build_contract(app, app.extensions["faqts"].follower.state.archive.latest)
    document = json.loads(text)

    for path, item in document["paths"].items():
        parameters = item["get"]["parameters"]
        if all("example" in each for each in parameters if each["in"] == "path"):
            target, query = build_example(path, parameters)
            assert app.test_client().get(target, query_string=query).status_code == 200, target
    listed = document["paths"]["/v1/smtp-hosts"]["get"]["responses"]["200"]["content"]
    assert listed["application/json"]["example"]["items"][0]["host"] == "smtp-uk.example.com"


def test_examples_are_kept_when_a_release_declares_a_kind(declaring):
    before = declaring.app()
    text = build_contract(before, before.extensions["faqts"].follower.state.archive.latest)
    declaring.kind("relays", {"name": "host", "type": "host", "required": True})
    declaring.publish("Relays.")
    app = declaring.app()

    later = complete_document(text, app, app.extensions["faqts"].follower.state.archive.latest)

    old, new = json.loads(text), json.loads(later)
    assert new["info"]["version"] == "1.0.0+kinds.2"
    assert new["paths"].keys() - old["paths"].keys() == {"/v1/relays", "/v1/relays/{id}"}
    assert {path: new["paths"][path] for path in old["paths"]} == old["paths"]
