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
    relation = Enum(
        "LookupRelation",
        RELATIONS,
        "inside: lies wholly in a published range; covers: contains one; outside: neither.",
    )
    matches = List(
        Nested(COLLECTIONS["ip-ranges"].schema, "A range."),
        "The ranges it has to do with, of every status.",
    )
