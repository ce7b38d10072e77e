"""Schema of traffic classes."""

from marshmallow import Schema

from schemas.fields import Flag, Id, Text
from schemas.words import Enum

INITIATORS = ("service", "customer")
RULES = ("inbound", "outbound")


class TrafficClassSchema(Schema):
    """A type of traffic, and the firewall rule that the customer needs."""

    id = Id("ID of the traffic class, for the parameter `traffic`.", example="from-service")
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
        "Direction of the rule in the customer's firewall.",
        title="Firewall rule",
    )
    fixed_addresses = Flag(
        "Whether this traffic uses fixed, published IP addresses.",
        title="Fixed IP addresses",
    )
    advice = Text("What to do in the firewall.")
