"""A range of fixed addresses of one data center and class of traffic."""

from marshmallow import Schema

from schemas.fields import Day, Flag, Id, List, Reference, WholeNumber
from schemas.networks import Cidr
from schemas.words import Enum

FAMILIES = ("ipv4", "ipv6")
PROTOCOLS = ("tcp", "udp")
RANGE_STATUSES = ("announced", "active", "retiring", "retired")


class IpRangeSchema(Schema):
    """A range, which way it is used, and from when until when."""

    id = Id("The name of this range.", example="uk-from-v4-1")
    cidr = Cidr("The range in CIDR form, always with its mask.", example="192.0.2.0/28")
    family = Enum("IpFamily", FAMILIES, "The version of IP.", dump_only=True)
    data_center = Reference("data-centers", "The data center it belongs to.", example="uk")
    traffic = Reference("traffic-classes", "The class of traffic.", example="from-cronofy")
    protocol = Enum("IpProtocol", PROTOCOLS, "The protocol above IP.")
    ports = List(
        WholeNumber("A port.", facets={"minimum": 1, "maximum": 65535}),
        "The ports at the end that is called; empty: not known.",
        load_default=list,
    )
    effective_from = Day(
        "The first day in use; null: since before records began.", load_default=None
    )
    effective_until = Day("The last day in use; null: no end is set.", load_default=None)
    status = Enum(
        "RangeStatus",
        RANGE_STATUSES,
        "announced: not yet in use, allow it now; active; retiring: in use, an end is set; "
        "retired: from the day after its last.",
        dump_only=True,
    )
    sample = Flag("Whether it is a documentation address and must not be used.", dump_only=True)
