"""What stands beside the collections: the contract itself, and what each problem means."""

import flask
from flask import Blueprint, Flask, request

from api.errors import UnknownPathError
from api.representation import LIVE_SECONDS, Freshness, build_success, dump_json
from api.routing import list_query_names, send_kept
from content.errors import ParameterFault, ParametersError
from schemas.problem import PROBLEM_TYPES

_KEPT = Freshness(LIVE_SECONDS, stale=True)


def init_app(app: Flask, document: str) -> None:
    """Serve `/v1/openapi.json`, whose text is *document*, and `/problems/{slug}`."""
    blueprint = Blueprint("pages", __name__)

    def show_document() -> flask.Response:
        """Return the OpenAPI document."""
        names = list_query_names()
        if names:
            said = "the OpenAPI document takes no parameters; leave them out."
            raise ParametersError([ParameterFault(name, said) for name in names])
        return _send(document)

    blueprint.add_url_rule("/v1/openapi.json", view_func=show_document)
    blueprint.add_url_rule("/problems/<slug>", view_func=show_problem)
    app.register_blueprint(blueprint)


def show_problem(slug: str) -> flask.Response:
    """Return what a kind of problem means and how to mend it."""
    problem = PROBLEM_TYPES.get(slug)
    if problem is None:
        raise UnknownPathError(request.path)
    names = ("slug", "title", "status", "cause", "repair")
    return _send(dump_json({name: getattr(problem, name) for name in names}))


def _send(text: str) -> flask.Response:
    return send_kept(request.path, lambda: build_success(text, "application/json", _KEPT))
