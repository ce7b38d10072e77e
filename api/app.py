"""Wire the application."""

from time import time

import flask

from api import health
from api.http.request import Clock
from api.pages import routes as pages
from api.routing import endpoint as routing
from api.serving.follower import ReleaseFollower, Releases, Siblings
from api.serving.service import Service
from api.settings import Settings
from api.site import routes as site
from api.v1 import routes as v1
from content.ledger.store import Ledger
from openapi.document import read_served_document
from schemas.collection import Collections
from schemas.collections import COLLECTIONS


def build_follower(
    settings: Settings,
    collections: Collections = COLLECTIONS,
    *,
    siblings: Siblings | None = None,
    clock: Clock = time,
) -> ReleaseFollower:
    """Return a follower of the ledger in *settings*.

    Args:
        siblings: The other workers on the same port; None if there are none.
        clock: Returns the current time in seconds since 1970.
    """
    ledger = Ledger(settings.ledger, collections)
    return ReleaseFollower(ledger, settings.release, clock=clock, siblings=siblings)


def create_app(
    settings: Settings | None = None,
    collections: Collections = COLLECTIONS,
    *,
    follower: Releases | None = None,
    clock: Clock = time,
    document: str | None = None,
) -> flask.Flask:
    """Return the application. Releases are loaded when `follower` is refreshed.

    Args:
        follower: The source of releases; None for the ledger in *settings*.
        clock: Returns the current time in seconds since 1970.
        document: The OpenAPI document to serve; None for the one in the content folder.
    """
    chosen = settings or Settings()
    app = flask.Flask("api", static_folder=None)
    source = follower or build_follower(chosen, collections, clock=clock)
    service = Service(
        source,
        clock,
        chosen.today,
        cache_bytes=chosen.cache_bytes,
        public_url=chosen.base_url,
        is_public=chosen.public_url is not None,
    )
    routing.init_app(app, service)
    if chosen.today is not None:
        app.after_request(_forbid_caching)
    v1.init_app(app)
    text = read_served_document(chosen.content) if document is None else document
    contact, ancestors = chosen.security_contact, chosen.frame_ancestors
    pages.init_app(app, text, contact, ancestors, chosen.public_url)
    site.init_app(app)
    health.init_app(app)
    return app


def _forbid_caching(response: flask.Response) -> flask.Response:
    """Forbid caching of *response*, which is only valid during the rehearsal."""
    response.headers["Cache-Control"] = "no-store"
    return response
