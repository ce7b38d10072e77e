"""The wheel holds all that the service needs, and the service runs from it alone."""

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from zipfile import ZipFile

import pytest

from api.rendering.assets import SWAGGER_UI
from hatch_build import find_notes
from tests.project.test_layers import PACKAGES, ROOT

PROGRAM = """
import sys
import api.app
from api.app import create_app
print(api.app.__file__)
client = create_app().test_client()
for path in sys.argv[1:]:
    print(client.get(path).status_code)
"""
BUNDLE = f"/docs/swagger-ui-{SWAGGER_UI}/swagger-ui-bundle.js"
#: The content that is beside the code, and what belongs to it.
DEMONSTRATION = re.compile(
    r"content/((faqs|facts|kinds|releases|openapi)/.*|[^/]+\.(yaml|svg|png)|\.gitattributes)"
)
PATHS = ["/docs", BUNDLE, "/v1/openapi.json", "/problems"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """A folder with what a wheel of this checkout holds."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_every_file_of_every_package_is_in_it_and_the_demonstration_is_not(unpacked):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout.splitlines()

    demonstration = {name for name in listed if DEMONSTRATION.fullmatch(name)}
    packed = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")}
    assert {name for name in listed if (ROOT / name).exists()} - packed == demonstration
    assert "api/static/swagger-ui/swagger-ui-bundle.js" in packed
    assert "content/releases/00001.json" in demonstration


def test_it_requires_the_versions_that_are_tested(unpacked):
    (metadata,) = unpacked.glob("*.dist-info")
    required = importlib.metadata.PathDistribution(metadata).requires

    pinned = {line.partition("==")[0] for line in required if "==" in line}
    ours = {re.split("[<>=]", line)[0] for line in required}
    assert pinned == ours
    assert {"flask", "werkzeug"} <= pinned
    assert "hatchling" not in pinned
    locked = (ROOT / "requirements.lock").read_text()
    assert all(f"\n{line} \\\n" in f"\n{locked}" for line in required if "==" in line)


def test_the_version_has_notes_of_its_own():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text()

    notes = find_notes(changelog, version)

    assert notes.startswith(f"## [{version}] - ")
    assert notes.count("\n## ") == 0
    assert len(notes.splitlines()) > 3
    assert find_notes(changelog, "9.9.9") == ""


def test_pages_are_served_from_it(unpacked, tmp_path):
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, *PATHS],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    place, *statuses = done.stdout.split()
    assert place == str(unpacked / "api" / "app.py")
    assert statuses == ["200"] * len(PATHS)
