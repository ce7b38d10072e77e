"""What each kind of problem means and how to mend it, for programs and for people."""

from collections.abc import Callable
from html import escape
from typing import Any

import flask
from flask import Blueprint, request
from marshmallow import Schema

from api.errors import UnknownPathError
from api.negotiation import NotAcceptableError, choose_form
from api.pages.html import build_page, mark_up
from api.query import parse_query
from api.representation import LIVE, Representation, build_success, dump_json
from api.routing import read_query_string, send_kept
from api.service import Moment
from content.nearest import find_nearest
from schemas.formats import JSON, PAGE, Form
from schemas.problem import PROBLEM_TYPES, ProblemType, ProblemTypeSchema
from schemas.query import build_format

_PATH = "/problems"
_FORMS = (JSON, PAGE)
_QUERY = Schema.from_dict({"format_": build_format("Problems", _FORMS)}, name="ProblemsQuerySchema")


def add_routes(blueprint: Blueprint) -> None:
    """Serve `/problems` and `/problems/{slug}`."""
    blueprint.add_url_rule(_PATH, view_func=list_problems)
    blueprint.add_url_rule(f"{_PATH}/<slug>", view_func=show_problem)


def list_problems() -> flask.Response:
    """Return every kind of problem."""
    return _send("Problems", _dump_all, _render_all)


def show_problem(slug: str) -> flask.Response:
    """Return what a kind of problem means and how to mend it."""
    problem = PROBLEM_TYPES.get(slug)
    if problem is None:
        nearest = find_nearest(slug.lower(), PROBLEM_TYPES)
        raise UnknownPathError(request.path, f"{_PATH}/{nearest}" if nearest else _PATH)
    return _send(problem.title, lambda: _dump(problem), lambda: _render(problem))


def _send(
    title: str, dump: Callable[[], dict[str, Any]], render_main: Callable[[], str]
) -> flask.Response:
    """Return the answer in the form asked for: what *dump* returns, or the page *title*."""
    form, negotiated = _read_form()
    vary = ("Accept",) if negotiated else ()
    headers = (("Link", _link_other(form)),)

    def render(_: Moment) -> Representation:
        if form is PAGE:
            return build_page(title, render_main(), vary=vary, headers=headers)
        text = dump_json(dump())
        return build_success(text, JSON.content_type, LIVE, vary=vary, headers=headers)

    return send_kept(render, form.name, negotiated)


def _read_form() -> tuple[Form, bool]:
    """Return the form asked for, and whether `Accept` decided.

    JSON is sent where `Accept` names neither: what a client asked for that it is refused, it asks
    for again when it reads why.
    """
    wanted = parse_query(_QUERY(), read_query_string(), None)["format_"]
    try:
        form = choose_form(_FORMS, wanted, request.headers.get("Accept", ""))
    except NotAcceptableError:
        form = JSON
    return form, wanted is None


def _link_other(form: Form) -> str:
    other = JSON if form is PAGE else PAGE
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


def _render(problem: ProblemType) -> str:
    """Return the page of *problem* without its title."""
    by_proxy = (
        "\n<p>The proxy in front of the service answers it, and never the service itself.</p>"
    )
    return f"""<dl>
<dt>Type</dt><dd><code>{_PATH}/{problem.slug}</code></dd>
<dt>Status</dt><dd>{problem.status}</dd>
</dl>
<h2>What leads to it</h2>
<p>{mark_up(problem.cause)}</p>{by_proxy if problem.by_proxy else ""}
<h2>What mends it</h2>
<p>{mark_up(problem.repair)}</p>"""


def _render_all() -> str:
    """Return the page of all problems without its title."""
    rows = "\n".join(map(_render_row, _list()))
    return f"<ul>\n{rows}\n</ul>"


def _render_row(problem: ProblemType) -> str:
    title = f'<a href="{_PATH}/{problem.slug}">{escape(problem.title)}</a>'
    return f"<li><p>{problem.status} {title}</p><p>{mark_up(problem.cause)}</p></li>"
