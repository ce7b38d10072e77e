"""The site: pages for people who administer calendars, drawn from what version 1 answers."""

from flask import Blueprint, Flask

from api.site.endpoint import PageEndpoint
from api.site.faq import FAQ_PAGE

#: Every page, in the order in which people find them.
PAGES = (FAQ_PAGE,)


def init_app(app: Flask) -> None:
    """Serve every page."""
    blueprint = Blueprint("site", __name__)
    for page in PAGES:
        blueprint.add_url_rule(
            page.path,
            endpoint=page.template.removesuffix(".html"),
            view_func=PageEndpoint(page),
            methods=["GET"],
            provide_automatic_options=False,
        )
    app.register_blueprint(blueprint)
