"""The benchmark runs, measures the same work, and prints ratios; no figure is looked at."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import require_program
from tests.terminal import build_environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bench():
    """`bench(*arguments)` runs the benchmark in one short round."""
    for program in ("wrk", "taskset"):
        require_program(program)

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "tests.bench", "--rounds", "1", "--seconds", "1", *arguments],
            cwd=ROOT,
            env=build_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


def test_a_round_prints_each_figure_beside_its_goal(bench, tmp_path):
    written = tmp_path / "bench.json"

    done = bench("--servers", "ours-asgi", "constant-asgi", "--json", str(written))
    found = json.loads(written.read_text(encoding="utf-8"))

    assert done.returncode == 0, done.stderr
    for said in (
        "rate ours-asgi : constant-asgi",
        "rate ours-asgi-304 : ours-asgi",
        "/v1/ip-ranges?dc=uk",
        "cpu ",
        "p99 ms ",
    ):
        line = next(line for line in done.stdout.splitlines() if line.startswith(said))
        assert line.endswith("reached"), line
    assert set(found["samples"]) == {"ours-asgi", "constant-asgi", "ours-asgi-304"}
    assert [sample["failures"] for (sample,) in found["samples"].values()] == [0, 0, 0]
    assert all(read > 0 for arrival in found["arrivals"] for read in arrival["milliseconds"])


def test_nginx_gives_from_its_cache_what_it_gives_from_a_file(bench):
    require_program("nginx")

    done = bench("--servers", "ours-nginx", "file-nginx", "--parts", "hot")

    assert done.returncode == 0, done.stderr
    assert "rate ours-nginx : file-nginx" in done.stdout


def test_work_that_differs_is_not_compared(bench, tmp_path):
    """The file is of a ledger that is not the service's: its variable reaches no server."""
    ledger = tmp_path / "releases"
    ledger.mkdir()
    first = ROOT / "content" / "releases" / "00001.json"
    (ledger / first.name).write_bytes(first.read_bytes())

    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--servers", "ours-asgi", "--parts", "hot"],
        cwd=ROOT,
        env=build_environment({"FAQTS_LEDGER": str(ledger)}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 1
    assert "The answers are not the same work:\nours-asgi: the body differs" in done.stderr
