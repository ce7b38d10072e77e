"""Endpoints: handle a request and send the response. Only this module uses `current_app`."""

from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import flask
import structlog
from flask import Blueprint, Flask, current_app, request
from werkzeug.datastructures import Headers as WerkzeugHeaders
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from api.http.deprecation import deprecation_headers
from api.http.errors import UnknownPathError, build_error
from api.http.links import build_links, deprecation_links
from api.http.negotiation import choose_format
from api.http.representation import Headers, Representation, build_representation, dump_json
from api.http.request import REQUEST, Request, quote_query, read_environ, read_environ_key
from api.http.respond import Response, answer_options, respond
from api.routing.canonical import RequestParams
from api.routing.nearest_path import is_known_path, suggest_path
from api.routing.query import Query, parse_query
from api.serving.service import Service, Snapshot
from content.answers.answer import Answer, ReadContext
from content.documents import KINDS, Key
from content.errors import UnknownReleaseError, WithdrawnDocumentError
from content.formats.rendering import Renderer, Rendering, render
from openapi.operation import Operation
from schemas.collection import Collection
from schemas.collections import COLLECTIONS
from schemas.formats import JSON

#: The function of an operation. Takes a read context, the IDs in the path, and parameters by name.
View = Callable[..., Answer]
#: Rejects parameters that the format does not support.
Check = Callable[[ReadContext, str, Mapping[str, Any]], None]

_EXTENSION = "faqts"
#: Keys of the environ for the parsed query and for the operation.
_QUERY = "faqts.query"
_OPERATION = "faqts.operation"
_log = structlog.get_logger()


def init_app(app: Flask, service: Service) -> None:
    """Attach *service* to *app* and register the default handlers."""
    app.extensions[_EXTENSION] = service
    app.url_map.merge_slashes = False
    app.before_request(_answer_options)
    app.before_request(_refuse_doubled_slash)
    app.register_error_handler(Exception, answer_error)


def get_service() -> Service:
    """Return the service of this application."""
    service: Service = current_app.extensions[_EXTENSION]
    return service


def get_request() -> Request:
    """Return the current request. Read it first if `CacheMiddleware` has not."""
    environ = request.environ
    if REQUEST not in environ:
        key = read_environ_key(environ)
        environ[REQUEST] = read_environ(key, get_service().clock())
    current: Request = environ[REQUEST]
    return current


def get_snapshot() -> Snapshot:
    """Return the snapshot for the current request."""
    return get_service().get_snapshot(get_request().now)


def get_query_string() -> str:
    """Return the query string of the current request, percent-encoded where necessary."""
    return quote_query(request.query_string)


def get_query() -> Query:
    """Return the query of the current request, parsed on first use."""
    environ = request.environ
    if _QUERY not in environ:
        environ[_QUERY] = Query.parse(get_query_string())
    query: Query = environ[_QUERY]
    return query


def route(
    blueprint: Blueprint,
    path: str,
    operation: Operation,
    renderers: Mapping[str, Renderer] | None = None,
    check: Check | None = None,
) -> Callable[[View], View]:
    """Return a decorator that serves a view at *path*.

    Args:
        renderers: The renderer of each format except JSON.
        check: Called with the context, the name of the format and the parameters by argument.
    """

    def register(view: View) -> View:
        blueprint.add_url_rule(
            path,
            endpoint=operation.id,
            view_func=Endpoint(operation, view, renderers, check),
            methods=["GET"],
            provide_automatic_options=False,
        )
        return view

    return register


class Endpoint:
    """Serves one operation. Takes the arguments of `route`."""

    def __init__(
        self,
        operation: Operation,
        view: View,
        renderers: Mapping[str, Renderer] | None = None,
        check: Check | None = None,
    ) -> None:
        self.operation = operation
        self._schema = operation.query()
        self._view = view
        self._renderers = renderers or {}
        self._check = check

    def __call__(self, **ids: str) -> flask.Response:
        """Return the response."""
        request.environ[_OPERATION] = self.operation
        snapshot = get_snapshot()
        values = parse_query(self._schema, get_query(), snapshot.get_archive())
        formats, wanted = self.operation.formats, values.pop("format_")
        format_ = choose_format(formats, wanted, get_request().head.accept)
        negotiated = wanted is None and len(formats) > 1
        used = self.operation.list_deprecations(get_query().names)
        params = RequestParams(request.path, ids, values, self._schema, format_, negotiated, used)
        return cached_response(
            snapshot, params.key, lambda: self._answer(snapshot, params), unbounded=params.unbounded
        )

    def _answer(self, snapshot: Snapshot, params: RequestParams) -> Representation:
        try:
            return self._represent(snapshot, params)
        except WithdrawnDocumentError as error:
            # Cache this failure: it cannot change before the next release.
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
    """Return an uncached response to the current request."""
    current = get_request()
    return _to_flask(respond(representation, current.head, current.now))


