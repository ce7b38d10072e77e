"""Schema of IP address lookups."""

from marshmallow import Schema

from schemas.collections import COLLECTIONS
from schemas.fields import List, Nested, Text
from schemas.words import Enum

RELATIONS = ("inside", "covers", "outside")


class LookupSchema(Schema):
    """The lookup result for one IP address or range."""

    query = Text("IP address or range, as requested.", example="192.0.2.1")
    normalized = Text(
        "Query in CIDR notation. IPv4 embedded in IPv6 is shown as IPv4.", example="192.0.2.1/32"
    )
    embedded_ipv4 = Text(
        "IPv4 range extracted from the IPv6 query and used for the lookup (IPv4-mapped, or NAT64 "
        "in 64:ff9b::/96). Null if there is none.",
        allow_none=True,
        example=None,
    )
    relation = Enum(
        "LookupRelation",
        RELATIONS,
        "inside: entirely within a published range; covers: contains a published range; outside: "
        "neither.",
    )
    matches = List(
        Nested(COLLECTIONS["ip-ranges"].schema, "A range."),
        "Matching ranges, whatever their status.",
    )
