"""The committed document, read by a linter of somebody else."""

import json
import os
import subprocess

from openapi.document import PATH
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
"""


def test_a_linter_finds_nothing_to_object_to(tmp_path):
    (tmp_path / "redocly.yaml").write_text(RULES)

    linted = subprocess.run(
        [require_program("redocly"), "lint", "--config=redocly.yaml", "--format=json", str(PATH)],
        cwd=tmp_path,
        env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert linted.stdout, linted.stderr
    report = json.loads(linted.stdout)
    assert report["problems"] == []
    assert report["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}
