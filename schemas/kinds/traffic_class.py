"""A class of traffic: who calls whom, and what a firewall must allow."""

from marshmallow import Schema

from schemas.fields import Flag, Id, Text
from schemas.words import Enum

INITIATORS = ("cronofy", "customer")
RULES = ("inbound", "outbound")


class TrafficClassSchema(Schema):
    """Who begins a connection, and which rule the customer writes for it."""

    id = Id("The name of this class, as in the parameter traffic.", example="from-cronofy")
    name = Text("What people call it.")
    description = Text("What it carries.")
    initiator = Enum("Initiator", INITIATORS, "Who opens the connection.")
    rule = Enum(
        "FirewallRule", RULES, "The rule the customer writes, seen from the customer's network."
    )
    fixed_addresses = Flag("Whether its addresses at the service's end are fixed and published.")
    advice = Text("What to do in a firewall.")
