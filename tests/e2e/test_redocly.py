"""The committed document, read by a linter of somebody else, and compared by it."""

import json
import os
import subprocess

import pytest

from openapi.compatibility.documents import compare_documents
from openapi.compatibility.finding import Level
from openapi.document import find_released, read_document
from tests.openapi.documents import (
    SEEDED,
    SHIPPED,
    drop,
    edit,
    find_answer,
    find_operation,
    find_parameter,
    find_schema,
    read_base,
    reorder,
)
from tests.programs import require_program

RULES = """\
extends: [recommended]
rules:
  # Paths below /v1 have no secrets: everything is public.
  security-defined: error
  operation-4xx-response: error
  no-invalid-media-type-examples: error
  no-invalid-parameter-examples: error
  no-server-example.com: error
  # The site file may leave the license of the content open.
  info-license: off
"""


def run_redocly(folder, *arguments: str) -> tuple[int, dict]:
    """The status and the report of the program, run in *folder*."""
    done = subprocess.run(
        [require_program("redocly"), *arguments, "--format=json"],
        cwd=folder,
        env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def write(folder, name: str, document: dict) -> str:
    path = folder / name
    path.write_text(json.dumps(document))
    return str(path)


def lint(folder, path) -> dict:
    (folder / "redocly.yaml").write_text(RULES)
    return run_redocly(folder, "lint", "--config=redocly.yaml", str(path))[1]


def test_a_linter_finds_nothing_to_object_to(tmp_path):
    report = lint(tmp_path, SHIPPED)

    assert report["problems"] == []
    assert report["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}


#: What is done to the document, the rule that objects, and how much.
OBJECTIONABLE = {
    "unused component": (
        lambda d: d["components"]["schemas"].update(Mood={"type": "object"}),
        ("no-unused-components", "warn"),
    ),
    "example of another shape": (
        lambda d: find_answer(d, "/v1/clouds")["content"]["application/json"].update(example={}),
        ("no-invalid-media-type-examples", "error"),
    ),
    "example that a parameter refuses": (
        lambda d: find_parameter(d, "/v1/clouds", "release").update(example="yesterday"),
        ("no-invalid-parameter-examples", "error"),
    ),
    "operation without a summary": (
        lambda d: drop(find_operation(d, "/v1/clouds"), "summary"),
        ("operation-summary", "error"),
    ),
    "no document": (lambda d: drop(d["info"], "version"), ("struct", "error")),
}


@pytest.mark.parametrize("fault", OBJECTIONABLE)
def test_a_fault_in_the_document_is_objected_to(tmp_path, fault):
    change, objection = OBJECTIONABLE[fault]

    report = lint(
        tmp_path, write(tmp_path, "v1.json", edit(json.loads(read_document(SHIPPED)), change))
    )

    assert objection in [(problem["ruleId"], problem["severity"]) for problem in report["problems"]]


def test_another_tool_finds_nothing_that_breaks_clients_of_the_released_document(tmp_path):
    status, report = run_redocly(
        tmp_path, "diff", str(find_released(SHIPPED) or SHIPPED), str(SHIPPED)
    )

    assert [change for change in report["changes"] if change["impact"] == "major"] == []
    assert status == 0


CHANGES = SEEDED | {
    "changed tag": lambda d: find_operation(d, "/v1/clouds").update(tags=["other"]),
    "renamed constant": lambda d: find_schema(d, "CloudSupport")["x-enum-varnames"].reverse(),
    "media types in another order": (
        lambda d: reorder(find_answer(d, "/v1/ip-ranges")["content"], "text/plain")
    ),
    "parameters in another order": (
        lambda d: find_operation(d, "/v1/topics")["parameters"].reverse()
    ),
}
#: The rule of the other tool that a change breaks. In what is not here it sees only a patch.
SEEN = {
    "removed field": "property-removed",
    "new required parameter": "parameter-became-required",
    "narrowed enum": "enum-values-removed",
    "removed status": "response-removed",
    "removed media type": "media-type-removed",
}


@pytest.mark.parametrize("kind", CHANGES)
def test_what_the_other_tool_sees_and_passes_over_is_all_seen_by_ours(tmp_path, kind):
    rule = SEEN.get(kind)
    base = read_base()
    changed = edit(base, CHANGES[kind])

    status, report = run_redocly(
        tmp_path, "diff", write(tmp_path, "a.json", base), write(tmp_path, "b.json", changed)
    )

    verdicts = [verdict for found in report["changes"] for verdict in found["verdicts"]]
    broken = {verdict["ruleId"] for verdict in verdicts if verdict["impact"] == "major"}
    assert rule in broken if rule else broken == set()
    assert (status != 0) == (rule is not None)
    assert Level.BREAKING in [finding.level for finding in compare_documents(base, changed)]
