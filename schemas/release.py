"""Schemas of releases and changes, in release files and in responses."""

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
    """A reference from a published document to values of other documents."""

    class Meta:
        """Ignore fields that a later version adds."""

        unknown = EXCLUDE

    collection = Text("Collection of the cited documents.")
    id = Id("ID of the cited document. Null if `where` selects them.", allow_none=True)
    fields_ = List(Text("A field."), "Cited fields.", data_key="fields")
    where = Anything(
        "Filter",
        "Field values that select documents of the collection.",
        values=Text("A value."),
    )


class StoredChangeSchema(Schema):
    """One change in a release file."""

    class Meta:
        """Ignore fields that a later version adds."""

        unknown = EXCLUDE

    action = Enum("StoredAction", ACTIONS, "Whether the document is put or deleted.")
    collection = Text("Collection name.")
    id = Id("Document ID.")
    body = Anything("Body", "The complete document. Null if it is deleted.", allow_none=True)
    cites = List(
        Nested(StoredCitationSchema, "A citation."), "Values it shows from other documents."
    )
    reason = Text("Reason for the withdrawal. Null if it was not withdrawn.", allow_none=True)
    successor = DocumentPath(
        "Replacement, as collection/id. Null if there is none.", allow_none=True
    )


class StoredReleaseSchema(Schema):
    """A release file. Source: docs/releases.md."""

    class Meta:
        """Ignore fields that a later version adds. The digest covers all fields."""

        unknown = EXCLUDE

    format = WholeNumber("Version of the file format.")
    number = WholeNumber("Number of the release, starting at 1.")
    release = ReleaseId("Name of the release: its day and its number on that day.")
    published_at = Instant("When the release was published.")
    summary = Text("Summary of the changes.")
    previous = Digest("Digest of the previous release. Null for the first.", allow_none=True)
    changes = List(Nested(StoredChangeSchema, "A change."), "Changes in the release.")
    digest = Digest("SHA-256 digest of the canonical JSON of the other fields.")


class CauseSchema(Schema):
    """A document whose change caused this one."""

    collection = Text("Collection name.")
    id = Id("Document ID.")


class ChangeSchema(Schema):
    """The difference of one document between two releases."""

    collection = Text("Collection name.", example="ip-ranges")
    id = Id("Document ID.", example="uk-from-v4-1")
    action = Enum("ChangeAction", CHANGE_ACTIONS, "Type of change.")
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
        "What administrators have to do. allow: allow something new; remove: remove something; "
        "update: update a setting; read: nothing, for information only.",
    )
    effective_on = Day(
        "Day on which the change takes effect. Null if it took effect with the release.",
        allow_none=True,
    )
    reason = Text(
        "Reason for the withdrawal. Null if it was not withdrawn or no reason was given.",
        allow_none=True,
    )
    successor = Text("Replacement, as `collection/id`. Null if there is none.", allow_none=True)
    caused_by = List(
        Nested(CauseSchema, "A cause."), "Cited documents whose values differ. Only for answers."
    )


class ReleaseCountsSchema(Schema):
    """Number of documents that a release added, changed and removed."""

    added = WholeNumber("Number of documents added.")
    changed = WholeNumber("Number of documents changed.")
    removed = WholeNumber("Number of documents removed.")


class ReleaseSummarySchema(Schema):
    """A release without its changes."""

    release = ReleaseId(
        "Name of the release: its day and its number on that day.", example="2026-11-23.01"
    )
    published_at = Instant("When the release was published.")
    summary = Text("Summary of the changes.")
    digest = Digest("SHA-256 digest of the canonical JSON of the release.")
    previous = Digest("Digest of the previous release. Null for the first.", allow_none=True)
    counts = Nested(ReleaseCountsSchema, "Number of changes by type.")


class ReleaseSchema(ReleaseSummarySchema):
    """A release with its changes."""

    changes = List(Nested(ChangeSchema, "A change."), "Changes since the previous release.")


class RevisionSchema(Schema):
    """One revision of an answer."""

    revision = WholeNumber("Revision number, starting at 1.")
    release = ReleaseId("Release that contains this revision.")
    published_at = Instant("When that release was published.")
    action = Enum("ChangeAction", CHANGE_ACTIONS, "Type of change.")
    fields_ = List(Text("A field."), "Fields that changed.", data_key="fields")
    caused_by = List(Nested(CauseSchema, "A cause."), "Cited documents whose values changed.")
    reason = Text(
        "Reason for the withdrawal. Null if it was not withdrawn or no reason was given.",
        allow_none=True,
    )
    successor = Text("Replacement, as `collection/id`. Null if there is none.", allow_none=True)
