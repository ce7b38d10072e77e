"""What every document shares: its sources, its review dates, and its derived fields."""

from typing import cast

from marshmallow import Schema

from schemas.fields import Day, Id, Instant, List, Nested, ReleaseId, Text, Uri, WholeNumber
from schemas.words import Enum

CONFIDENCES = ("confirmed", "stated", "third_party", "sample")
REVIEW_STATES = ("current", "overdue")
#: Authored fields about the review, not the facts: they make no new revision.
REVIEW_FIELDS = frozenset({"reviewed_on", "review_by"})


class SourceSchema(Schema):
    """Where a statement comes from, and how sure it is."""

    title = Text("What the source is called.")
    url = Uri("Where it can be read; null when it has no address.", allow_none=True)
    retrieved_on = Day("The day it was read; null when not recorded.", allow_none=True)
    confidence = Enum(
        "Confidence",
        CONFIDENCES,
        "confirmed: the owner's own page; stated: only in the list of questions that this content "
        "began from; third_party: somebody else's page; sample: made up to show the shape.",
    )


class FreshnessSchema(Schema):
    """When a person last checked a document, and when the next check is due."""

    reviewed_on = Day("The day a person last checked this.")
    review_by = Day("The last day before this counts as overdue.")
    state = Enum("ReviewState", REVIEW_STATES, "current, or overdue after review_by.")


class FactLinksSchema(Schema):
    """Paths that belong to a fact."""

    self = Text("The path of this document.")
    cited_by = Text("The path of the answers that cite it.")


class PlainLinksSchema(Schema):
    """Paths that belong to a document."""

    self = Text("The path of this document.")


class FaqLinksSchema(Schema):
    """Paths that belong to an answer."""

    self = Text("The path of this answer.")
    revisions = Text("The path of its revisions.")


class AuthoredPart(Schema):
    """What an editor adds to every document after the fields of its kind."""

    aliases = List(
        Id("A former id."),
        "Former ids of this document, each redirected to it.",
        load_default=list,
        load_only=True,
    )
    sources = List(Nested(SourceSchema, "A source."), "Where this comes from, the best first.")
    reviewed_on = Day("The day a person last checked this against its sources.", load_only=True)
    review_by = Day("The day by which it is to be checked again.", load_only=True)
    deprecated_on = Day(
        "The day from which this should no longer be used; null when it may be.",
        load_default=None,
    )
    sunset_on = Day(
        "The day after which this may be withdrawn; null when none is planned.",
        load_default=None,
    )


class FactPart(AuthoredPart):
    """What is said of every fact when it is read."""

    freshness = Nested(FreshnessSchema, "When it was checked.", dump_only=True)
    updated_at = Instant("When more than a review date last changed.", dump_only=True)
    release = ReleaseId("The newest release that changed this document.", dump_only=True)
    links = Nested(FactLinksSchema, "Paths that belong to this document.", dump_only=True)


class FaqPart(AuthoredPart):
    """What is said of every answer when it is read."""

    freshness = Nested(FreshnessSchema, "When it was checked.", dump_only=True)
    revision = WholeNumber("How often it has changed, beginning with 1.", dump_only=True)
    updated_at = Instant("When more than a review date last changed.", dump_only=True)
    release = ReleaseId("The newest release that changed this answer.", dump_only=True)
    links = Nested(FaqLinksSchema, "Paths that belong to this answer.", dump_only=True)


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
