"""The wheel holds all that the service needs, and the service runs from it alone."""

import os
import subprocess
import sys
from zipfile import ZipFile

import pytest

from api.rendering.assets import SWAGGER_UI
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


def test_every_file_of_every_room_is_in_it(unpacked):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout.splitlines()

    missing = [name for name in listed if (ROOT / name).exists() and not (unpacked / name).exists()]
    assert missing == []
    assert "api/static/swagger-ui/swagger-ui-bundle.js" in listed


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
