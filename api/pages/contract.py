"""The OpenAPI document, completed from the current release."""

import json
from typing import Any

import flask
from flask import Blueprint, Flask

from api.http.caching import LIVE
from api.http.representation import Representation, build_success
from api.routing.collections import list_operations
from api.routing.endpoint import get_query, send_cached
from api.serving.service import Snapshot
from content.changes.releases import count_kind_releases
from content.documents import SITE
from content.errors import ParameterFault, ParametersError
from content.ledger.catalogue import Catalogue
from openapi.builder import build_document
from openapi.document import address_document, dump_document
from openapi.examples import copy_parameters, read_examples
from openapi.info import PIN, build_info
from schemas.formats import JSON


def add_routes(blueprint: Blueprint, app: Flask, document: str, origin: str | None) -> None:
    """Serve `/v1/openapi.json`.

    Args:
        app: The application whose operations it describes.
        document: The stored document as JSON text.
        origin: The public URL; None if not known.
    """

    def render(snapshot: Snapshot) -> Representation:
        text = document
        if snapshot.archive is not None:
            text = complete_document(text, app, snapshot.archive.latest)
        if origin is not None:
            text = address_document(text, origin)
        return build_success(text, JSON.content_type, LIVE)

    def show_document() -> flask.Response:
        """Return the OpenAPI document."""
        names = get_query().names
        if names:
            text = "The OpenAPI document takes no parameters. Remove them."
            raise ParametersError([ParameterFault(name, text) for name in names])
        return send_cached(render)

    blueprint.add_url_rule("/v1/openapi.json", view_func=show_document)


def complete_document(text: str, app: Flask, catalogue: Catalogue) -> str:
    """Return the document *text* with the site and the kinds of *catalogue*.

    It is rebuilt, with its examples, if its version shows that it was built from other code or for
    other kinds.
    """
    stored = json.loads(text)
    if "paths" not in stored:
        return text
    info = describe_content(catalogue, stored["info"].get(PIN))
    if stored["info"]["version"] == info["version"]:
        return dump_document({**stored, "info": info})
    operations = list_operations(app, catalogue.collections)
    document = build_document(operations, read_examples(stored), info)
    copy_parameters(stored, document)
    return dump_document(document)


def describe_content(catalogue: Catalogue, pin: str | None) -> dict[str, Any]:
    """Return the `info` object for *catalogue*. *pin* is the release of the examples."""
    return build_info(catalogue.find_body(SITE), count_kind_releases(catalogue), pin)
