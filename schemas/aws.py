"""IP ranges in the AWS format. Source: Amazon VPC User Guide, "Syntax for AWS IP address range"."""

from marshmallow import Schema

from schemas.fields import List, Nested, Text
from schemas.networks import Cidr

_REGION = "ID of the data center."
_SERVICE = "ID of the traffic class."
_GROUP = "Same as `region`. This service has no border groups."


class AwsPrefixSchema(Schema):
    """An IPv4 range."""

    ip_prefix = Cidr("Range in CIDR notation.", example="192.0.2.0/28")
    region = Text(_REGION, example="uk")
    service = Text(_SERVICE, example="from-service")
    network_border_group = Text(_GROUP, example="uk")


class AwsIpv6PrefixSchema(Schema):
    """An IPv6 range."""

    ipv6_prefix = Cidr("Range in CIDR notation.", example="2001:db8:1::/48")
    region = Text(_REGION, example="uk")
    service = Text(_SERVICE, example="from-service")
    network_border_group = Text(_GROUP, example="uk")


class AwsRangesSchema(Schema):
    """All IP ranges, in the format that AWS uses for its own."""

    sync_token = Text(
        "When this list last changed, in seconds since 1970-01-01 UTC.",
        data_key="syncToken",
        example="1795593600",
    )
    create_date = Text(
        "The same time in UTC, as `YYYY-MM-DD-hh-mm-ss`.",
        data_key="createDate",
        example="2026-11-25-08-00-00",
    )
    prefixes = List(Nested(AwsPrefixSchema, "A range."), "IPv4 ranges.")
    ipv6_prefixes = List(Nested(AwsIpv6PrefixSchema, "A range."), "IPv6 ranges.")
