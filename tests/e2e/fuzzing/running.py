"""Run schemathesis against a service, and count what it asked."""

import json
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.fuzzing.narrowing import ask_known, narrow
from tests.e2e.servers import ROOT, Server
from tests.programs import require_program
from tests.terminal import build_environment

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
#: The seed in CI. A run is repeated by its seed, as long as the content and the version stay.
SEED = 20261125


@dataclass
class Run:
    """What came of it.

    Attributes:
        status: 0 when nothing was found.
        output: What schemathesis printed: each finding, with the request that shows it; nothing
            where it was shown at once.
        phases: How many cases were answered in each phase.
        answers: How many were answered with each status.
        checks: How often each check was made.
        findings: How often each check failed, by the operation and the name of the check.
    """

    status: int
    output: str
    phases: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, phase: str, recorder: dict) -> None:
        """Add the cases of one scenario, as the report has them."""
        for case in recorder.get("interactions", {}).values():
            if case["response"]:
                self.phases[phase] += 1
                self.answers[case["response"]["status_code"]] += 1
        made = [check for checks in recorder.get("checks", {}).values() for check in checks]
        failed = [check["name"] for check in made if check["status"] == "failure"]
        self.checks.update(check["name"] for check in made)
        self.findings.update((recorder["label"], name) for name in failed)

    def say(self) -> str:
        """The cases and their answers in a line."""
        counts = ", ".join(
            f"{count} were {status}" for status, count in sorted(self.answers.items())
        )
        return f"{self.answers.total()} cases were answered: {counts}."


def fuzz(
    server: Server, folder: Path, *arguments: str, seed: int = SEED, shown: bool = False
) -> Run:
    """Fuzz *server* with what it says of itself; reports go to *folder*.

    Args:
        arguments: For `schemathesis run`, for example `--max-examples=1000`.
        shown: Whether a reader is waiting at a terminal for what is printed.
    """
    contract, report = folder / "contract.json", folder / "events.ndjson"
    document = server.ask("/v1/openapi.json").json()
    contract.write_text(json.dumps(narrow(document, ask_known(server))), encoding="utf-8")
    done = subprocess.run(
        [
            *(require_program("schemathesis"), f"--config-file={CONFIGURATION}", "run"),
            *(str(contract), f"--url=http://127.0.0.1:{server.port}", f"--seed={seed}"),
            *(f"--report-ndjson-path={report}", "--no-color", *arguments),
        ],
        cwd=folder,
        env=build_environment({"PYTHONPATH": str(ROOT)}),
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
        text=True,
        check=False,
    )
    run = Run(done.returncode, done.stdout or "")
    with report.open(encoding="utf-8") as events:
        for line in events:
            finished = json.loads(line).get("ScenarioFinished", {})
            if finished.get("recorder"):
                run.count(finished["phase"], finished["recorder"])
    return run
