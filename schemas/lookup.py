"""What an address has to do with the published ranges."""

from marshmallow import Schema

from schemas.collections import COLLECTIONS
from schemas.fields import List, Nested, Text
from schemas.words import Enum

RELATIONS = ("inside", "covers", "outside")


class LookupSchema(Schema):
    """The answer for one address or network."""

    query = Text("The address or network as it was asked for.", example="192.0.2.1")
    normalized = Text("The same as a network; IPv4 inside IPv6 is IPv4.", example="192.0.2.1/32")
    embedded_ipv4 = Text(
        "The IPv4 network that was looked up in place of the IPv6 one that contains it "
        "(IPv4-mapped, or NAT64 in 64:ff9b::/96); null: there is none.",
        allow_none=True,
        example=None,
    )
    relation = Enum(
        "LookupRelation",
        RELATIONS,
        "inside: lies wholly in a published range; covers: contains one; outside: neither.",
    )
    matches = List(
        Nested(COLLECTIONS["ip-ranges"].schema, "A range."),
        "The ranges it has to do with, of every status.",
    )
