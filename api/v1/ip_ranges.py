"""IP ranges: `/v1/ip-ranges`, one of them, and the syntax of AWS."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from marshmallow import fields

from api.routing.endpoint import route
from api.routing.filters import build_filters
from api.v1.facts import build_document_operation, build_list_operation, build_tag
from content.answers.answer import ReadContext
from content.answers.ranges import get_ip_range, list_ip_ranges
from content.formats.range_aws import list_aws_ranges
from content.formats.range_formats import RANGE_FORMATS, check_range_parameters
from openapi.operation import Component, Operation
from schemas.aws import AwsRangesSchema
from schemas.collections import COLLECTIONS
from schemas.formats import JSON
from schemas.kinds.ip_range import FAMILIES, RANGE_STATUSES
from schemas.problem import NO_FIXED_ADDRESSES, ONLY_SAMPLES
from schemas.query import QueryFlag, build_query, optional_enum, repeated
from schemas.words import Enum

_RANGES = COLLECTIONS["ip-ranges"]
_FORMATS = (JSON, *(each.format_ for each in RANGE_FORMATS.values()))
_STATUSES = "Only of these statuses on the day; without it, all but `retired`."


def _build_flag(description: str, *, example: bool = False) -> QueryFlag:
    metadata = {"description": description, "example": example}
    return QueryFlag(load_default=None, allow_none=False, metadata=metadata)


def _build_selection(samples: str) -> dict[str, fields.Field[Any]]:
    """Return the parameters that select ranges; *samples* describes the one for samples."""
    return {
        **build_filters(_RANGES),
        "family": optional_enum("Only of this version of IP.", FAMILIES, "IpFamily"),
        "status": repeated(
            Enum("RangeStatus", RANGE_STATUSES, "A status.", example="active"), _STATUSES
        ),
        "samples": _build_flag(samples, example=True),
    }


LIST_IP_RANGES = build_list_operation(
    _RANGES,
    description=(
        "The fixed addresses of each data center and class of traffic, by family, address, "
        "length, data center and class. JSON and CSV show samples and mark them. The plain forms "
        "`txt`, `nft`, `ipset` and `nginx` leave them out; all of these but `nft` need exactly one "
        "`traffic`."
    ),
    query=build_query(
        "ListIpRanges",
        {
            **_build_selection(
                "Plain forms only: whether to list documentation addresses too. JSON and CSV "
                "always show and mark them."
            ),
            "aggregate": _build_flag(
                "Plain forms only, refused by JSON and CSV: whether to put adjacent and "
                "overlapping networks together, without adding or losing an address."
            ),
        },
        formats=_FORMATS,
    ),
    formats=_FORMATS,
    format_parameters=("samples", "aggregate"),
    problems=(NO_FIXED_ADDRESSES, ONLY_SAMPLES),
    example="/v1/ip-ranges?dc=uk&family=ipv4",
)

GET_IP_RANGE = build_document_operation(_RANGES)

LIST_AWS_RANGES = Operation(
    id="listAwsIpRanges",
    tag=build_tag(_RANGES),
    summary="List IP ranges in the syntax of AWS",
    description=(
        "The ranges as AWS writes its `ip-ranges.json`, for tools that read that: `region` is the "
        "data center, `service` the class of traffic. It cannot mark samples, so it leaves them "
        "out; where nothing else is left, it is 404."
    ),
    query=build_query(
        "ListAwsIpRanges",
        {
            name: field
            for name, field in _build_selection(
                "Whether to list documentation addresses too, which this syntax cannot mark."
            ).items()
            if name != "family"
        },
    ),
    response=Component("AwsIpRanges", AwsRangesSchema),
    problems=(NO_FIXED_ADDRESSES, ONLY_SAMPLES),
    example="/v1/ip-ranges/aws?dc=uk&samples=true",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve the ranges."""
    renderers = {name: each.render for name, each in RANGE_FORMATS.items()}
    route(blueprint, "/ip-ranges", LIST_IP_RANGES, renderers, check=_check)(list_ip_ranges)
    route(blueprint, "/ip-ranges/<id>", GET_IP_RANGE)(get_ip_range)
    route(blueprint, "/ip-ranges/aws", LIST_AWS_RANGES)(list_aws_ranges)


def _check(context: ReadContext, format_name: str, values: Mapping[str, Any]) -> None:
    check_range_parameters(
        context, format_name, traffic=values["traffic"], aggregate=values["aggregate"]
    )
