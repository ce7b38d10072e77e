"""What the checks of the document find when something is wrong with it."""

import json
import sys

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from openapi.document import read_document
from tests.blocks import Project
from tests.contract import validate
from tests.openapi.documents import SHIPPED, drop, edit, find_answer, find_operation, find_parameter

STALE = "content/openapi/v1.json is out of date. Run 'faqts openapi' and commit the file.\n"


@pytest.fixture(scope="module")
def committed() -> dict:
    return json.loads(read_document(SHIPPED))


def find_example(document: dict, path: str) -> dict:
    return find_answer(document, path)["content"]["application/json"]["example"]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: drop(d["info"], "title"),
        lambda d: find_parameter(d, "/v1/clouds", "on")["schema"].update(type="text"),
        lambda d: drop(find_parameter(d, "/v1/clouds", "on"), "schema"),
        lambda d: find_operation(d, "/v1/clouds").update(operationId="listFaqs"),
        lambda d: drop(find_answer(d, "/v1/clouds"), "description"),
    ],
    ids=["no title", "no such type", "no type", "a name twice", "no description"],
)
def test_a_document_that_is_not_valid_is_found(committed, change):
    assert list(OpenAPIV31SpecValidator(edit(committed, change)).iter_errors()) != []


def test_an_example_that_is_not_of_its_shape_is_found(committed):
    example = edit(find_example(committed, "/v1/clouds"), lambda e: e["items"][0].update(name=7))

    with pytest.raises(AssertionError, match=r"items\[0\]\.name: 7 is not of type 'string'"):
        validate(committed, "CloudList", example)


def test_an_example_that_is_of_its_shape_but_no_real_answer_is_found(tmp_path, committed):
    project = Project(tmp_path)
    made_up = edit(
        committed, lambda d: find_example(d, "/v1/clouds")["items"][0].update(name="Made up")
    )
    validate(made_up, "CloudList", find_example(made_up, "/v1/clouds"))
    path = project.root / "content" / "openapi" / "v1.json"
    faqts = f"{sys.executable} -c 'from api.cli.commands import main; main()' openapi --check"

    real = project.run(faqts)
    path.write_text(json.dumps(made_up, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    other = project.run(faqts)

    assert real == (0, "content/openapi/v1.json is up to date.\n")
    assert other == (1, STALE)
