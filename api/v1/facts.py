"""Every collection that needs no rules of its own: its list and its documents."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint
from marshmallow import fields

from api.routing.endpoint import route
from content.answers.facts import get_fact, list_facts
from openapi.operation import Component, Operation, Tag
from schemas.collection import Collection, Collections
from schemas.fields import COMPONENT, Id, Listing, Reference, Text
from schemas.listing import build_list_schema
from schemas.problem import UNKNOWN_DOCUMENT, WITHDRAWN
from schemas.query import build_query, many, one
from schemas.words import Choice, Word


def add_routes(blueprint: Blueprint, collections: Collections) -> None:
    """Serve every generic row of *collections*."""
    for row in collections:
        if row.generic:
            lists, shows = build_list_operation(row), build_document_operation(row)
            route(blueprint, f"/{row.name}", lists)(partial(_list, collection=row.name))
            route(blueprint, f"/{row.name}/<id>", shows)(partial(_get, collection=row.name))


def build_list_operation(row: Collection, **more: Any) -> Operation:
    """Return the declaration of the list of *row*; *more* says what differs."""
    plural = _name_plural(row)
    shape = build_list_schema(row.schema, f"A list of {row.several}.")
    said = {
        "id": f"list{plural}",
        "tag": build_tag(row),
        "summary": f"List {row.several}",
        "description": f"{row.description} The list is whole.",
        "query": build_query(f"List{plural}", build_filters(row)),
        "response": Component(f"{row.item}List", shape),
        "example": f"/v1/{row.name}",
    }
    return Operation(**{**said, **more})


def build_document_operation(row: Collection, **more: Any) -> Operation:
    """Return the declaration of one document of *row*; *more* says what differs."""
    said = {
        "id": f"get{row.item}",
        "tag": build_tag(row),
        "summary": f"Read one {row.one}",
        "description": f"{row.schema.__doc__} A former id answers 308, a withdrawn one 410.",
        "query": build_query(f"Get{row.item}"),
        "response": Component(row.item, row.schema),
        "problems": (UNKNOWN_DOCUMENT, WITHDRAWN),
        "moves": True,
        "path_parameters": {"id": Id("The id of the document.")},
        "example": f"/v1/{row.name}/{{id}}",
    }
    return Operation(**{**said, **more})


def build_tag(row: Collection) -> Tag:
    """Return the heading of the operations of *row*; generated clients name a class by it."""
    return Tag(row.name, row.description)


def build_filters(row: Collection) -> dict[str, fields.Field[Any]]:
    """Return the parameters that narrow the list of *row*, by the fields they look at."""
    filters: dict[str, fields.Field[Any]] = {}
    for narrowing in row.filters:
        described = row.strict.fields[narrowing.field]
        said = str(described.metadata["description"])
        make = _choose_type(described.inner if isinstance(described, Listing) else described)
        key = {"data_key": narrowing.parameter}
        several = narrowing.multiple
        filters[narrowing.field] = (
            many(make(said), _describe_several(described), **key)
            if several
            else one(make, said, **key)
        )
    return filters


def _describe_several(described: fields.Field[Any]) -> str:
    """Return the description of a parameter that narrows by *described* and repeats."""
    inner = described.inner if isinstance(described, Listing) else described
    if isinstance(inner, Reference):
        several = inner.collection.replace("-", " ")
        return f"Only of these {several}, by their ids in `/v1/{inner.collection}`."
    return f"Only of these values. {described.metadata['description']}"


def _choose_type(described: fields.Field[Any]) -> Callable[..., Text]:
    """Return what makes the parameter that narrows a list by the field *described*.

    Raises:
        TypeError: the field is no text, so that a query cannot hold its values.
    """
    if isinstance(described, Reference):
        return partial(Reference, described.collection)
    if isinstance(described, Choice):
        return partial(Choice, described.metadata[COMPONENT], described.choices)
    if isinstance(described, Word):
        return partial(Word, described.choices)
    if isinstance(described, Text):
        return type(described)
    raise TypeError(f"{described.name} is no text; a list cannot be narrowed by it.")


def _list(reading: Any, *, collection: str, **filters: Any) -> Any:
    return list_facts(reading, collection, **filters)


def _get(reading: Any, document_id: str, *, collection: str) -> Any:
    return get_fact(reading, collection, document_id)


def _name_plural(row: Collection) -> str:
    return "".join(word.capitalize() for word in row.name.split("-"))
