"""What the site document adds to pages: the logo, and a style sheet with its two colors."""

import re

import flask
from flask import Blueprint, request

from api.http.caching import YEAR_SECONDS, CachePolicy
from api.http.errors import UnknownPathError
from api.http.representation import build_success
from api.routing.endpoint import get_snapshot, send_cached
from content.answers.site import find_logo

#: Other bytes have another path.
_IMMUTABLE = CachePolicy(YEAR_SECONDS, immutable=True)
#: A picture may style itself, and do nothing else, even where it is opened as a page.
_POLICY = ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
_COLORS = re.compile(r"/colors-([0-9a-f]{6})-([0-9a-f]{6})\.css")
_SHEET = """\
:root {{ --link: #{}; }}
@media (prefers-color-scheme: dark) {{ :root {{ --link: #{}; }} }}
"""


def add_routes(blueprint: Blueprint) -> None:
    """Serve the logos of all releases, and style sheets."""
    blueprint.add_url_rule("/logo-<name>", view_func=show_logo)
    blueprint.add_url_rule("/colors-<name>", view_func=show_colors)


def show_logo(**_: str) -> flask.Response:
    """Return a logo that a release has or had."""
    logo = find_logo(get_snapshot().get_archive(), request.path)
    if logo is None:
        raise UnknownPathError(request.path, None)
    media_type, data = logo
    return send_cached(lambda _: build_success(data, media_type, _IMMUTABLE, headers=(_POLICY,)))


def show_colors(**_: str) -> flask.Response:
    """Return the style sheet with the two colors that its path names."""
    colors = _COLORS.fullmatch(request.path)
    if colors is None:
        raise UnknownPathError(request.path, None)
    text = _SHEET.format(*colors.groups())
    return send_cached(
        lambda _: build_success(text, "text/css; charset=utf-8", _IMMUTABLE), unbounded=True
    )
