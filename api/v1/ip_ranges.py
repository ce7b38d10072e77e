"""IP ranges: `/v1/ip-ranges`, a single range, and the AWS format."""

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
_STATUSES = "Filter by status on the day. Default: all except `retired`."


def _build_flag(description: str, *, example: bool = False) -> QueryFlag:
    metadata = {"description": description, "example": example}
    return QueryFlag(load_default=None, allow_none=False, metadata=metadata)


def _build_selection(samples: str) -> dict[str, fields.Field[Any]]:
    """Return the filters of lists; *samples* is the description of that parameter."""
    return {
        **build_filters(_RANGES),
        "family": optional_enum("Filter by IP version.", FAMILIES, "IpFamily"),
        "status": repeated(
            Enum("RangeStatus", RANGE_STATUSES, "Status.", example="active"), _STATUSES
        ),
        "samples": _build_flag(samples, example=True),
    }


LIST_IP_RANGES = build_list_operation(
    _RANGES,
    description=(
        "Returns the fixed IP ranges of each data center and traffic class, sorted by family, "
        "address, prefix length, data center and traffic class. JSON and CSV include samples and "
        "mark them. The plain formats `txt`, `nft`, `ipset` and `nginx` omit them; all of these "
        "except `nft` require exactly one `traffic`."
    ),
    query=build_query(
        "ListIpRanges",
        {
            **_build_selection(
                "Plain formats only: whether to include sample addresses. JSON and CSV always "
                "include and mark them."
            ),
            "aggregate": _build_flag(
                "Plain formats only; JSON and CSV return 400. Whether to merge adjacent and "
                "overlapping networks. The list covers exactly the same addresses."
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
    summary="List IP ranges in the AWS format",
    description=(
        "Returns the ranges in the format of AWS `ip-ranges.json`, for tools that read it. "
        "`region` is the data center and `service` is the traffic class. The format cannot mark "
        "samples, so they are omitted. Returns 404 if there are only samples."
    ),
    query=build_query(
        "ListAwsIpRanges",
        {
            name: field
            for name, field in _build_selection(
                "Whether to include sample addresses, which this format cannot mark."
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
