"""The contract says what is deprecated, where tools look for it."""

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.cli.contract import build_contract
from tests.deprecated import serve_old_clouds


@pytest.fixture
def document(factory) -> dict:
    app = factory.app()
    serve_old_clouds(app)
    return json.loads(build_contract(app, None))


def list_statuses_with(operation: dict, header: str) -> set[str]:
    responses = operation["responses"].items()
    return {status for status, response in responses if header in response["headers"]}


def test_the_document_says_what_is_deprecated_and_stays_valid(document):
    operation = document["paths"]["/v1/old-clouds/{id}"]["get"]

    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert operation["deprecated"] is True
    assert operation["description"].endswith(
        "Deprecated from 2027-01-01. Works at least until 2027-12-31. "
        "Use `/v1/clouds/{id}` instead."
    )
    assert "deprecated" not in document["paths"]["/v1/clouds/{id}"]["get"]


def test_the_document_says_it_of_parameters_where_tools_look_for_it(document):
    operation = document["paths"]["/v1/old-clouds"]["get"]
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}

    assert "deprecated" not in operation
    assert parameters["loud"]["deprecated"] is True
    assert parameters["loud"]["description"].endswith(
        "Deprecated from 2026-07-01. Use `volume` instead."
    )
    assert "deprecated" not in str(parameters["loud"]["schema"])
    assert "deprecated" not in parameters["release"]


@pytest.mark.parametrize("header", ["Deprecation", "Sunset"])
def test_the_document_has_the_headers_where_they_can_occur(document, header):
    every = set(document["paths"]["/v1/old-clouds/{id}"]["get"]["responses"]) - {"405"}
    expected = {
        "/v1/old-clouds/{id}": every,
        "/v1/old-clouds": every - {"308", "410"},
        "/v1/clouds/{id}": {"200", "304"},
        "/v1/clouds": set(),
    }

    for path, statuses in expected.items():
        assert list_statuses_with(document["paths"][path]["get"], header) == statuses
