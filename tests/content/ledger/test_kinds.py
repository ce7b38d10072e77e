"""Kinds that the content declares: each release is read with the kinds in force after it."""

import json
import re
from datetime import UTC, datetime

import pytest

from content.answers.answer import ReadContext
from content.answers.facts import get_fact, list_facts
from content.changes.net_changes import compare_releases
from content.documents import Document, Key
from content.ledger.release import (
    Change,
    ReleaseFault,
    build_release,
    compute_digest,
    parse_release,
)
from content.ledger.store import Ledger
from schemas.collections import COLLECTIONS
from tests.content_factory import ContentFactory

HOST = {"name": "host", "type": "host", "required": True}
PORT = {"name": "port", "type": "number"}
TAGS = {"name": "tags", "list": True}
UK = {"id": "uk", "host": "smtp-uk.example.com"}
DE = {"id": "de", "host": "smtp-de.example.com"}


@pytest.fixture
def grown(tmp_path):
    """Two hosts; then their kind gets two fields, and one host a port; then all is withdrawn."""
    factory = ContentFactory(tmp_path).world()
    factory.kind("smtp-hosts", HOST)
    factory.facts("smtp-hosts", UK, DE)
    factory.publish("Hosts.")
    factory.kind("smtp-hosts", HOST, PORT, TAGS)
    factory.facts("smtp-hosts", {**UK, "port": 25}, DE)
    factory.publish("Ports.")
    factory.path("kinds/smtp-hosts.yaml").unlink()
    factory.path("facts/smtp-hosts.yaml").unlink()
    keys = [("kinds", "smtp-hosts"), ("smtp-hosts", "uk"), ("smtp-hosts", "de")]
    factory.withdrawn(*({"collection": c, "id": i, "reason": "Gone."} for c, i in keys))
    factory.publish("No hosts.")
    return factory


def read(archive, number):
    return ReadContext(archive.get_numbered(number), "2026-03-01")


def test_each_release_is_read_with_the_kinds_of_then(grown):
    archive = grown.archive()
    first, second, third = (read(archive, number) for number in (1, 2, 3))

    assert [r.collections.declared != () for r in archive.history.releases] == [True, True, False]
    assert archive.collections is archive.latest.collections
    assert "port" not in get_fact(first, "smtp-hosts", "uk").body
    assert get_fact(second, "smtp-hosts", "uk").body["port"] == 25
    de = get_fact(second, "smtp-hosts", "de").body
    assert (de["port"], de["tags"]) == (None, [])
    # The kind got fields, but nobody published the document anew.
    assert de["release"] == first.catalogue.release.id
    assert [i["id"] for i in list_facts(second, "smtp-hosts").body["items"]] == ["de", "uk"]
    assert "smtp-hosts" not in third.catalogue.collections
    assert "smtp-hosts" in third.catalogue.known_collections


def test_a_document_whose_kind_got_a_field_is_not_published_again(grown):
    changes = [[str(c.key) for c in r.changes] for r in grown.archive().history.releases]

    assert "smtp-hosts/de" in changes[0]
    assert changes[1] == ["kinds/smtp-hosts", "smtp-hosts/uk"]
    assert changes[2] == ["kinds/smtp-hosts", "smtp-hosts/de", "smtp-hosts/uk"]


def test_equal_declarations_have_the_same_collection(grown):
    one, other = (Ledger(grown.place.ledger.folder, COLLECTIONS).read() for _ in range(2))

    assert one.releases == other.releases
    for a, b in zip(one.releases, other.releases, strict=True):
        assert list(a.collections) == list(b.collections)
        assert all(x is y for x, y in zip(a.collections, b.collections, strict=True))


def test_withdrawing_a_kind_removes_its_documents_from_the_changes_too(grown):

    archive = grown.archive()
    changes = compare_releases(archive.latest, 2)

    assert [(c["collection"], c["id"], c["action"]) for c in changes] == [
        ("kinds", "smtp-hosts", "removed"),
        ("smtp-hosts", "de", "removed"),
        ("smtp-hosts", "uk", "removed"),
    ]
    assert archive.history.find_document(Key("smtp-hosts", "uk"), 3) is None


FIELD = {**HOST, "description": "A name.", "list": False}
FILTER = {"field": "host", "parameter": None, "multiple": False}
KIND = {"id": "smtp-hosts", "title": "Hosts", "one": "host", "description": "A.", "fields": [FIELD]}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"order": ["nothing"]}, "order.0: unknown field 'nothing'; use one of host."),
        ({"fields": [{**FIELD, "type": "later"}]}, "'later' is not one of text"),
        (
            {"fields": [{**FIELD, "name": "happens_on"}]},
            "'happens_on' must be a single day",
        ),
        ({"filters": [{**FILTER, "parameter": "release"}]}, "every list has a parameter 'release'"),
        (
            {"filters": [FILTER, {**FILTER, "multiple": True}]},
            "a filter for 'host' already exists",
        ),
        # What is reserved, and how long a title is, may differ in a later version.
        ({"title": "A" * 500, "fields": [{**FIELD, "name": "shows"}]}, None),
    ],
)
def test_a_release_is_read_unless_no_collection_can_be_built(change, fault):
    document = Document(Key("kinds", "smtp-hosts"), COLLECTIONS["kinds"].strict.load(KIND))
    change_of_kind = Change(document.key, document)
    _, data = build_release(None, datetime(2026, 2, 1, tzinfo=UTC), "A kind.", [change_of_kind])
    stored = json.loads(data)
    stored["changes"][0]["body"] |= change
    stored["digest"] = compute_digest(stored)
    written = json.dumps(stored).encode()

    if fault is None:
        (declared,) = parse_release(written, None, COLLECTIONS).collections.declared
        assert declared.authored[:2] == ("id", "shows")
    else:
        with pytest.raises(ReleaseFault, match=re.escape(fault)):
            parse_release(written, None, COLLECTIONS)
