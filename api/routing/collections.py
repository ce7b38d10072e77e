"""Endpoints for any collection, looked up in the release that the request reads."""

from collections.abc import Callable, Iterator

import flask
from flask import Blueprint, Flask

from api.routing.endpoint import Endpoint, find_collection
from api.routing.nearest_path import COLLECTION
from openapi.operation import Operation
from schemas.collection import Collection, Collections

#: The maximum number of endpoints to keep. Building one takes milliseconds.
_MAX_BUILT = 256
#: Builds the endpoint of a collection.
Build = Callable[[Collection], Callable[..., flask.Response]]


class CollectionEndpoint:
    """Serves one path for every collection that has default views.

    Takes the arguments of `route_collections`.
    """

    def __init__(self, build: Build, *, only_facts: bool) -> None:
        self._build, self._only_facts = build, only_facts
        #: By `id()` of the collection, which cannot be reused while the collection is stored here.
        self._built: dict[int, tuple[Collection, Callable[..., flask.Response]]] = {}

    def __call__(self, collection: str, **ids: str) -> flask.Response:
        """Return the response for *collection*."""
        found = find_collection(collection, only_facts=self._only_facts)
        return self.get_endpoint(found)(**ids)

    def get_endpoint(self, collection: Collection) -> Callable[..., flask.Response]:
        """Return the endpoint of *collection*, built on first use."""
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
        build: Builds the endpoint of a collection.
        only_facts: Whether to serve collections of facts only.
    """
    blueprint.add_url_rule(
        path,
        endpoint=name,
        view_func=CollectionEndpoint(build, only_facts=only_facts),
        methods=["GET"],
        provide_automatic_options=False,
    )


def list_operations(app: Flask, collections: Collections) -> Iterator[tuple[str, Operation]]:
    """Yield the OpenAPI path and the operation of every view in the contract."""
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
