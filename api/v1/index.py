"""The index of the API: `/v1`."""

from flask import Blueprint

from api.routing.endpoint import route
from content.answers.index import get_index
from openapi.operation import Component, Operation, Tag
from schemas.index import IndexSchema
from schemas.query import build_query

GET_INDEX = Operation(
    id="getIndex",
    tag=Tag("index", "Index of the API."),
    summary="Get the index",
    description="Returns the latest release and links to all resources.",
    query=build_query("GetIndex"),
    response=Component("ServiceIndex", IndexSchema),
    example="/v1",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve the index."""
    route(blueprint, "", GET_INDEX)(get_index)
