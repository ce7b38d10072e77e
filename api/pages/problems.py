"""The error reference: the cause and fix of each problem type, as JSON and as a page."""

from collections.abc import Callable
from typing import Any

import flask
from flask import Blueprint, request
from marshmallow import Schema

from api.http.caching import LIVE
from api.http.errors import UnknownPathError
from api.http.negotiation import NotAcceptableError, choose_format, prefers_page
from api.http.representation import Representation, build_success, dump_json
from api.rendering.policy import STILL_HEADERS
from api.rendering.site import describe_site
from api.rendering.templates import render_template
from api.routing.endpoint import get_query, get_request, get_service, send_cached
from api.routing.query import parse_query
from api.serving.service import Snapshot
from content.suggestions import suggest
from schemas.formats import JSON, PAGE, Format
from schemas.problem import PROBLEM_TYPES, ProblemType, ProblemTypeSchema
from schemas.query import build_format, list_parameters

_PATH = "/problems"
_FORMATS = (JSON, PAGE)
_QUERY = Schema.from_dict(
    {"format_": build_format("Problems", _FORMATS)}, name="ProblemsQuerySchema"
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve `/problems` and `/problems/{slug}`."""
    blueprint.add_url_rule(_PATH, view_func=list_problems)
    blueprint.add_url_rule(f"{_PATH}/<slug>", view_func=show_problem)


def list_problems() -> flask.Response:
    """Return all problem types."""
    return _send(_dump_all, "problem_types.html", here=_PATH, problems=_list())


def show_problem(slug: str) -> flask.Response:
    """Return one problem type."""
    problem = PROBLEM_TYPES.get(slug)
    if problem is None:
        suggestion = suggest(slug.lower(), PROBLEM_TYPES)
        raise UnknownPathError(request.path, f"{_PATH}/{suggestion}" if suggestion else _PATH)
    return _send(lambda: _dump(problem), "problem_type.html", problem=problem)


def _send(dump: Callable[[], dict[str, Any]], template: str, **values: Any) -> flask.Response:
    """Return the result of *dump* as JSON, or the page *template*, as the client prefers."""
    values |= get_service().addresses
    format_, negotiated = _read_format()
    vary = ("Accept",) if negotiated else ()
    link = ("Link", _link_other(format_))

    def render(snapshot: Snapshot) -> Representation:
        if format_ is PAGE:
            text = render_template(template, describe_site(snapshot.latest), **values)
        else:
            text = dump_json(dump())
        headers = (*STILL_HEADERS, link) if format_ is PAGE else (link,)
        return build_success(text, format_.content_type, LIVE, vary=vary, headers=headers)

    return send_cached(render, format_.name, negotiated)


def _read_format() -> tuple[Format, bool]:
    """Return the format, and whether Accept selected it.

    If Accept allows neither, JSON is sent: a client whose Accept was rejected sends the same one
    when it looks up the reason.
    """
    accept, query = get_request().head.accept, get_query()
    if prefers_page(accept):
        # Do not bother people with unknown parameters. Programs get an error.
        query = query.select(list_parameters(_QUERY()))
    wanted = parse_query(_QUERY(), query, None)["format_"]
    try:
        format_ = choose_format(_FORMATS, wanted, accept)
    except NotAcceptableError:
        format_ = JSON
    return format_, wanted is None


def _link_other(format_: Format) -> str:
    other = JSON if format_ is PAGE else PAGE
    target = f"{request.path}?format={other.name}"
    return f'<{target}>; rel="alternate"; type="{other.media_type}"'


def _dump_all() -> dict[str, Any]:
    items = [_dump(problem) for problem in _list()]
    return {"count": len(items), "items": items}


def _list() -> list[ProblemType]:
    """Return all problem types, by status."""
    return sorted(PROBLEM_TYPES.values(), key=lambda problem: problem.status)


def _dump(problem: ProblemType) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ProblemTypeSchema().fields}
