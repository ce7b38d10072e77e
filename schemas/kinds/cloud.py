"""A cloud or server product that holds calendars, and whether it can be connected."""

from marshmallow import Schema

from schemas.fields import Id, Nested, Reference, Text
from schemas.words import Enum

SUPPORTS = ("supported", "conditional", "unsupported")
CONNECTION_SUPPORTS = ("supported", "conditional", "unsupported", "not_known")


class ConnectionTypesSchema(Schema):
    """Support by type of connection."""

    individual = Enum(
        "ConnectionSupport", CONNECTION_SUPPORTS, "Each user connects their own calendar."
    )
    enterprise = Enum(
        "ConnectionSupport", CONNECTION_SUPPORTS, "An administrator connects for many users."
    )


class CloudSchema(Schema):
    """Whether calendars in a cloud can be connected, and on what conditions."""

    id = Id("ID of the cloud.", example="gcc-high")
    name = Text("Display name.", title="Cloud")
    support = Enum("CloudSupport", SUPPORTS, "Whether calendars in this cloud can be connected.")
    connection_types = Nested(ConnectionTypesSchema, "Support by type of connection.")
    conditions = Text("Conditions for support. Null if there are none.", allow_none=True)
    faq = Reference(
        "faqs",
        "ID of the answer that explains the support. Null if there is none.",
        title="Answer",
        allow_none=True,
    )
