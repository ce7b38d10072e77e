"""The front page of version 1."""

from flask import Blueprint

from api.routing.endpoint import route
from content.answers.index import get_index
from openapi.operation import Component, Operation, Tag
from schemas.index import IndexSchema
from schemas.query import build_query

GET_INDEX = Operation(
    id="getIndex",
    tag=Tag("index", "What there is."),
    summary="Read what there is",
    description="The latest release and a link to everything there is to ask for.",
    query=build_query("GetIndex"),
    response=Component("ServiceIndex", IndexSchema),
    example="/v1",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve the front page."""
    route(blueprint, "", GET_INDEX)(get_index)
