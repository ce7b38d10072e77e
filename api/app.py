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
    """Return what follows the ledger that *settings* name.

    Args:
        siblings: The other workers of the same port; None: there are none.
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
    """Return the application; nothing is loaded until `follower` is refreshed.

    Args:
        follower: Where releases come from; None: the ledger that *settings* names.
        clock: Returns the current time in seconds since 1970.
        document: The OpenAPI document to serve; None: that of the content folder.
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
    """Keep *response*, which is right on the day of a rehearsal only, out of every cache."""
    response.headers["Cache-Control"] = "no-store"
    return response
