"""The lookup of addresses: `/v1/ip-ranges/lookup`."""

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
    summary="Look addresses up",
    description=(
        "For each address or network: whether it lies inside a published range, covers one, or "
        "neither. Ranges of every status are searched; IPv4 inside IPv6 counts as IPv4."
    ),
    query=build_query(
        "LookUpAddresses",
        {
            "ip": repeated(
                Text("An address or a network.", example="192.0.2.1", facets={"minLength": 1}),
                f"An address or a network in CIDR form; up to {MAX_LOOKUPS}.",
                ordered=True,
                facets={"minItems": 1, "maxItems": MAX_LOOKUPS},
            ),
        },
    ),
    response=Component(
        "LookupList",
        build_list_schema(LookupSchema, "What each address is."),
    ),
    example="/v1/ip-ranges/lookup?ip=192.0.2.1",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve the lookup."""
    route(blueprint, "/ip-ranges/lookup", LOOK_UP)(look_up)
