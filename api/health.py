"""Health and readiness checks. They are not part of the contract."""

from datetime import datetime
from typing import Any

import flask
from flask import Blueprint, Flask

from api.http.caching import NO_STORE
from api.http.representation import Representation, build_plain, dump_json
from api.routing.endpoint import get_request, get_service, send
from content.ledger.release import Release
from schemas.formats import JSON

HEALTH_PATH = "/healthz"


def init_app(app: Flask) -> None:
    """Serve `/healthz` and `/readyz`."""
    blueprint = Blueprint("health", __name__)
    blueprint.add_url_rule(HEALTH_PATH, view_func=show_health)
    blueprint.add_url_rule("/readyz", view_func=show_readiness)
    app.register_blueprint(blueprint)


def show_health() -> flask.Response:
    """Report that the process is alive."""
    return send(ALIVE)


def show_readiness() -> flask.Response:
    """Report the release served, its age, and any fault of the ledger."""
    service = get_service()
    state, poller = service.follower.state, service.poller
    release = state.archive.latest.release if state.archive else None
    reason = (poller.trouble if poller else None) or state.fault
    status = "degraded" if reason else "ready"
    if release is None:
        status = "not_ready"
    body = {
        "status": status,
        "release": release.id if release else None,
        "digest": release.digest if release else None,
        "age_seconds": _count_age(release),
        "reason": reason,
        "held_back": state.held_back,
        "rehearsal_today": service.today,
    }
    return send(_represent(200 if release else 503, body))


def _count_age(release: Release | None) -> int | None:
    if release is None:
        return None
    return int(get_request().now - datetime.fromisoformat(release.published_at).timestamp())


def _represent(status: int, body: dict[str, Any]) -> Representation:
    return build_plain(status, dump_json(body).encode(), JSON.media_type, NO_STORE)


#: The response of `/healthz`.
ALIVE = _represent(200, {"status": "alive"})
