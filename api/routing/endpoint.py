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

from api.http.deprecation import deprecation_headers
from api.http.errors import UnknownPathError, build_error
from api.http.links import build_links, deprecation_links
from api.http.negotiation import choose_format
from api.http.represent import build_representation
from api.http.representation import Headers, Representation, Response, dump_json
from api.http.respond import answer_options, respond
from api.middleware.wsgi import quote_query, read_head, request_key
from api.routing.asked import RequestParams
from api.routing.nearest_path import find_path
from api.routing.query import parse_query
from api.serving.service import Service, Snapshot
from content.answers.answer import Answer, ReadContext
from content.errors import WithdrawnDocumentError
from content.formats.rendering import Renderer, Rendering, render
from openapi.operation import Operation
from schemas.formats import JSON

#: The core's own function: a reading, the ids of the path, and the parameters by name.
View = Callable[..., Answer]
#: Refuses parameters that the format cannot be written with, before anything is selected.
Check = Callable[[ReadContext, str, Mapping[str, Any]], None]

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


def get_snapshot() -> Snapshot:
    """Return the state and the day that the request at hand is answered from; take it once."""
    service = get_service()
    return service.get_snapshot(service.clock())


def route(
    blueprint: Blueprint,
    path: str,
    operation: Operation,
    renderers: Mapping[str, Renderer] | None = None,
    check: Check | None = None,
) -> Callable[[View], View]:
    """Return a decorator that serves a function of the core at *path*.

    Args:
        renderers: What makes the text of each format but JSON.
        check: Gets the name of the format and the parameters by argument.
    """

    def register(view: View) -> View:
        blueprint.add_url_rule(
            path,
            endpoint=operation.id,
            view_func=_Endpoint(operation, view, renderers or {}, check),
            methods=["GET"],
            provide_automatic_options=False,
        )
        return view

    return register


class _Endpoint:
    """Answers the requests for one operation."""

    def __init__(
        self,
        operation: Operation,
        view: View,
        renderers: Mapping[str, Renderer],
        check: Check | None,
    ) -> None:
        self.operation = operation
        self._schema = operation.query()
        self._view = view
        self._renderers = renderers
        self._check = check

    def __call__(self, **ids: str) -> flask.Response:
        snapshot = get_snapshot()
        values = parse_query(self._schema, read_query_string(), snapshot.get_archive())
        formats, wanted = self.operation.formats, values.pop("format_")
        format_ = choose_format(formats, wanted, request.headers.get("Accept", ""))
        negotiated = wanted is None and len(formats) > 1
        used = self.operation.list_deprecations(list_query_names())
        params = RequestParams(request.path, ids, values, self._schema, format_, negotiated, used)
        return cached_response(
            snapshot, params.key, lambda: self._answer(snapshot, params), unbounded=params.unbounded
        )

    def _answer(self, snapshot: Snapshot, params: RequestParams) -> Representation:
        try:
            return self._represent(snapshot, params)
        except WithdrawnDocumentError as error:
            # The one failure that is the answer, and is kept as one.
            vary = ("Accept",) if params.negotiated else ()
            failure = build_error(error, params.path, "")
            headers = (*failure.headers, *deprecation_headers(params.deprecations))
            return replace(failure, vary=vary, headers=headers)

    def _represent(self, snapshot: Snapshot, params: RequestParams) -> Representation:
        release = params.values["release"]
        context = snapshot.build_context(release, params.values.get("on"))
        if self._check is not None:
            self._check(context, params.format_.name, params.values)
        formatting = self.operation.format_parameters
        selecting = {n: value for n, value in params.view_args.items() if n not in formatting}
        answer = self._view(context, *params.ids.values(), **selecting)
        rendering = self._render(context, answer, params)
        notice_headers = deprecation_headers((*params.deprecations, answer))
        return build_representation(
            answer,
            params.format_,
            rendering,
            pinned=release is not None,
            negotiated=params.negotiated,
            headers=(("Link", self._link(answer, rendering, params, notice_headers)),),
            notice_headers=notice_headers,
        )

    def _link(
        self, answer: Answer, rendering: Rendering, params: RequestParams, notice_headers: Headers
    ) -> str:
        following = rendering.next_cursor or answer.body.get("next_cursor")
        formats, deprecation = self.operation.formats, self.operation.deprecation
        links = build_links(answer.body, following, params.format_, formats, params.build_target)
        if not notice_headers:
            return links
        successor = deprecation.successor if deprecation else None
        return f"{links}, {deprecation_links(successor, params.ids)}"

    def _render(self, context: ReadContext, answer: Answer, params: RequestParams) -> Rendering:
        if params.format_ is JSON:
            return Rendering(dump_json(answer.body))
        return render(
            self._renderers[params.format_.name],
            context=context,
            body=answer.body,
            public_url=get_service().public_url,
            build_target=params.build_target,
            **params.view_args,
        )


def send(representation: Representation) -> flask.Response:
    """Return the response to the request at hand."""
    return _to_flask(respond(representation, read_head(request.environ), get_service().clock()))


def send_cached(
    render: Callable[[Snapshot], Representation], *decided_by: Hashable, unbounded: bool = False
) -> flask.Response:
    """Return the response to the request at hand, kept until a release arrives or the day ends.

    Args:
        render: Makes it, once for each path.
        decided_by: What else it depends on.
        unbounded: Whether values without end stand in the request.
    """
    snapshot = get_snapshot()
    return cached_response(
        snapshot, (request.path, *decided_by), lambda: render(snapshot), unbounded=unbounded
    )


def cached_response(
    snapshot: Snapshot, key: Hashable, render: Callable[[], Representation], *, unbounded: bool
) -> flask.Response:
    """Return the response called *key*, rendered once in *snapshot*.

    Args:
        unbounded: Whether there is no end of requests like the one at hand.
    """
    raw_target = request_key(request.environ)
    return send(snapshot.cache.get(key, raw_target, render, unbounded=unbounded))


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
    negotiated = len(view.operation.formats) > 1 and "format" not in given
    headers = (*failure.headers, *deprecation_headers(view.operation.list_deprecations(given)))
    return send(replace(failure, vary=("Accept",) if negotiated else (), headers=headers))


def read_query_string() -> str:
    """Return the query of the request at hand, every byte that may not stand in one encoded."""
    return quote_query(request.query_string)
