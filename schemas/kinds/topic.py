"""A topic that answers are sorted under."""

from marshmallow import Schema

from schemas.fields import Id, Text, WholeNumber


class TopicSchema(Schema):
    """A topic and how many answers it has."""

    id = Id("The name of this topic.", example="network")
    title = Text("What readers see.")
    description = Text("What belongs here.")
    position = WholeNumber(
        "Where it stands in the list, beginning with 1.", load_only=True, facets={"minimum": 1}
    )
    faq_count = WholeNumber("How many current answers it has.", dump_only=True)
