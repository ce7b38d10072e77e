"""What each kind of problem means and how to fix it, as JSON and as a page."""

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
    """Return every kind of problem."""
    return _send(_dump_all, "problem_types.html", here=_PATH, problems=_list())


def show_problem(slug: str) -> flask.Response:
    """Return what a kind of problem means and how to fix it."""
    problem = PROBLEM_TYPES.get(slug)
    if problem is None:
        suggestion = suggest(slug.lower(), PROBLEM_TYPES)
        raise UnknownPathError(request.path, f"{_PATH}/{suggestion}" if suggestion else _PATH)
    return _send(lambda: _dump(problem), "problem_type.html", problem=problem)


def _send(dump: Callable[[], dict[str, Any]], template: str, **values: Any) -> flask.Response:
    """Return the answer in the form asked for: what *dump* returns, or the page of *template*."""
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
    """Return the form asked for, and whether `Accept` decided.

    JSON is sent where `Accept` names neither: what a client asked for that it is refused, it asks
    for again when it reads why.
    """
    accept, query = get_request().head.accept, get_query()
    if prefers_page(accept):
        # What links get added is nothing to tell a person of; a program wants to know.
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
    """Return every kind of problem by its status."""
    return sorted(PROBLEM_TYPES.values(), key=lambda problem: problem.status)


def _dump(problem: ProblemType) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ProblemTypeSchema().fields}
