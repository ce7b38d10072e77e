"""Endpoints that serve any collection: each is looked up in the table of the release read."""

from collections.abc import Callable, Iterator

import flask
from flask import Blueprint, Flask

from api.routing.endpoint import Endpoint, find_collection
from api.routing.nearest_path import COLLECTION
from openapi.operation import Operation
from schemas.collection import Collection, Collections

#: The most endpoints that are kept; building one takes milliseconds.
_MAX_BUILT = 256
#: Makes the endpoint of one collection.
Build = Callable[[Collection], Callable[..., flask.Response]]


class CollectionEndpoint:
    """Answers the requests for one path of any collection that has default views.

    The arguments are those of `route_collections`.
    """

    def __init__(self, build: Build, *, only_facts: bool) -> None:
        self._build, self._only_facts = build, only_facts
        #: By the identity of the collection, which lives as long as it is in here.
        self._built: dict[int, tuple[Collection, Callable[..., flask.Response]]] = {}

    def __call__(self, collection: str, **ids: str) -> flask.Response:
        """Return the response of *collection*."""
        found = find_collection(collection, only_facts=self._only_facts)
        return self.get_endpoint(found)(**ids)

    def get_endpoint(self, collection: Collection) -> Callable[..., flask.Response]:
        """Return the endpoint of *collection*, which is built once."""
        built = self._built.get(id(collection))
        if built is None:
            if len(self._built) >= _MAX_BUILT:
                self._built.clear()
            built = self._built[id(collection)] = collection, self._build(collection)
        return built[1]


def route_collections(
    blueprint: Blueprint, path: str, name: str, build: Build, *, only_facts: bool = False
) -> None:
    """Serve *path*, which contains `<collection>`.

    Args:
        name: The name of the endpoint.
        build: Makes the endpoint of a collection.
        only_facts: Whether collections without facts have no such path.
    """
    blueprint.add_url_rule(
        path,
        endpoint=name,
        view_func=CollectionEndpoint(build, only_facts=only_facts),
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
                    endpoint = view.get_endpoint(collection)
                    if isinstance(endpoint, Endpoint):
                        yield path.replace(f"{{{COLLECTION}}}", collection.name), endpoint.operation
