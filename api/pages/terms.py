"""The terms page."""

import flask
from flask import Blueprint

from api.http.caching import LIVE
from api.http.representation import Representation, build_success
from api.rendering.policy import STILL_HEADERS
from api.rendering.site import describe_site
from api.rendering.templates import render_template
from api.routing.endpoint import get_service, send_cached
from api.serving.service import Snapshot
from openapi.info import ENDING_PART, TERMS_PATH
from schemas.deprecation import MIN_NOTICE_DAYS
from schemas.formats import PAGE


def add_routes(blueprint: Blueprint) -> None:
    """Serve the page of terms."""
    blueprint.add_url_rule(TERMS_PATH, view_func=show_terms)


def show_terms() -> flask.Response:
    """Return the page."""
    return send_cached(_represent)


def _represent(snapshot: Snapshot) -> Representation:
    text = render_template(
        "terms.html",
        describe_site(snapshot.latest),
        here=TERMS_PATH,
        ending_part=ENDING_PART,
        notice_days=MIN_NOTICE_DAYS,
        **get_service().addresses,
    )
    return build_success(text, PAGE.content_type, LIVE, headers=STILL_HEADERS)
