"""A class of traffic: who connects to whom, and what a firewall must allow."""

from marshmallow import Schema

from schemas.fields import Flag, Id, Text
from schemas.words import Enum

INITIATORS = ("service", "customer")
RULES = ("inbound", "outbound")


class TrafficClassSchema(Schema):
    """Who opens a connection, and which firewall rule the customer needs."""

    id = Id("ID of the traffic class, as used in the parameter traffic.", example="from-service")
    name = Text("Display name.")
    description = Text("What this traffic is for.")
    initiator = Enum(
        "Initiator",
        INITIATORS,
        "Who opens the connection: the service or the customer.",
        title="Opened by",
    )
    rule = Enum(
        "FirewallRule",
        RULES,
        "The rule to add to the firewall of the customer.",
        title="Firewall rule",
    )
    fixed_addresses = Flag(
        "Whether the service's IP addresses for this traffic are fixed and published.",
        title="Fixed IP addresses",
    )
    advice = Text("What to do in the firewall.")
