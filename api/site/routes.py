"""The site: pages for administrators, built from the same data as the API."""

from flask import Blueprint, Flask
from werkzeug.exceptions import NotFound

from api.http.errors import UnknownPathError
from api.routing.collections import route_collections
from api.site import sitemap
from api.site.clouds import CLOUDS_PAGE
from api.site.collection import build_page
from api.site.endpoint import PageEndpoint, answer_failure, not_found
from api.site.faq import FAQ_DATA_PAGE, FAQ_PAGE
from api.site.home import HOME_PAGE
from api.site.ranges import RANGES_PAGE
from api.site.releases import CHANGES_PAGE, RELEASE_PAGE
from schemas.collection import Collection

#: All pages with their own template.
PAGES = (HOME_PAGE, FAQ_PAGE, FAQ_DATA_PAGE, RANGES_PAGE, CLOUDS_PAGE, CHANGES_PAGE, RELEASE_PAGE)


def init_app(app: Flask) -> None:
    """Register all routes of the site."""
    blueprint = Blueprint("site", __name__)
    for page in PAGES:
        blueprint.add_url_rule(
            page.path,
            endpoint=page.template.removesuffix(".html"),
            view_func=PageEndpoint(page),
            methods=["GET"],
            provide_automatic_options=False,
        )
    route_collections(blueprint, "/<collection>", "collection", _build_endpoint, only_facts=True)
    blueprint.register_error_handler(Exception, answer_failure)
    app.register_blueprint(blueprint)
    app.register_blueprint(sitemap.build_blueprint())
    for error in (NotFound, UnknownPathError):
        app.register_error_handler(error, not_found)


def _build_endpoint(collection: Collection) -> PageEndpoint:
    return PageEndpoint(build_page(collection))
