"""The releases in this repository: each of them stays readable for ever."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
import rfc8785

from content.ledger.catalogue import build_archive
from content.ledger.store import Ledger
from schemas.collections import COLLECTIONS

FOLDER = Path(__file__).parents[3] / "content" / "releases"
FILES = sorted(FOLDER.glob("*.json"))


@pytest.fixture(scope="module")
def state():
    """The ledger as this version reads it."""
    return Ledger(FOLDER, COLLECTIONS).read()


def test_the_whole_ledger_verifies(state):
    assert state.fault is None
    assert len(state.releases) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_release_is_read_with_all_its_changes(state, path):
    kept = json.loads(path.read_bytes())

    release = state.releases[kept["number"] - 1]

    assert path.name == f"{kept['number']:05d}.json"
    assert (release.id, release.digest) == (kept["release"], kept["digest"])
    assert [(change.key.collection, change.key.id) for change in release.changes] == [
        (change["collection"], change["id"]) for change in kept["changes"]
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_digest_is_the_one_that_an_outsider_computes(path):
    kept = json.loads(path.read_bytes())

    digest = kept.pop("digest")

    assert digest == f"sha256:{sha256(rfc8785.dumps(kept)).hexdigest()}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_document_keeps_what_was_published(state, path):
    archive = build_archive(state.releases)
    kept = json.loads(path.read_bytes())
    catalogue = archive.get_catalogue(kept["release"])

    listed = {
        f"{document.key}": document.body
        for name in COLLECTIONS.names
        for document in catalogue.list_documents(name)
    }

    for change in kept["changes"]:
        body = listed.get(f"{change['collection']}/{change['id']}")
        assert (body is None) == (change["action"] == "delete")
        known = (change["body"] or {}).keys() & (body or {}).keys()
        assert all(body[name] == change["body"][name] for name in known)
