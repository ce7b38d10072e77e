"""The API reference: self-hosted swagger-ui."""

import flask
from flask import Blueprint

from api.http.caching import LIVE
from api.http.links import API_CATALOG, CONTRACT
from api.http.representation import Representation, build_success
from api.rendering.assets import SWAGGER_UI
from api.rendering.policy import REFERENCE_HEADERS
from api.rendering.site import describe_site
from api.rendering.templates import render_template
from api.routing.endpoint import get_service, send_cached
from api.serving.service import Snapshot
from schemas.formats import PAGE

_PATH = "/docs"


def add_routes(blueprint: Blueprint) -> None:
    """Serve `/docs`."""
    blueprint.add_url_rule(_PATH, view_func=show_docs)


def show_docs() -> flask.Response:
    """Return the page."""
    return send_cached(_represent)


def _represent(snapshot: Snapshot) -> Representation:
    site, addresses = describe_site(snapshot.latest), get_service().addresses
    text = render_template("docs.html", site, here=_PATH, swagger_ui=SWAGGER_UI, **addresses)
    headers = (*REFERENCE_HEADERS, ("Link", f"{CONTRACT}, {API_CATALOG}"))
    return build_success(text, PAGE.content_type, LIVE, headers=headers)
