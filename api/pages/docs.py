"""The reference of the API for people: swagger-ui, from here, and nothing from elsewhere."""

import flask
from flask import Blueprint, request

from api.drawing.assets import ASSETS, EMBED, ICON_PATH, SWAGGER_UI, is_current, read_asset
from api.drawing.policy import REFERENCE_HEADERS
from api.drawing.templates import render_template
from api.errors import UnknownPathError
from api.links import API_CATALOG, CONTRACT
from api.representation import LIVE, Representation, build_success
from api.routing import read_query_string, send_kept
from content.nearest import find_nearest
from schemas.formats import PAGE

_PATH = "/docs"


def add_routes(blueprint: Blueprint) -> None:
    """Serve `/docs`, the files below it, and those of other pages."""
    blueprint.add_url_rule(_PATH, view_func=show_docs)
    blueprint.add_url_rule(f"{_PATH}/<path:name>", view_func=show_asset)
    blueprint.add_url_rule(ICON_PATH, view_func=show_asset)
    blueprint.add_url_rule(f"/embed/<version>/{EMBED}", view_func=show_asset)


def show_docs() -> flask.Response:
    """Return the page."""
    return send_kept(lambda _: _represent())


def show_asset(**_: str) -> flask.Response:
    """Return a file that a page loads, whatever version the address gives."""
    asset = ASSETS.get(request.path)
    if asset is None:
        nearest = find_nearest(request.path, ASSETS)
        raise UnknownPathError(request.path, nearest or _PATH)
    lasting = is_current(asset, read_query_string())
    return send_kept(lambda _: read_asset(asset, lasting=lasting), lasting)


def _represent() -> Representation:
    text = render_template("docs.html", here=_PATH, swagger_ui=SWAGGER_UI)
    headers = (*REFERENCE_HEADERS, ("Link", f"{CONTRACT}, {API_CATALOG}"))
    return build_success(text, PAGE.content_type, LIVE, headers=headers)
