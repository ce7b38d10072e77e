"""The elements for pages of others: small, in one file, and every release kept as it was."""

import re
from base64 import b64encode
from hashlib import sha384

import pytest

from api.rendering.assets import EMBED, EMBED_VERSIONS, FOLDER
from tests.project.test_layers import ROOT

MAX_BYTES = 10 * 1_024
LIVE = FOLDER / "embed" / EMBED
PAGE = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
VERSIONS = [*EMBED_VERSIONS, None]


def locate(version: str | None) -> str:
    """The path of *version*; None: that of the newest of version 1."""
    return f"/embed/v{version or 1}/{EMBED}"


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_within_ten_kilobytes_as_it_is_sent(client, version):
    sent = client.get(locate(version), headers={"Accept-Encoding": "gzip"})

    assert sent.headers["Content-Encoding"] == "gzip"
    assert len(sent.data) <= MAX_BYTES


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_a_module_that_any_page_may_load(client, version):
    headers = client.get(locate(version), headers={"Origin": "https://console.example"}).headers

    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_moving_one_is_asked_for_often_and_outlasts_a_week_without_an_answer(client):
    message = client.get(locate(None)).headers["Cache-Control"]

    assert message == "public, max-age=300, stale-while-revalidate=604800, stale-if-error=604800"


@pytest.mark.parametrize("version", EMBED_VERSIONS)
def test_a_release_is_kept_for_ever_as_it_was(client, version):
    sent = client.get(locate(version))
    digest = b64encode(sha384(sent.data).digest()).decode()

    assert sent.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    # The page is what others have copied the hash from: a row of it is never changed either.
    assert f"| `{version}` | `sha384-{digest}` |" in PAGE


def test_every_release_is_in_a_folder_of_its_own_and_on_the_page():
    folders = {path.name for path in LIVE.parent.iterdir() if path.is_dir()}
    rows = re.findall(r"^\| `(\d+\.\d+\.\d+)` \| `sha384-", PAGE, re.MULTILINE)

    assert folders == {f"v{version}" for version in EMBED_VERSIONS}
    assert sorted(rows) == sorted(EMBED_VERSIONS)
    # What the moving address serves is a version that can be pinned.
    assert LIVE.read_bytes() == (LIVE.parent / f"v{EMBED_VERSIONS[-1]}" / EMBED).read_bytes()


def test_one_hash_covers_all_that_runs():
    source = LIVE.read_text(encoding="utf-8")

    assert re.findall(r"^\s*import\b|\bimport\s*\(|importScripts", source, re.MULTILINE) == []
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|DOMParser|setHTML", source) == []
    assert re.findall(r"\beval\(|new Function|document\.write|\.style\b|<style", source) == []


@pytest.mark.parametrize("version", ["v2", "v1.0", "v0.9.0", "1.0.0", "latest"])
def test_a_version_that_is_not_there_leads_to_one_that_is(client, version):
    answer = client.get(f"/embed/{version}/{EMBED}")

    assert answer.status_code == 404
    assert "/embed/v1" in answer.get_json()["detail"]
