"""Fields that all documents share: sources, review dates and derived fields."""

from typing import cast

from marshmallow import Schema

from schemas.fields import Day, Id, Instant, List, Nested, ReleaseId, Text, Uri, WholeNumber
from schemas.words import Enum

CONFIDENCES = ("confirmed", "stated", "third_party", "sample")
REVIEW_STATES = ("unreviewed", "current", "overdue")
#: Authored fields about reviews. Changes to them do not create a revision.
REVIEW_FIELDS = frozenset({"written_on", "reviewed_on", "review_by"})


class SourceSchema(Schema):
    """A source of the document, and how reliable it is."""

    title = Text("Title of the source.")
    url = Uri("URL of the source. Null if it has none.", allow_none=True)
    published_on = Day(
        "Day the source was published. Null if unknown.", allow_none=True, load_default=None
    )
    retrieved_on = Day("Day the source was read. Null if not recorded.", allow_none=True)
    confidence = Enum(
        "Confidence",
        CONFIDENCES,
        "How reliable the source is. confirmed: documented in detail by the responsible party; "
        "stated: claimed by them without details; third_party: published by somebody else; "
        "sample: placeholder data, not real.",
    )


class FreshnessSchema(Schema):
    """Review status, with the dates of writing, the last review and the next one."""

    written_on = Day("Day the text was written.")
    reviewed_on = Day(
        "Day a person last checked the text against its sources. Null if nobody has yet.",
        allow_none=True,
    )
    review_by = Day("Day by which the next review is due.")
    state = Enum(
        "ReviewState",
        REVIEW_STATES,
        "unreviewed: not reviewed yet; current: reviewed; overdue: review_by has passed.",
    )


class FactLinksSchema(Schema):
    """URL paths related to a fact."""

    self = Text("URL path of this document.")
    cited_by = Text("URL path of the list of answers that cite this document.")


class PlainLinksSchema(Schema):
    """URL paths related to a document."""

    self = Text("URL path of this document.")


class FaqLinksSchema(Schema):
    """URL paths related to an answer."""

    self = Text("URL path of this answer.")
    revisions = Text("URL path of its revisions.")


class AuthoredPart(Schema):
    """Authored fields that every document has, after those of its kind."""

    aliases = List(
        Id("A former ID."),
        "Former IDs of this document. Requests for them are redirected to it.",
        load_default=list,
        load_only=True,
    )
    sources = List(Nested(SourceSchema, "A source."), "Sources, most reliable first.")
    caveats = List(
        Text("A caveat."),
        "Doubts, gaps and contradictions between sources.",
        load_default=list,
    )
    written_on = Day("Day the text was written.", load_only=True)
    reviewed_on = Day(
        "Day a person last checked the text against its sources. Null if nobody has yet.",
        load_only=True,
        load_default=None,
        allow_none=True,
    )
    review_by = Day("Day by which the next review is due.", load_only=True)
    deprecated_on = Day(
        "First day on which you should no longer use this document. Null if it is not deprecated.",
        load_default=None,
    )
    sunset_on = Day(
        "The document may be removed after this day. Null if no removal is planned.",
        load_default=None,
    )


class FactPart(AuthoredPart):
    """Derived fields of every fact."""

    freshness = Nested(FreshnessSchema, "Review status.", dump_only=True)
    updated_at = Instant(
        "When the content last changed. Review-date updates do not count.", dump_only=True
    )
    release = ReleaseId("Latest release that changed this document.", dump_only=True)
    links = Nested(FactLinksSchema, "Related URL paths.", dump_only=True)


class FaqPart(AuthoredPart):
    """Derived fields of every answer."""

    freshness = Nested(FreshnessSchema, "Review status.", dump_only=True)
    revision = WholeNumber("Revision number, starting at 1.", dump_only=True)
    updated_at = Instant(
        "When the content last changed. Review-date updates do not count.", dump_only=True
    )
    release = ReleaseId("Latest release that changed this answer.", dump_only=True)
    links = Nested(FaqLinksSchema, "Related URL paths.", dump_only=True)


class PlainPart(Schema):
    """Derived fields of documents without sources, review dates and aliases."""

    updated_at = Instant("When this document last changed.", dump_only=True)
    release = ReleaseId("Latest release that changed this document.", dump_only=True)
    links = Nested(PlainLinksSchema, "Related URL paths.", dump_only=True)


def build_document_schema(kind: type[Schema], part: type[Schema]) -> type[Schema]:
    """Return the schema of a complete document: the fields of *kind*, then those of *part*.

    The fields that it loads are those in source files and releases. The fields that it dumps are
    those in responses.
    """
    return cast("type[Schema]", type(kind.__name__, (part, kind), {"__doc__": kind.__doc__}))
