"""Schema of topics."""

from marshmallow import Schema

from schemas.fields import Id, Text, WholeNumber


class TopicSchema(Schema):
    """A topic and how many answers it has."""

    id = Id("ID of the topic.", example="network")
    title = Text("Title shown to users.")
    description = Text("Subjects that the topic includes.")
    position = WholeNumber(
        "Position in the list, starting at 1.", load_only=True, facets={"minimum": 1}
    )
    faq_count = WholeNumber("Number of current answers.", title="Answers", dump_only=True)
