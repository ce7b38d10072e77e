"""A document that was published and is no more."""

from marshmallow import Schema

from schemas.fields import Id, Text


class WithdrawalSchema(Schema):
    """An entry of `withdrawn.yaml`."""

    collection = Text("Collection name.")
    id = Id("Document ID.")
    reason = Text("Why it was withdrawn, for readers.")
    successor = Text(
        "collection/id of what to read instead. Null if there is none.", load_default=None
    )
