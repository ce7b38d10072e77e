"""A document that was published and is no more."""

from marshmallow import Schema

from schemas.fields import Id, Text


class WithdrawalSchema(Schema):
    """An entry of `withdrawn.yaml`."""

    collection = Text("The collection it was in.")
    id = Id("The id it had.")
    reason = Text("Why it was withdrawn, for readers.")
    successor = Text("collection/id of what to read instead; null: nothing.", load_default=None)
