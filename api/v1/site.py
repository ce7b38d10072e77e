"""The site document: `/v1/site`."""

from flask import Blueprint

from api.routing.endpoint import route
from api.v1.facts import build_tag
from content.answers.site import get_site
from openapi.operation import Component, Operation
from schemas.collections import COLLECTIONS
from schemas.query import build_query

_SITE = COLLECTIONS["site"]
GET_SITE = Operation(
    id="getSite",
    tag=build_tag(_SITE),
    summary="Get the site document",
    description="Returns the name, publisher, terms and appearance of this service.",
    query=build_query("GetSite"),
    response=Component(_SITE.item, _SITE.schema),
    example="/v1/site",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve the site document."""
    route(blueprint, f"/{_SITE.name}", GET_SITE)(get_site)
