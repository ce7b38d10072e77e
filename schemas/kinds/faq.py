"""An answer to a question that administrators ask."""

from marshmallow import Schema

from schemas.fields import Id, List, Markdown, Nested, Reference, ReleaseId, Text, WholeNumber
from schemas.words import Enum

FAQ_STATUSES = ("current", "deprecated")


class AnswerSchema(Schema):
    """One text in three forms, with every value filled in."""

    markdown = Markdown("The answer in CommonMark with tables.")
    html = Text("The answer as an HTML fragment, safe to insert.")
    text = Text("The answer as plain text.")


class LanguageSchema(Schema):
    """Which language was served, and which there are."""

    served = Text("The BCP 47 tag of the language of this answer.", example="en")
    available = List(Text("A BCP 47 tag."), "Every language this answer exists in.")


class FactUsedSchema(Schema):
    """A document whose values an answer shows."""

    collection = Text("The collection of the document.", example="oauth-clients")
    id = Id("The id of the document.", example="google")
    release = ReleaseId("The newest release that changed a value this answer shows.")


class FaqSchema(Schema):
    """A question and its answer."""

    id = Id("The name of this answer, for ever.", example="fixed-ip-addresses")
    question = Text("The question as an administrator would ask it.")
    summary = Text("The answer in at most 300 characters; stands alone.")
    answer = Nested(AnswerSchema, "The answer, filled in.", dump_only=True)
    markdown = Markdown("The answer as written, with placeholders.", load_only=True)
    position = WholeNumber(
        "Where it stands in the list, beginning with 1.", load_only=True, facets={"minimum": 1}
    )
    topics = List(Reference("topics", "A topic."), "What it is about.")
    applies_to = List(
        Reference("clouds", "A cloud."), "The clouds it is about; empty: any.", load_default=list
    )
    status = Enum("FaqStatus", FAQ_STATUSES, "Whether it should still be used.")
    language = Nested(LanguageSchema, "Its language and the others.", dump_only=True)
    facts_used = List(
        Nested(FactUsedSchema, "A fact."), "The facts whose values it shows.", dump_only=True
    )
    related = List(Reference("faqs", "An answer."), "Answers to read next.", load_default=list)


#: What a list says of an answer.
SUMMARY_FIELDS = (
    *("id", "question", "summary", "topics", "applies_to", "status"),
    *("deprecated_on", "sunset_on"),
    *("freshness", "revision", "updated_at", "release", "links"),
)
