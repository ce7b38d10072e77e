"""Endpoints that serve any collection: each is looked up in the table of the release read."""

from collections.abc import Callable, Iterator
from functools import lru_cache

import flask
from flask import Blueprint, Flask

from api.routing.endpoint import Endpoint, find_collection
from api.routing.nearest_path import COLLECTION
from openapi.operation import Operation
from schemas.collection import Collection, Collections

#: The most collections whose endpoints are kept; building one takes milliseconds.
_MAX_BUILT = 256
#: Makes the endpoint of one collection.
Build = Callable[[Collection], Callable[..., flask.Response]]


class CollectionEndpoint:
    """Answers the requests for one path of any collection that has default views.

    Attributes:
        build: Returns the endpoint of a collection, which is built once.
    """

    def __init__(self, build: Build) -> None:
        self.build = lru_cache(maxsize=_MAX_BUILT)(build)

    def __call__(self, collection: str, **ids: str) -> flask.Response:
        """Return the response of *collection*."""
        return self.build(find_collection(collection))(**ids)


def route_collections(blueprint: Blueprint, path: str, name: str, build: Build) -> None:
    """Serve *path*, which contains `<collection>`; *name* is that of its endpoint."""
    blueprint.add_url_rule(
        path,
        endpoint=name,
        view_func=CollectionEndpoint(build),
        methods=["GET"],
        provide_automatic_options=False,
    )


def list_operations(app: Flask, collections: Collections) -> Iterator[tuple[str, Operation]]:
    """Yield the path, as OpenAPI writes it, and the declaration of every described view."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        path = rule.rule.replace("<", "{").replace(">", "}")
        if isinstance(view, Endpoint):
            yield path, view.operation
        elif isinstance(view, CollectionEndpoint):
            for collection in collections:
                if collection.has_default_views:
                    endpoint = view.build(collection)
                    if isinstance(endpoint, Endpoint):
                        yield path.replace(f"{{{COLLECTION}}}", collection.name), endpoint.operation
