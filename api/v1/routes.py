"""Version 1 of the API."""

from flask import Blueprint, Flask

from api.v1 import facts, faqs, history, index, ip_ranges, lookup, site


def init_app(app: Flask) -> None:
    """Register all routes of version 1."""
    blueprint = Blueprint("v1", __name__, url_prefix="/v1")
    index.add_routes(blueprint)
    site.add_routes(blueprint)
    faqs.add_routes(blueprint)
    ip_ranges.add_routes(blueprint)
    lookup.add_routes(blueprint)
    facts.add_routes(blueprint)
    history.add_routes(blueprint)
    app.register_blueprint(blueprint)
