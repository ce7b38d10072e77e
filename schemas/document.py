"""What every document shares: its sources, its review dates, and its derived fields."""

from typing import cast

from marshmallow import Schema

from schemas.fields import Day, Id, Instant, List, Nested, ReleaseId, Text, Uri, WholeNumber
from schemas.words import Enum

CONFIDENCES = ("confirmed", "stated", "third_party", "sample")
REVIEW_STATES = ("unreviewed", "current", "overdue")
#: Authored fields about the review, not the facts: they make no new revision.
REVIEW_FIELDS = frozenset({"written_on", "reviewed_on", "review_by"})


class SourceSchema(Schema):
    """Where a statement comes from, and how sure it is."""

    title = Text("Title of the source.")
    url = Uri("Address of the source. Null if it has none.", allow_none=True)
    published_on = Day(
        "Day the source was published. Null if unknown.", allow_none=True, load_default=None
    )
    retrieved_on = Day("Day the source was read. Null if not recorded.", allow_none=True)
    confidence = Enum(
        "Confidence",
        CONFIDENCES,
        "How sure the statement is. confirmed: described in detail by whoever decides it; stated: "
        "stated by them without details; third_party: published by somebody else; sample: "
        "placeholder data, not real.",
    )


class FreshnessSchema(Schema):
    """When a document was written and last reviewed, and when the next review is due."""

    written_on = Day("Day the text was written.")
    reviewed_on = Day(
        "Day a person last checked the text against its sources. Null if nobody has yet.",
        allow_none=True,
    )
    review_by = Day("Day by which the next review is due.")
    state = Enum(
        "ReviewState",
        REVIEW_STATES,
        "unreviewed: not reviewed yet; current: reviewed; overdue: the day of review_by has "
        "passed.",
    )


class FactLinksSchema(Schema):
    """Paths that belong to a fact."""

    self = Text("URL path of this document.")
    cited_by = Text("URL path of the answers that cite it.")


class PlainLinksSchema(Schema):
    """Paths that belong to a document."""

    self = Text("The path of this document.")


class FaqLinksSchema(Schema):
    """Paths that belong to an answer."""

    self = Text("URL path of this answer.")
    revisions = Text("URL path of its revisions.")


class AuthoredPart(Schema):
    """What an editor adds to every document after the fields of its kind."""

    aliases = List(
        Id("A former ID."),
        "Former IDs of this document. Requests for them are redirected to it.",
        load_default=list,
        load_only=True,
    )
    sources = List(Nested(SourceSchema, "A source."), "Where this comes from, best source first.")
    caveats = List(
        Text("A caveat."),
        "Doubts, gaps and disagreements between sources.",
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
        "First day on which this should no longer be used. Null if it is not deprecated.",
        load_default=None,
    )
    sunset_on = Day(
        "This may be removed after this day. Null if no removal is planned.",
        load_default=None,
    )


class FactPart(AuthoredPart):
    """The derived fields of every fact."""

    freshness = Nested(FreshnessSchema, "Review status.", dump_only=True)
    updated_at = Instant(
        "When the content last changed. Review-date updates do not count.", dump_only=True
    )
    release = ReleaseId("Latest release that changed this document.", dump_only=True)
    links = Nested(FactLinksSchema, "Related URL paths.", dump_only=True)


class FaqPart(AuthoredPart):
    """The derived fields of every answer."""

    freshness = Nested(FreshnessSchema, "Review status.", dump_only=True)
    revision = WholeNumber("Revision number, starting at 1.", dump_only=True)
    updated_at = Instant(
        "When the content last changed. Review-date updates do not count.", dump_only=True
    )
    release = ReleaseId("Latest release that changed this answer.", dump_only=True)
    links = Nested(FaqLinksSchema, "Related URL paths.", dump_only=True)


class PlainPart(Schema):
    """What is served with a document that has no sources, review dates and aliases."""

    updated_at = Instant("When this document last changed.", dump_only=True)
    release = ReleaseId("The newest release that changed this document.", dump_only=True)
    links = Nested(PlainLinksSchema, "Paths that belong to this document.", dump_only=True)


def build_document_schema(kind: type[Schema], part: type[Schema]) -> type[Schema]:
    """Return the schema of a whole document: the fields of its *kind*, then those of *part*.

    What `load` accepts is what an editor writes and a release stores; what `dump` would give is
    what a client reads.
    """
    return cast("type[Schema]", type(kind.__name__, (part, kind), {"__doc__": kind.__doc__}))
