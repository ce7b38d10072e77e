"""Address lookup: `/v1/ip-ranges/lookup`."""

from flask import Blueprint

from api.routing.endpoint import route
from api.v1.facts import build_tag
from content.answers.lookup import look_up
from openapi.operation import Component, Operation
from schemas.collections import COLLECTIONS
from schemas.fields import Text
from schemas.listing import build_list_schema
from schemas.lookup import LookupSchema
from schemas.query import MAX_LOOKUPS, build_query, repeated

LOOK_UP = Operation(
    id="lookUpAddresses",
    tag=build_tag(COLLECTIONS["ip-ranges"]),
    summary="Look up addresses",
    description=(
        "Tells for each address or network whether it is inside a published range, covers one, "
        "or neither. Searches ranges of every status. IPv4-mapped IPv6 addresses count as IPv4."
    ),
    query=build_query(
        "LookUpAddresses",
        {
            "ip": repeated(
                Text("IP address or network.", example="192.0.2.1", facets={"minLength": 1}),
                f"IP address, or network in CIDR notation; up to {MAX_LOOKUPS}.",
                ordered=True,
                facets={"minItems": 1, "maxItems": MAX_LOOKUPS},
            ),
        },
    ),
    response=Component(
        "LookupList",
        build_list_schema(LookupSchema, "Result for each address."),
    ),
    example="/v1/ip-ranges/lookup?ip=192.0.2.1",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve the lookup."""
    route(blueprint, "/ip-ranges/lookup", LOOK_UP)(look_up)
