"""Thousands of questions that nobody thought of, and the document that says what answers they get.

`make fuzz` asks more of them, and others each time.
"""

from tests.e2e.fuzzing.running import fuzz
from tests.e2e.fuzzing.world import build_world
from tests.e2e.servers import serving

#: Every check that schemathesis has; one that a later version adds is made too.
CHECKS = {
    "allow_header_conformance",
    "content_type_conformance",
    "ensure_resource_availability",
    "ignored_auth",
    "missing_required_header",
    "negative_data_rejection",
    "not_a_server_error",
    "object_level_authorization",
    "positive_data_acceptance",
    "response_headers_conformance",
    "response_schema_conformance",
    "status_code_conformance",
    "unsupported_method",
    "use_after_free",
}
#: What `fuzzing/defects.py` spoils, and the check that has to see it.
DEFECTS = {
    "GET /v1/clouds/{id}": "response_schema_conformance",
    "GET /v1/connections": "negative_data_rejection",
    "GET /v1/data-retention": "not_a_server_error",
    "GET /v1/deadlines/{id}": "status_code_conformance",
    "GET /v1/oauth-clients": "positive_data_acceptance",
    "GET /v1/permissions": "content_type_conformance",
    "GET /v1/topics": "unsupported_method",
}


def test_three_thousand_questions_find_nothing(tmp_path):
    with serving(build_world(tmp_path)) as server:
        run = fuzz(server, tmp_path)
        gone = server.ask("/v1/faqs/fuzz-gone").status

    assert run.status == 0, run.output
    assert not run.findings
    assert run.answers.total() >= 3_000, run.say()
    # Were nearly all refused, little but the reading of parameters would be fuzzed.
    assert run.answers[200] >= run.answers.total() / 3, run.say()
    # Few requests are for withdrawn documents, so whether one is sent depends on the seed.
    assert run.answers.keys() >= {200, 308, 400, 404, 405}, run.say()
    assert gone == 410
    assert run.phases.keys() == {"examples", "coverage", "fuzzing", "stateful"}
    assert run.checks.keys() >= CHECKS
    assert '"level": "error"' not in server.log


def test_each_defect_of_a_service_is_found(tmp_path):
    paths = [f"--include-path={operation.removeprefix('GET ')}" for operation in DEFECTS]
    quick = ("--max-examples=5", "--no-shrink", "--phases=coverage,fuzzing")

    with serving(build_world(tmp_path), "tests.e2e.fuzzing.defects:application") as server:
        run = fuzz(server, tmp_path, *paths, *quick)

    assert run.status == 1, run.output
    assert run.findings.keys() >= set(DEFECTS.items()), run.output
