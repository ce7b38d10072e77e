"""An answer to a question that administrators ask."""

from marshmallow import Schema

from schemas.fields import Id, List, Markdown, Nested, Reference, ReleaseId, Text, WholeNumber
from schemas.words import Enum

FAQ_STATUSES = ("current", "deprecated")


class AnswerSchema(Schema):
    """One text in three formats, with every value filled in."""

    markdown = Markdown("The answer in CommonMark with tables.")
    html = Text("The answer as an HTML fragment, safe to insert.")
    text = Text("The answer as plain text.")


class LanguageSchema(Schema):
    """Which language was served, and which there are."""

    served = Text("BCP 47 tag of the language served.", example="en")
    available = List(Text("A BCP 47 tag."), "Languages this answer is available in.")


class FactUsedSchema(Schema):
    """A document whose values an answer shows."""

    collection = Text("Collection name.", example="oauth-clients")
    id = Id("Document ID.", example="google")
    release = ReleaseId("Latest release that changed a value this answer shows.")


class FaqSchema(Schema):
    """A question and its answer."""

    id = Id("Permanent ID of the answer.", example="fixed-ip-addresses")
    question = Text("Question, as an administrator would ask it.")
    summary = Text("The answer in at most 300 characters, complete in itself.")
    answer = Nested(AnswerSchema, "The answer, filled in.", dump_only=True)
    markdown = Markdown("The answer as written, with placeholders.", load_only=True)
    position = WholeNumber(
        "Position in the list, starting at 1.", load_only=True, facets={"minimum": 1}
    )
    topics = List(Reference("topics", "A topic."), "Topics of the answer.")
    applies_to = List(
        Reference("clouds", "One of the clouds, by its ID."),
        "Clouds it applies to. Empty if it applies to all.",
        load_default=list,
    )
    status = Enum("FaqStatus", FAQ_STATUSES, "current, or deprecated: no longer to be used.")
    language = Nested(LanguageSchema, "Language served and languages available.", dump_only=True)
    facts_used = List(
        Nested(FactUsedSchema, "A fact."), "Facts whose values the answer shows.", dump_only=True
    )
    related = List(Reference("faqs", "An answer."), "Answers to read next.", load_default=list)


#: The fields of an answer in a list.
SUMMARY_FIELDS = (
    *("id", "question", "summary", "topics", "applies_to", "status"),
    *("deprecated_on", "sunset_on"),
    *("freshness", "revision", "updated_at", "release", "links"),
)
