"""Documents without sources, review dates and aliases: published, served, changed, withdrawn."""

from datetime import date

import pytest
from marshmallow import Schema

from content.authoring.check import list_overdue
from content.authoring.editing import add_document, mark_reviewed
from content.errors import UsageError
from content.sources.reader import read_sources
from schemas.collection import Collection, Collections
from schemas.collections import COLLECTIONS
from schemas.document import PlainPart, build_document_schema
from schemas.fields import Id, Text
from tests.content_factory import ContentFactory


class SignSchema(Schema):
    """A sign at a door."""

    id = Id("The name of this sign.")
    text = Text("What it says.")


SIGNS = Collection(
    name="signs",
    item="Sign",
    title="Signs",
    one="sign",
    description="Signs at doors.",
    schema=build_document_schema(SignSchema, PlainPart),
)
TABLE = Collections((SIGNS, *COLLECTIONS))


@pytest.fixture
def editor(tmp_path):
    """The world with a sign."""
    editor = ContentFactory(tmp_path, TABLE).world()
    _write(editor, "Open")
    editor.publish("Hang it up.")
    return editor


def _write(editor, text):
    editor.write("facts/signs.yaml", f"items:\n  - id: door\n    text: {text}\n")


def test_a_plain_document_is_served_and_its_changes_too(editor):
    _write(editor, "Closed")
    editor.publish("Turn it.")
    client = editor.client()

    assert client.get("/v1/signs/door").get_json() == {
        "id": "door",
        "text": "Closed",
        "updated_at": "2026-02-03T12:00:00Z",
        "release": "2026-02-03.01",
        "links": {"self": "/v1/signs/door"},
    }
    assert client.get("/v1/signs?release=2026-02-02.01").get_json()["items"][0]["text"] == "Open"
    changes = client.get("/v1/changes?since=2026-02-02.01").get_json()["items"]
    assert [(c["collection"], c["id"], c["fields"]) for c in changes] == [
        ("signs", "door", ["text"])
    ]
    paths = ("/", "/changes", "/v1/releases?format=atom")
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


def test_a_plain_document_is_never_overdue_and_not_reviewed(editor):
    overdue = list_overdue(read_sources(editor.place.root, TABLE), "2099-01-01")

    assert overdue
    assert not [fault for fault in overdue if "signs" in fault.file]
    with pytest.raises(UsageError, match="signs/door has no review date"):
        mark_reviewed(editor.place.root, TABLE, "signs/door", date(2026, 3, 1), None)


def test_a_new_plain_document_has_only_its_own_fields(editor):
    path = add_document(editor.place.root, TABLE, "signs", "gate", date(2026, 3, 1))

    assert path.read_text().endswith("  - id: gate\n    # What it says.\n    text:\n")


def test_a_plain_document_that_is_gone_has_to_be_withdrawn(editor):
    editor.write("facts/signs.yaml", "items: []\n")

    (fault,) = editor.faults("2026-03-01")
    assert "signs/door was published and is missing. Put it back, or list it in" in fault
    editor.withdrawn({"collection": "signs", "id": "door", "reason": "It fell.", "successor": None})
    editor.publish("It fell.")
    assert editor.client().get("/v1/signs/door").status_code == 410