def send_cached(
    render: Callable[[Snapshot], Representation], *name: Hashable, unbounded: bool = False
) -> flask.Response:
    """Return the response to the current request, cached for this snapshot.

    Args:
        render: Builds the representation.
        name: Values that the representation depends on, in addition to the path.
        unbounded: Whether the request contains free values, such as IP addresses.
    """
    snapshot = get_snapshot()
    return cached_response(
        snapshot, (request.path, *name), lambda: render(snapshot), unbounded=unbounded
    )


def cached_response(
    snapshot: Snapshot, name: Hashable, render: Callable[[], Representation], *, unbounded: bool
) -> flask.Response:
    """Return the response for the representation *name*, rendered once per *snapshot*.

    Args:
        unbounded: Whether the request contains free values, such as IP addresses.
    """
    return _to_flask(snapshot.cache.respond(name, get_request(), render, unbounded=unbounded))


class _Sent(flask.Response):
    """A response whose headers are all sent. Werkzeug would remove some from a 304."""

    def get_wsgi_headers(self, environ: Mapping[str, Any]) -> WerkzeugHeaders:
        """Return the headers unchanged."""
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
    """Reject a path that starts with a double slash, which Werkzeug would merge."""
    if request.environ["PATH_INFO"].startswith("//"):
        raise build_unknown_path(f"/{request.path}")


def build_unknown_path(shown: str | None = None) -> UnknownPathError:
    """Return the error for a path that does not exist; *shown* is the path as sent."""
    known = suggest_path(current_app.url_map, _list_collection_paths(), request.path)
    return UnknownPathError(shown or request.path, known)


def find_collection(name: str, *, only_facts: bool) -> Collection:
    """Return the collection *name* of the release that the request reads.

    Args:
        only_facts: Whether to accept collections of facts only.

    Raises:
        NotReadyError: there is no release yet.
        UnknownPathError: no collection with default views has this name.
        WithdrawnDocumentError: the collection was declared, and its kind was withdrawn.
    """
    archive = get_snapshot().get_archive()
    catalogue, release = archive.latest, dict(get_query().pairs).get("release")
    if release:
        # The parser of the query reports an unknown release.
        with suppress(UnknownReleaseError):
            catalogue = archive.get_catalogue(release)
    table = catalogue.collections
    if name in table:
        found = table[name]
        if found.has_default_views and not (only_facts and found.is_plain):
            return found
    elif (kind := catalogue.find_version(Key(KINDS, name))) is not None:
        own = Key(name, (request.view_args or {}).get("id", ""))
        change = (catalogue.find_version(own) or kind).change
        raise WithdrawnDocumentError(*change.key, change.reason, change.successor)
    raise build_unknown_path()


def _list_collection_paths() -> tuple[str, ...]:
    """Return the paths of the collections that have default views in the latest release."""
    archive = get_snapshot().archive
    table = archive.latest.collections if archive else COLLECTIONS
    listed = [collection for collection in table if collection.has_default_views]
    pages = (f"/{collection.name}" for collection in listed if not collection.is_plain)
    return (*(f"/v1/{collection.name}" for collection in listed), *pages)


def represent_error(error: Exception) -> Representation:
    """Return the problem for *error*, and log it if it is a bug."""
    if isinstance(error, NotFound) or (
        # Unknown paths return 404 for every method, never 405.
        isinstance(error, MethodNotAllowed)
        and not is_known_path(current_app.url_map, _list_collection_paths(), request.path)
    ):
        error = build_unknown_path()
    failure = build_error(error, request.path, get_query_string())
    if not isinstance(error, HTTPException) and failure.status == 500:  # noqa: PLR2004  A bug.
        _log.error("request failed", path=request.path, exc_info=error)
    return failure


def answer_error(error: Exception) -> flask.Response:
    """Return *error* as a problem, in response to the current request."""
    failure = represent_error(error)
    operation: Operation | None = request.environ.get(_OPERATION)
    if operation is None:
        return send(failure)
    given = get_query().names
    negotiated = len(operation.formats) > 1 and "format" not in given
    headers = (*failure.headers, *deprecation_headers(operation.list_deprecations(given)))
    return send(replace(failure, vary=("Accept",) if negotiated else (), headers=headers))
