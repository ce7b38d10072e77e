"""IP ranges: `/v1/ip-ranges`, one of them, and the lookup of an address."""

from typing import Any

from flask import Blueprint

from api.routing import route
from api.v1.facts import build_document_operation, build_filters, build_list_operation
from content.answers import Answer, Reading
from content.forms.plain_ranges import render_txt
from content.lookup import look_up
from content.ranges import get_ip_range, list_ip_ranges
from openapi.operation import Component, Operation
from schemas.collections import COLLECTIONS
from schemas.fields import Choice, Text
from schemas.formats import CIDR_TXT, JSON
from schemas.ip_range import FAMILIES, RANGE_STATUSES
from schemas.listing import build_list_schema
from schemas.lookup import LookupSchema
from schemas.problem import NO_FIXED_ADDRESSES, ONLY_SAMPLES
from schemas.query import MAX_LOOKUPS, QueryFlag, build_query, many, one_choice

_ROW = COLLECTIONS["ip-ranges"]
_FORMS = (JSON, CIDR_TXT)
_STATUSES = "Only of these statuses on the day; without it, all but `retired`."

LIST_IP_RANGES = build_list_operation(
    _ROW,
    description=(
        "The fixed addresses of each data center and class of traffic, by family, address, "
        "length, data center and class. JSON shows samples and marks them; the plain form leaves "
        "them out, and needs exactly one `traffic`."
    ),
    query=build_query(
        "ListIpRanges",
        {
            **build_filters(_ROW),
            "family": one_choice("Only of this version of IP.", FAMILIES, "IpFamily"),
            "status": many(Choice("RangeStatus", RANGE_STATUSES, "A status."), _STATUSES),
            "samples": QueryFlag(
                load_default=None,
                allow_none=False,
                metadata={
                    "description": "Plain forms only: whether to list documentation addresses "
                    "too. JSON always shows and marks them."
                },
            ),
        },
        forms=_FORMS,
    ),
    forms=_FORMS,
    problems=(NO_FIXED_ADDRESSES, ONLY_SAMPLES),
    example="/v1/ip-ranges?dc=uk&traffic=from-cronofy&family=ipv4",
)

GET_IP_RANGE = build_document_operation(_ROW)

LOOK_UP = Operation(
    id="lookUpAddresses",
    tag=_ROW.title,
    summary="Look addresses up",
    description=(
        "For each address or network: whether it lies inside a published range, covers one, or "
        "neither. Ranges of every status are searched; IPv4 inside IPv6 counts as IPv4."
    ),
    query=build_query(
        "LookUpAddresses",
        {
            "ip": many(
                Text("An address or a network.", example="192.0.2.1"),
                f"An address or a network in CIDR form; up to {MAX_LOOKUPS}.",
                ordered=True,
                facets={"minItems": 1, "maxItems": MAX_LOOKUPS},
            ),
        },
    ),
    response=Component("LookupList", build_list_schema(LookupSchema, "Looked up addresses.")),
    example="/v1/ip-ranges/lookup?ip=192.0.2.1",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve the ranges."""
    route(blueprint, "/ip-ranges", LIST_IP_RANGES, {"txt": render_txt})(_list)
    route(blueprint, "/ip-ranges/<id>", GET_IP_RANGE)(get_ip_range)
    route(blueprint, "/ip-ranges/lookup", LOOK_UP)(look_up)


def _list(reading: Reading, *, samples: bool | None, **filters: Any) -> Answer:
    del samples  # Only plain forms look at it: JSON shows every sample, marked.
    return list_ip_ranges(reading, **filters)
