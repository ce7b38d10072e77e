"""Default views: the list and the documents of any collection."""

from functools import partial
from typing import Any

from flask import Blueprint

from api.routing.collections import route_collections
from api.routing.endpoint import Endpoint
from api.routing.filters import build_filters
from content.answers.facts import get_fact, list_facts
from openapi.operation import Component, Operation, Tag
from schemas.collection import Collection
from schemas.fields import Id
from schemas.listing import build_list_schema
from schemas.problem import UNKNOWN_DOCUMENT, WITHDRAWN
from schemas.query import build_query


def add_routes(blueprint: Blueprint) -> None:
    """Serve all collections with default views."""
    route_collections(blueprint, "/<collection>", "listFacts", _build_list_endpoint)
    route_collections(blueprint, "/<collection>/<id>", "getFact", _build_document_endpoint)


def _build_list_endpoint(collection: Collection) -> Endpoint:
    return Endpoint(build_list_operation(collection), partial(_list, collection=collection.name))


def _build_document_endpoint(collection: Collection) -> Endpoint:
    return Endpoint(build_document_operation(collection), partial(_get, collection=collection.name))


def build_list_operation(collection: Collection, **more: Any) -> Operation:
    """Return the list operation of *collection*, with the attributes in *more* replaced."""
    plural = _name_plural(collection)
    shape = build_list_schema(collection.schema, f"A list of {collection.several}.")
    declared = {
        "id": f"list{plural}",
        "tag": build_tag(collection),
        "summary": f"List {collection.several}",
        "description": f"{collection.description} Returns all items; there is no paging.",
        "query": build_query(f"List{plural}", build_filters(collection)),
        "response": Component(f"{collection.item}List", shape),
        "example": f"/v1/{collection.name}",
    }
    return Operation(**{**declared, **more})


def build_document_operation(collection: Collection, **more: Any) -> Operation:
    """Return the operation for one document, with the attributes in *more* replaced."""
    # Plain collections have no aliases.
    former = "" if collection.is_plain else "A former ID is redirected (308). "
    declared = {
        "id": f"get{collection.item}",
        "tag": build_tag(collection),
        "summary": f"Get one {collection.one}",
        "description": f"{collection.schema.__doc__} {former}A withdrawn document returns 410.",
        "query": build_query(f"Get{collection.item}"),
        "response": Component(collection.item, collection.schema),
        "problems": (UNKNOWN_DOCUMENT, WITHDRAWN),
        "moves": not collection.is_plain,
        "path_parameters": {"id": Id("Document ID.", example=_find_example(collection))},
        "example": f"/v1/{collection.name}/{{id}}",
    }
    return Operation(**{**declared, **more})


def build_tag(collection: Collection) -> Tag:
    """Return the tag of *collection*. Generated clients name a class after it."""
    return Tag(collection.name, collection.description)


def _find_example(collection: Collection) -> str | None:
    """Return the example ID in the schema of *collection*, or None."""
    example: str | None = collection.schema().fields["id"].metadata.get("example")
    return example


def _list(context: Any, *, collection: str, **filters: Any) -> Any:
    return list_facts(context, collection, **filters)


def _get(context: Any, document_id: str, *, collection: str) -> Any:
    return get_fact(context, collection, document_id)


def _name_plural(collection: Collection) -> str:
    return "".join(word.capitalize() for word in collection.name.split("-"))
