"""The contract as it is served."""

import pytest

from api.app import create_app
from api.cli.contract import build_contract


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
