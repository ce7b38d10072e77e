"""Releases and changes, as they are stored and as they are served."""

from marshmallow import EXCLUDE, Schema

from schemas.fields import (
    Anything,
    Day,
    Digest,
    Id,
    Instant,
    List,
    Nested,
    ReleaseId,
    Text,
    WholeNumber,
)
from schemas.query import DocumentPath
from schemas.words import Enum

LEDGER_FORMAT = 1
ACTIONS = ("put", "delete")
CHANGE_ACTIONS = ("added", "changed", "removed")
IMPACTS = ("allow", "remove", "update", "read")


class StoredCitationSchema(Schema):
    """What a published document shows of others."""

    class Meta:
        """A later release may have more fields."""

        unknown = EXCLUDE

    collection = Text("The collection cited.")
    id = Id("The document cited; null: all that `where` selects.", allow_none=True)
    fields_ = List(Text("A field."), "The fields shown.", data_key="fields")
    where = Anything(
        "Filter", "Field and value that narrow a whole collection.", values=Text("A value.")
    )


class StoredChangeSchema(Schema):
    """One change as a release stores it."""

    class Meta:
        """A later release may have more fields."""

        unknown = EXCLUDE

    action = Enum("StoredAction", ACTIONS, "What is done.")
    collection = Text("The collection of the document.")
    id = Id("The id of the document.")
    body = Anything("Body", "The whole document; null when it is deleted.", allow_none=True)
    cites = List(Nested(StoredCitationSchema, "A citation."), "What it shows of others.")
    reason = Text("Why it was withdrawn; null otherwise.", allow_none=True)
    successor = DocumentPath("collection/id to read instead; null: none.", allow_none=True)


class StoredReleaseSchema(Schema):
    """A release file. Source: docs/releases.md."""

    class Meta:
        """A later release may have more fields; its digest covers all of it."""

        unknown = EXCLUDE

    format = WholeNumber("The format of this file.")
    number = WholeNumber("Its place in the chain, from 1.")
    release = ReleaseId("What people call it.")
    published_at = Instant("When it was published.")
    summary = Text("What changed, for people.")
    previous = Digest("The digest of the release before; null for the first.", allow_none=True)
    changes = List(Nested(StoredChangeSchema, "A change."), "What it changes.")
    digest = Digest("SHA-256 over the canonical JSON of all the above.")


class CauseSchema(Schema):
    """A document whose change caused another."""

    collection = Text("Its collection.")
    id = Id("Its id.")


class ChangeSchema(Schema):
    """How one document differs between two releases."""

    collection = Text("Its collection.", example="ip-ranges")
    id = Id("Its id.", example="uk-from-v4-1")
    action = Enum("ChangeAction", CHANGE_ACTIONS, "What happened to it.")
    fields_ = List(
        Text("A field."),
        "The fields that differ; empty when it was added or removed.",
        data_key="fields",
    )
    before = Anything(
        "AuthoredFields", "Its authored fields before; null when it was added.", allow_none=True
    )
    after = Anything(
        "AuthoredFields", "Its authored fields after; null when it was removed.", allow_none=True
    )
    impact = Enum(
        "Impact",
        IMPACTS,
        "What it asks of an administrator: allow something, remove something, update something, "
        "or only read.",
    )
    effective_on = Day(
        "The day from which it holds, when that is not the day of the release; null: at once.",
        allow_none=True,
    )
    reason = Text("Why it was withdrawn; null when it was not, or not said.", allow_none=True)
    successor = Text("`collection/id` of what to read instead; null: none.", allow_none=True)
    caused_by = List(
        Nested(CauseSchema, "A cause."), "The cited documents whose values differ, for an answer."
    )


class ReleaseCountsSchema(Schema):
    """How many documents a release added, changed and removed."""

    added = WholeNumber("Documents added.")
    changed = WholeNumber("Documents changed.")
    removed = WholeNumber("Documents removed.")


class ReleaseSummarySchema(Schema):
    """A release without its changes."""

    release = ReleaseId("What people call it.", example="2026-11-23.01")
    published_at = Instant("When it was published.")
    summary = Text("What changed, for people.")
    digest = Digest("SHA-256 over its canonical JSON.")
    previous = Digest("The digest of the release before; null for the first.", allow_none=True)
    counts = Nested(ReleaseCountsSchema, "How much it changed.")


class ReleaseSchema(ReleaseSummarySchema):
    """A release with its changes."""

    changes = List(Nested(ChangeSchema, "A change."), "How documents differ from the one before.")


class RevisionSchema(Schema):
    """One revision of an answer."""

    revision = WholeNumber("Its number, beginning with 1.")
    release = ReleaseId("The release that made it.")
    published_at = Instant("When that was published.")
    action = Enum("ChangeAction", CHANGE_ACTIONS, "What happened to the answer.")
    fields_ = List(Text("A field."), "The fields that changed.", data_key="fields")
    caused_by = List(Nested(CauseSchema, "A cause."), "The cited documents whose values changed.")
    reason = Text("Why it was withdrawn; null when it was not, or not said.", allow_none=True)
    successor = Text("`collection/id` of what to read instead; null: none.", allow_none=True)
