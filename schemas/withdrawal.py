"""Schema of the entries in `withdrawn.yaml`."""

from marshmallow import Schema

from schemas.fields import Id, Text


class WithdrawalSchema(Schema):
    """An entry in `withdrawn.yaml`: a document that is no longer published."""

    collection = Text("Collection name.")
    id = Id("Document ID.")
    reason = Text("Reason for the withdrawal, shown to readers.")
    successor = Text("Replacement, as collection/id. Null if there is none.", load_default=None)
