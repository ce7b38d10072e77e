"""The logo and colors of the site document."""

import re

import flask
from flask import Blueprint, request

from api.http.caching import YEAR_SECONDS, CachePolicy
from api.http.errors import UnknownPathError
from api.http.representation import build_success
from api.routing.endpoint import get_snapshot, send_cached
from content.answers.site import find_logo

#: The path changes with the bytes.
_IMMUTABLE = CachePolicy(YEAR_SECONDS, immutable=True)
#: An SVG image may contain styles, but it must not run scripts when it is opened as a page.
_POLICY = ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
_COLORS = re.compile(r"/colors-([0-9a-f]{6})-([0-9a-f]{6})\.css")
_SHEET = """\
:root {{ --link: #{}; }}
@media (prefers-color-scheme: dark) {{ :root {{ --link: #{}; }} }}
"""


def add_routes(blueprint: Blueprint) -> None:
    """Serve the logos of all releases, and style sheets with colors."""
    blueprint.add_url_rule("/logo-<name>", view_func=show_logo)
    blueprint.add_url_rule("/colors-<name>", view_func=show_colors)


def show_logo(**_: str) -> flask.Response:
    """Return a logo of any release."""
    logo = find_logo(get_snapshot().get_archive(), request.path)
    if logo is None:
        raise UnknownPathError(request.path, None)
    media_type, data = logo
    return send_cached(lambda _: build_success(data, media_type, _IMMUTABLE, headers=(_POLICY,)))


def show_colors(**_: str) -> flask.Response:
    """Return a style sheet with the two colors in its path."""
    colors = _COLORS.fullmatch(request.path)
    if colors is None:
        raise UnknownPathError(request.path, None)
    text = _SHEET.format(*colors.groups())
    return send_cached(
        lambda _: build_success(text, "text/css; charset=utf-8", _IMMUTABLE), unbounded=True
    )
