"""Schema of IP ranges."""

from marshmallow import Schema

from schemas.fields import Day, Flag, Id, List, Reference, WholeNumber
from schemas.networks import Cidr
from schemas.words import Enum

FAMILIES = ("ipv4", "ipv6")
PROTOCOLS = ("tcp", "udp")
RANGE_STATUSES = ("announced", "active", "retiring", "retired")


class IpRangeSchema(Schema):
    """An IP range, the traffic that uses it, and when it is in use."""

    id = Id("ID of the range.", example="uk-from-v4-1")
    cidr = Cidr(
        "Range in CIDR notation, always with a prefix length.",
        title="IP range",
        example="192.0.2.0/28",
    )
    family = Enum("IpFamily", FAMILIES, "IP version.", title="IP version", dump_only=True)
    data_center = Reference("data-centers", "ID of the data center.", example="uk")
    traffic = Reference("traffic-classes", "ID of the traffic class.", example="from-service")
    protocol = Enum("IpProtocol", PROTOCOLS, "Transport protocol.")
    ports = List(
        WholeNumber("Port number.", facets={"minimum": 1, "maximum": 65535}),
        "Destination ports. Empty if unknown.",
        load_default=list,
    )
    effective_from = Day(
        "First day the range is used. Null if it was in use before records began.",
        title="In use from",
        load_default=None,
    )
    effective_until = Day(
        "Last day the range is used. Null if no end is planned.",
        title="In use until",
        load_default=None,
    )
    status = Enum(
        "RangeStatus",
        RANGE_STATUSES,
        "announced: not in use yet, but allow it now; active: in use; retiring: in use until "
        "effective_until; retired: no longer in use.",
        dump_only=True,
    )
    sample = Flag(
        "Whether this is sample data. Do not use sample addresses in a firewall.", dump_only=True
    )
