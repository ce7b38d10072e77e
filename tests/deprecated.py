"""Operations that are made up to be deprecated, and how an application gets them."""

from flask import Blueprint

from api.routing.endpoint import route
from api.v1.facts import build_document_operation, build_list_operation
from content.answers.facts import get_fact, list_facts
from openapi.operation import Component
from schemas.collections import COLLECTIONS
from schemas.deprecation import Deprecation, deprecate
from schemas.fields import Id
from schemas.listing import build_list_schema
from schemas.query import QueryFlag, build_query, optional

CLOUDS = COLLECTIONS["clouds"]
#: 2027-01-01 and the instant after 2027-12-31.
BEGINS, ENDS = "@1798761600", "Sat, 01 Jan 2028 00:00:00 GMT"
OLD = Deprecation("2027-01-01", "2027-12-31", "/v1/clouds/{id}")
LOUD = deprecate(
    QueryFlag(load_default=False, metadata={"description": "Say it loudly."}),
    Deprecation("2026-07-01", successor="volume"),
)
SHOUTED = deprecate(optional(Id, "Say this."), Deprecation("2026-10-01", "2027-04-01"))


def _get_cloud(context, cloud_id):
    return get_fact(context, "clouds", cloud_id)


def _list_clouds(context, *, loud, shouted):
    del loud, shouted
    return list_facts(context, "clouds")


GET_OLD = build_document_operation(
    CLOUDS, id="getOldCloud", deprecation=OLD, query=build_query("GetOldCloud")
)
LIST_OLD = build_list_operation(
    CLOUDS,
    id="listOldClouds",
    query=build_query("ListOldClouds", {"loud": LOUD, "shouted": SHOUTED}),
    response=Component("OldCloudList", build_list_schema(CLOUDS.schema, "Clouds.")),
)


def serve(app, operations: dict[str, tuple]) -> None:
    """Serve each path with its operation and view, in *app* and in the one without a cache."""
    for each in filter(None, (app, app.extensions.get("uncached"))):
        blueprint = Blueprint("made-up", __name__, url_prefix="/v1")
        for path, (operation, view) in operations.items():
            route(blueprint, path, operation)(view)
        each.register_blueprint(blueprint)


def serve_old_clouds(app) -> None:
    """Serve an operation that is deprecated, and one with two parameters that are."""
    serve(
        app,
        {"/old-clouds/<id>": (GET_OLD, _get_cloud), "/old-clouds": (LIST_OLD, _list_clouds)},
    )
