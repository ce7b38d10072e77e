"""The contract itself."""

import flask
from flask import Blueprint

from api.http.caching import LIVE
from api.http.representation import build_success
from api.routing.endpoint import get_query, send_cached
from content.errors import ParameterFault, ParametersError
from schemas.formats import JSON


def add_routes(blueprint: Blueprint, document: str) -> None:
    """Serve `/v1/openapi.json`, whose text is *document*."""

    def show_document() -> flask.Response:
        """Return the OpenAPI document."""
        names = get_query().names
        if names:
            text = "the OpenAPI document takes no parameters; leave them out."
            raise ParametersError([ParameterFault(name, text) for name in names])
        return send_cached(lambda _: build_success(document, JSON.content_type, LIVE))

    blueprint.add_url_rule("/v1/openapi.json", view_func=show_document)
