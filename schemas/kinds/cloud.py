"""A cloud or server product that holds calendars, and whether it can be connected."""

from marshmallow import Schema

from schemas.fields import Id, Nested, Reference, Text
from schemas.words import Enum

SUPPORTS = ("supported", "conditional", "unsupported")
CONNECTION_SUPPORTS = ("supported", "conditional", "unsupported", "not_known")


class ConnectionTypesSchema(Schema):
    """Support by the way a calendar is connected."""

    individual = Enum(
        "ConnectionSupport", CONNECTION_SUPPORTS, "Each user connects a calendar of their own."
    )
    enterprise = Enum(
        "ConnectionSupport", CONNECTION_SUPPORTS, "An administrator connects for many users."
    )


class CloudSchema(Schema):
    """Whether the calendars of a cloud can be connected, and on what conditions."""

    id = Id("The name of this cloud.", example="gcc-high")
    name = Text("What people call it.")
    support = Enum("CloudSupport", SUPPORTS, "Whether its calendars can be connected.")
    connection_types = Nested(ConnectionTypesSchema, "Support by the way of connecting.")
    conditions = Text("What must be so; null when there is no condition.", allow_none=True)
    faq = Reference("faqs", "The answer that explains it; null: none yet.", allow_none=True)
