"""The reference of the API for people: swagger-ui, from here, and nothing from elsewhere."""

import flask
from flask import Blueprint, request

from api.errors import UnknownPathError
from api.links import API_CATALOG, CONTRACT
from api.pages.assets import ASSETS, EMBED, ICON_PATH, SWAGGER_UI, read_asset
from api.pages.html import NAVIGATION, NOWHERE
from api.representation import LIVE, build_success
from api.routing import send_kept
from content.kept import Kept
from content.nearest import find_nearest
from schemas.formats import PAGE

#: All that swagger-ui loads and asks for is of this origin; what it draws with, docs.css has.
_POLICY = f"default-src 'self'; object-src 'none'; {NOWHERE}"
_PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>API reference - faqts</title>
<link rel="icon" href="/docs/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/swagger-ui-{SWAGGER_UI}/swagger-ui.css">
<link rel="stylesheet" href="/docs/docs.css">
<script defer src="/docs/swagger-ui-{SWAGGER_UI}/swagger-ui-bundle.js"></script>
<script defer src="/docs/docs.js"></script>
</head>
<body>
{NAVIGATION}
<section id="reference" aria-label="API reference">
<noscript><p>This reference is drawn by a script. The contract itself is
<a href="/v1/openapi.json">/v1/openapi.json</a>.</p></noscript>
</section>
</body>
</html>
"""


def add_routes(blueprint: Blueprint) -> None:
    """Serve `/docs`, the files below it, and those of other pages."""
    read = Kept()

    def show_asset(**_: str) -> flask.Response:
        """Return a file that a page loads; packing the largest takes long enough to do it once."""
        asset = ASSETS.get(request.path)
        if asset is None:
            nearest = find_nearest(request.path, ASSETS)
            raise UnknownPathError(request.path, nearest or "/docs")
        return send_kept(lambda _: read.once(asset, lambda: read_asset(asset)))

    blueprint.add_url_rule("/docs", view_func=show_docs)
    blueprint.add_url_rule("/docs/<path:name>", view_func=show_asset)
    blueprint.add_url_rule(ICON_PATH, view_func=show_asset)
    blueprint.add_url_rule(f"/embed/<version>/{EMBED}", view_func=show_asset)


def show_docs() -> flask.Response:
    """Return the page."""
    headers = (
        ("Content-Security-Policy", _POLICY),
        ("Link", f"{CONTRACT}, {API_CATALOG}"),
    )
    return send_kept(lambda _: build_success(_PAGE, PAGE.content_type, LIVE, headers=headers))
