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

    collection = Text("Collection cited.")
    id = Id("Document cited. Null for all that `where` selects.", allow_none=True)
    fields_ = List(Text("A field."), "Fields shown.", data_key="fields")
    where = Anything(
        "Filter",
        "Fields and the values that select documents of the collection.",
        values=Text("A value."),
    )


class StoredChangeSchema(Schema):
    """One change as a release stores it."""

    class Meta:
        """A later release may have more fields."""

        unknown = EXCLUDE

    action = Enum("StoredAction", ACTIONS, "Whether the document is put or deleted.")
    collection = Text("Collection name.")
    id = Id("Document ID.")
    body = Anything("Body", "The whole document. Null if it is deleted.", allow_none=True)
    cites = List(Nested(StoredCitationSchema, "A citation."), "What it shows of other documents.")
    reason = Text("Why it was withdrawn. Null otherwise.", allow_none=True)
    successor = DocumentPath(
        "collection/id of what to read instead. Null if there is none.", allow_none=True
    )


class StoredReleaseSchema(Schema):
    """A release file. Source: docs/releases.md."""

    class Meta:
        """A later release may have more fields; its digest covers all of it."""

        unknown = EXCLUDE

    format = WholeNumber("Version of the file format.")
    number = WholeNumber("Position in the chain, starting at 1.")
    release = ReleaseId("Name of the release: its day and its number on that day.")
    published_at = Instant("When the release was published.")
    summary = Text("What changed, for people.")
    previous = Digest("Digest of the previous release. Null for the first.", allow_none=True)
    changes = List(Nested(StoredChangeSchema, "A change."), "Changes of the release.")
    digest = Digest("SHA-256 digest of the canonical JSON of the other fields.")


class CauseSchema(Schema):
    """A document whose change caused another."""

    collection = Text("Collection name.")
    id = Id("Document ID.")


class ChangeSchema(Schema):
    """How one document differs between two releases."""

    collection = Text("Collection name.", example="ip-ranges")
    id = Id("Document ID.", example="uk-from-v4-1")
    action = Enum("ChangeAction", CHANGE_ACTIONS, "What happened to the document.")
    fields_ = List(
        Text("A field."),
        "Fields that differ. Empty if the document was added or removed.",
        data_key="fields",
    )
    before = Anything(
        "AuthoredFields", "Authored fields before. Null if the document was added.", allow_none=True
    )
    after = Anything(
        "AuthoredFields",
        "Authored fields after. Null if the document was removed.",
        allow_none=True,
    )
    impact = Enum(
        "Impact",
        IMPACTS,
        "What an administrator has to do: allow something, remove something, update something, "
        "or only read.",
    )
    effective_on = Day(
        "Day on which the change takes effect. Null if it took effect with the release.",
        allow_none=True,
    )
    reason = Text(
        "Why it was withdrawn. Null if it was not, or no reason was given.", allow_none=True
    )
    successor = Text(
        "`collection/id` of what to read instead. Null if there is none.", allow_none=True
    )
    caused_by = List(
        Nested(CauseSchema, "A cause."), "For an answer: the cited documents whose values differ."
    )


class ReleaseCountsSchema(Schema):
    """How many documents a release added, changed and removed."""

    added = WholeNumber("Number of documents added.")
    changed = WholeNumber("Number of documents changed.")
    removed = WholeNumber("Number of documents removed.")


class ReleaseSummarySchema(Schema):
    """A release without its changes."""

    release = ReleaseId(
        "Name of the release: its day and its number on that day.", example="2026-11-23.01"
    )
    published_at = Instant("When the release was published.")
    summary = Text("What changed, for people.")
    digest = Digest("SHA-256 digest of the canonical JSON of the release.")
    previous = Digest("Digest of the previous release. Null for the first.", allow_none=True)
    counts = Nested(ReleaseCountsSchema, "Number of changes by kind.")


class ReleaseSchema(ReleaseSummarySchema):
    """A release with its changes."""

    changes = List(Nested(ChangeSchema, "A change."), "Differences from the previous release.")


class RevisionSchema(Schema):
    """One revision of an answer."""

    revision = WholeNumber("Revision number, starting at 1.")
    release = ReleaseId("Release that made this revision.")
    published_at = Instant("When that release was published.")
    action = Enum("ChangeAction", CHANGE_ACTIONS, "What happened to the answer.")
    fields_ = List(Text("A field."), "Fields that changed.", data_key="fields")
    caused_by = List(Nested(CauseSchema, "A cause."), "Cited documents whose values changed.")
    reason = Text(
        "Why it was withdrawn. Null if it was not, or no reason was given.", allow_none=True
    )
    successor = Text(
        "`collection/id` of what to read instead. Null if there is none.", allow_none=True
    )
