"""A folder of version 0.1 is served and published from, after what docs/upgrading.md says."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.repositories import ROOT, SETTINGS, Repository
from tests.terminal import FAQTS, build_environment, run

BEFORE = Path(__file__).parent / "0.1.0"


def read_steps(title: str) -> str:
    """The commands below a heading of docs/upgrading.md."""
    text = (ROOT / "docs" / "upgrading.md").read_text()
    section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    (steps,) = re.findall(r"^```console\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    return steps


@pytest.fixture
def before(tmp_path):
    """A repository as version 0.1 left it: sources, and three releases in its words."""
    shutil.copytree(BEFORE, tmp_path, dirs_exist_ok=True)
    repository = Repository(tmp_path)
    repository.git("init", "-q", "-b", "main")
    repository.commit()
    repository.instant = datetime.now(UTC)
    return repository


def read_releases(repository):
    return {path.name: path.read_bytes() for path in repository.path("releases").iterdir()}


def test_the_releases_are_served_before_anything_is_changed(before):
    client = before.client(today=None)

    first = client.get("/v1/traffic-classes/from-service?release=2026-11-20.01").get_json()
    gone = client.get("/v1/faqs/old-page")

    assert run(before, "verify").stdout.startswith("3 releases verified")
    assert first["initiator"] == "service"
    assert first["freshness"]["written_on"] == first["freshness"]["reviewed_on"] == "2026-11-20"
    assert client.get("/faqs/fixed-ip-addresses").status_code == 200
    assert gone.status_code == 410
    assert before.git("status", "--porcelain") == ""


def test_the_steps_make_files_that_say_what_was_published(before):
    releases = read_releases(before)

    done = subprocess.run(
        ["bash", "-e", "-c", read_steps("From 0.1 to 1.0")],
        cwd=before.root,
        env=build_environment(SETTINGS | {"PATH": f"{Path(FAQTS).parent}:/usr/bin:/bin"}),
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert "no faults." in done.stdout
    changes = [line for line in done.stdout.splitlines() if line.startswith(("+", "-", "~"))]
    assert all("site/site" in line for line in changes), done.stdout
    assert read_releases(before) == releases

    answer = before.path("faqs/fixed-ip-addresses.md")
    answer.write_text(answer.read_text().replace("Approve the client", "Also approve the client"))
    before.commit("Upgrade")
    published = run(before, "publish", "-m", "The first release of version 1.0")

    assert published.exit_code == 0, published.stderr
    assert {name: read_releases(before)[name] for name in releases} == releases
    assert {str(change.key) for change in before.archive().latest.release.changes} <= {
        "site/site",
        "faqs/fixed-ip-addresses",
    }
    before.instant = datetime.now(UTC)
    answer = before.client(today=None).get("/v1/faqs/fixed-ip-addresses").get_json()
    assert "Also approve" in answer["answer"]["markdown"]
    assert run(before, "verify").exit_code == 0
