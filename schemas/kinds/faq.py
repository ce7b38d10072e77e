"""Schema of answers."""

from marshmallow import Schema

from schemas.fields import Id, List, Markdown, Nested, Reference, ReleaseId, Text, WholeNumber
from schemas.words import Enum

FAQ_STATUSES = ("current", "deprecated")


class AnswerSchema(Schema):
    """The text of an answer in three formats, with all values filled in."""

    markdown = Markdown("The answer as CommonMark with tables.")
    html = Text("The answer as an HTML fragment. It is safe to insert into a page.")
    text = Text("The answer as plain text.")


class LanguageSchema(Schema):
    """Language of the response, and the available languages."""

    served = Text("Language of the response, as a BCP 47 tag.", example="en")
    available = List(Text("A BCP 47 tag."), "Languages of this answer.")


class FactUsedSchema(Schema):
    """A document whose values appear in an answer."""

    collection = Text("Collection name.", example="oauth-clients")
    id = Id("Document ID.", example="google")
    release = ReleaseId("Latest release that changed a value in this answer.")


class FaqSchema(Schema):
    """A question and its answer."""

    id = Id("Permanent ID of the answer.", example="fixed-ip-addresses")
    question = Text("Question, in the words of an administrator.")
    summary = Text("Short answer of at most 300 characters that is complete in itself.")
    answer = Nested(AnswerSchema, "The full answer, in three formats.", dump_only=True)
    markdown = Markdown("Source of the answer, with placeholders.", load_only=True)
    position = WholeNumber(
        "Position in the list, starting at 1.", load_only=True, facets={"minimum": 1}
    )
    topics = List(Reference("topics", "Topic ID."), "Topics of the answer.")
    applies_to = List(
        Reference("clouds", "ID of one of the clouds."),
        "Clouds that the answer applies to. Empty if it applies to all.",
        load_default=list,
    )
    status = Enum("FaqStatus", FAQ_STATUSES, "current: valid; deprecated: do not use it any more.")
    language = Nested(LanguageSchema, "Language of the response.", dump_only=True)
    facts_used = List(
        Nested(FactUsedSchema, "A fact."),
        "Facts whose values appear in the answer.",
        dump_only=True,
    )
    related = List(Reference("faqs", "Answer ID."), "Related answers.", load_default=list)


#: Fields of an answer in a list.
SUMMARY_FIELDS = (
    *("id", "question", "summary", "topics", "applies_to", "status"),
    *("deprecated_on", "sunset_on"),
    *("freshness", "revision", "updated_at", "release", "links"),
)
