"""From a request to a response: the one place that knows the application."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import flask
import structlog
from flask import Blueprint, Flask, current_app, request
from werkzeug.datastructures import Headers as WerkzeugHeaders
from werkzeug.exceptions import HTTPException, NotFound

from api.http.deprecation import write_notices
from api.http.errors import UnknownPathError, build_error
from api.http.links import write_ending_links, write_links
from api.http.negotiation import choose_form
from api.http.represent import build_representation
from api.http.representation import Headers, Representation, Response, dump_json
from api.http.respond import answer_options, respond
from api.middleware.wsgi import quote_query, read_head, spell
from api.routing.asked import Asked
from api.routing.nearest_path import find_path
from api.routing.query import parse_query
from api.serving.service import Moment, Service
from content.answers.answer import Answer, Reading
from content.errors import WithdrawnDocumentError
from content.formats.rendering import Rendering
from openapi.operation import Operation

#: The core's own function: a reading, the ids of the path, and the parameters by name.
View = Callable[..., Answer]
#: An answer's JSON body in a form: a reading, the body, `public_url` and `write_target` for forms
#: with whole addresses, and the parameters by name.
Renderer = Callable[..., Rendering]

_EXTENSION = "faqts"
_log = structlog.get_logger()


def init_app(app: Flask, service: Service) -> None:
    """Give *app* what it answers from, and the ways in which it fails."""
    app.extensions[_EXTENSION] = service
    app.url_map.merge_slashes = False
    app.before_request(_answer_options)
    app.before_request(_refuse_doubled_slash)
    app.register_error_handler(Exception, answer_error)


def get_service() -> Service:
    """Return what the request at hand is answered from."""
    service: Service = current_app.extensions[_EXTENSION]
    return service


def get_moment() -> Moment:
    """Return the state and the day that the request at hand is answered from; take it once."""
    service = get_service()
    return service.get_moment(service.clock())


def route(
    blueprint: Blueprint,
    path: str,
    operation: Operation,
    renderers: Mapping[str, Renderer] | None = None,
) -> Callable[[View], View]:
    """Return a decorator that serves a function of the core at *path*.

    Args:
        renderers: What makes the text of each form; JSON may do without.
    """

    def register(view: View) -> View:
        blueprint.add_url_rule(
            path,
            endpoint=operation.id,
            view_func=_Endpoint(operation, view, renderers or {}),
            methods=["GET"],
            provide_automatic_options=False,
        )
        return view

    return register


class _Endpoint:
    """Answers the requests for one operation."""

    def __init__(self, operation: Operation, view: View, renderers: Mapping[str, Renderer]) -> None:
        self.operation = operation
        self._schema = operation.query()
        self._view = view
        self._renderers = renderers

    def __call__(self, **ids: str) -> flask.Response:
        moment = get_moment()
        values = parse_query(self._schema, read_query_string(), moment.get_archive())
        forms, wanted = self.operation.forms, values.pop("format_")
        form = choose_form(forms, wanted, request.headers.get("Accept", ""))
        negotiated = wanted is None and len(forms) > 1
        used = self.operation.list_deprecations(list_query_names())
        asked = Asked(request.path, ids, values, self._schema, form, negotiated, used)
        return keep(moment, asked.key, lambda: self._answer(moment, asked), is_open=asked.is_open)

    def _answer(self, moment: Moment, asked: Asked) -> Representation:
        try:
            return self._represent(moment, asked)
        except WithdrawnDocumentError as error:
            # The one failure that is the answer, and is kept as one.
            vary = ("Accept",) if asked.negotiated else ()
            failure = build_error(error, asked.path, "")
            headers = (*failure.headers, *write_notices(asked.deprecations))
            return replace(failure, vary=vary, headers=headers)

    def _represent(self, moment: Moment, asked: Asked) -> Representation:
        release = asked.values["release"]
        reading = moment.build_reading(release, asked.values.get("on"))
        answer = self._view(reading, *asked.ids.values(), **asked.own)
        rendering = self._render(reading, answer, asked)
        notices = write_notices((*asked.deprecations, answer))
        return build_representation(
            answer,
            asked.form,
            rendering,
            pinned=release is not None,
            negotiated=asked.negotiated,
            headers=(("Link", self._link(answer, rendering, asked, notices)),),
            notices=notices,
        )

    def _link(self, answer: Answer, rendering: Rendering, asked: Asked, notices: Headers) -> str:
        following = rendering.next_cursor or answer.body.get("next_cursor")
        forms, deprecation = self.operation.forms, self.operation.deprecation
        links = write_links(answer.body, following, asked.form, forms, asked.write_target)
        if not notices:
            return links
        successor = deprecation.successor if deprecation else None
        return f"{links}, {write_ending_links(successor, asked.ids)}"

    def _render(self, reading: Reading, answer: Answer, asked: Asked) -> Rendering:
        if asked.form.name not in self._renderers:
            return Rendering(dump_json(answer.body))
        return self._renderers[asked.form.name](
            reading,
            answer.body,
            public_url=get_service().public_url,
            write_target=asked.write_target,
            **asked.own,
        )


def send(representation: Representation) -> flask.Response:
    """Return the response to the request at hand."""
    return _to_flask(respond(representation, read_head(request.environ), get_service().clock()))


def send_kept(
    render: Callable[[Moment], Representation], *decided_by: Hashable, is_open: bool = False
) -> flask.Response:
    """Return the response to the request at hand, kept until a release arrives or the day ends.

    Args:
        render: Makes it, once for each path.
        decided_by: What else it depends on.
        is_open: Whether values without end stand in the request.
    """
    moment = get_moment()
    return keep(moment, (request.path, *decided_by), lambda: render(moment), is_open=is_open)


def keep(
    moment: Moment, key: Hashable, render: Callable[[], Representation], *, is_open: bool
) -> flask.Response:
    """Return the response called *key*, rendered once in *moment*.

    Args:
        is_open: Whether there is no end of requests like the one at hand.
    """
    spelling = spell(request.environ)
    return send(moment.cache.get(key, spelling, render, is_open=is_open))


def list_query_names() -> tuple[str, ...]:
    """Return the names of the parameters of the request at hand, each once."""
    return tuple(dict(parse_qsl(read_query_string(), keep_blank_values=True)))


class _Sent(flask.Response):
    """A response whose headers are sent as they are; werkzeug would take some from a 304."""

    def get_wsgi_headers(self, environ: Mapping[str, Any]) -> WerkzeugHeaders:
        """Return the headers."""
        del environ
        return self.headers


def _to_flask(response: Response) -> flask.Response:
    sent = _Sent(response.body, status=response.status)
    sent.headers.clear()
    sent.headers.extend(response.headers)
    return sent


def _answer_options() -> flask.Response | None:
    return _to_flask(answer_options()) if request.method == "OPTIONS" else None


def _refuse_doubled_slash() -> None:
    """Refuse what werkzeug would mend at the beginning of a path as nowhere else."""
    if request.environ["PATH_INFO"].startswith("//"):
        raise UnknownPathError(f"/{request.path}", find_path(current_app.url_map, request.path))


def build_unknown_path() -> UnknownPathError:
    """Return the error that the path of the request at hand leads nowhere."""
    return UnknownPathError(request.path, find_path(current_app.url_map, request.path))


def represent_error(error: Exception) -> Representation:
    """Return what the request at hand gets that failed with *error*; the log gets what is a bug."""
    if isinstance(error, NotFound):
        error = build_unknown_path()
    failure = build_error(error, request.path, read_query_string())
    if not isinstance(error, HTTPException) and failure.status == 500:  # noqa: PLR2004  A bug.
        _log.error("a request failed", path=request.path, exc_info=error)
    return failure


def answer_error(error: Exception) -> flask.Response:
    """Return what answers the request at hand, which failed with *error*: a problem."""
    failure = represent_error(error)
    view, given = current_app.view_functions.get(request.endpoint or ""), list_query_names()
    if not isinstance(view, _Endpoint):
        return send(failure)
    negotiated = len(view.operation.forms) > 1 and "format" not in given
    headers = (*failure.headers, *write_notices(view.operation.list_deprecations(given)))
    return send(replace(failure, vary=("Accept",) if negotiated else (), headers=headers))


def read_query_string() -> str:
    """Return the query of the request at hand, every byte that may not stand in one encoded."""
    return quote_query(request.query_string)
