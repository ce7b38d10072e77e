"""The benchmark runs, measures the same work, and prints ratios; no figure is looked at."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.hot_pages import PATHS
from tests.programs import require_program
from tests.terminal import build_environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bench():
    """`bench(*arguments)` runs the benchmark in one short round."""
    for program in ("wrk", "taskset"):
        require_program(program)

    def run(*arguments: str, module: str = "tests.bench") -> subprocess.CompletedProcess:
        brief = ["--seconds", "1"] if module == "tests.bench" else []
        return subprocess.run(
            [sys.executable, "-m", module, "--rounds", "1", *brief, *arguments],
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
    for message in (
        "rate ours-asgi : constant-asgi",
        "rate ours-asgi-304 : ours-asgi",
        "rate page-faq : answer-faq",
        "/v1/ip-ranges?dc=uk",
        "cpu : cpu of the imports",
        "p99 ms ",
    ):
        line = next(line for line in done.stdout.splitlines() if line.startswith(message))
        assert line.endswith("reached"), line
    known = {f"{name}-304" for name in ("ours-asgi", "answer-faq", "page-faq")}
    assert set(found["samples"]) == {"ours-asgi", "constant-asgi", *PATHS, *known}
    assert {sample["failures"] for (sample,) in found["samples"].values()} == {0}
    assert all(read > 0 for arrival in found["arrivals"] for read in arrival["milliseconds"])


def test_nginx_gives_from_its_cache_what_it_gives_from_a_file(bench):
    require_program("nginx")

    done = bench("--servers", "ours-nginx", "file-nginx", "--parts", "hot")

    assert done.returncode == 0, done.stderr
    assert "rate ours-nginx : file-nginx" in done.stdout


def test_a_page_is_weighed_and_seen_in_a_browser(bench, tmp_path):
    require_program("chromium")
    written = tmp_path / "pages.json"

    done = bench(
        *("--json", str(written), "--pages", "/", "<faq-answer>"), module="tests.bench.browser"
    )
    found = json.loads(written.read_text(encoding="utf-8"))

    assert done.returncode == 0, done.stderr
    (page,), (element,) = found["/"], found["<faq-answer>"]
    assert page["requests"] >= 3
    assert page["bytes"] > 1_000
    assert element["paint"] > 0
    assert element["answer"] > 0
    lines = [line for line in done.stdout.splitlines() if line.startswith(("/ ", "<faq-answer> "))]
    assert [line.count("reached") for line in lines] == [2, 2]


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
