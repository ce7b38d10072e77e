"""Static files: style sheets, scripts, icons and the custom elements."""

import flask
from flask import Blueprint, request

from api.http.errors import UnknownPathError
from api.rendering.assets import ASSETS, EMBED, ICON_PATH, is_current, read_asset
from api.routing.endpoint import get_query_string, send_cached
from content.suggestions import suggest

_FOLDER = "/docs"


def add_routes(blueprint: Blueprint) -> None:
    """Serve all static files."""
    blueprint.add_url_rule(f"{_FOLDER}/<path:name>", view_func=show_asset)
    blueprint.add_url_rule(ICON_PATH, view_func=show_asset)
    blueprint.add_url_rule(f"/embed/<version>/{EMBED}", view_func=show_asset)


def show_asset(**_: str) -> flask.Response:
    """Return the file at the path of the request, in its current version."""
    asset = ASSETS.get(request.path)
    if asset is None:
        suggestion = suggest(request.path, ASSETS)
        raise UnknownPathError(request.path, suggestion or _FOLDER)
    lasting = is_current(asset, get_query_string())
    return send_cached(lambda _: read_asset(asset, lasting=lasting), lasting)
