"""Schema of clouds and servers that can be connected."""

from marshmallow import Schema

from schemas.fields import Id, Nested, Reference, Text
from schemas.words import Enum

SUPPORTS = ("supported", "conditional", "unsupported")
CONNECTION_SUPPORTS = ("supported", "conditional", "unsupported", "not_known")


class ConnectionTypesSchema(Schema):
    """Support for each type of connection."""

    individual = Enum(
        "ConnectionSupport", CONNECTION_SUPPORTS, "Each user connects their own account."
    )
    enterprise = Enum(
        "ConnectionSupport",
        CONNECTION_SUPPORTS,
        "An administrator connects many users.",
    )


class CloudSchema(Schema):
    """A cloud or server, and whether you can connect it."""

    id = Id("ID of the cloud.", example="gcc-high")
    name = Text("Display name.", title="Cloud")
    support = Enum("CloudSupport", SUPPORTS, "Whether you can connect accounts in this cloud.")
    connection_types = Nested(ConnectionTypesSchema, "Support for each type of connection.")
    conditions = Text("Conditions for support. Null if there are none.", allow_none=True)
    faq = Reference(
        "faqs",
        "ID of the answer about this cloud. Null if there is none.",
        title="Answer",
        allow_none=True,
    )
