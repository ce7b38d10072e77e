"""From a request to a response: the one place that knows Flask's request and application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import flask
import structlog
from flask import Blueprint, Flask, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from api.errors import NotReadyError, UnknownPathError, build_error
from api.negotiation import choose_form
from api.query import parse_query
from api.representation import Representation, build_representation, dump_json
from api.respond import Response, answer_options, respond
from api.serving import Clock, Releases
from api.settings import DEFAULT_PUBLIC_URL
from content.answers import Answer, Reading
from content.catalogue import Archive
from content.forms.rendering import Rendering
from openapi.operation import Operation
from schemas.formats import Form

#: The core's own function: a reading, the ids of the path, and the parameters by name.
View = Callable[..., Answer]
#: An answer's JSON body in a form: a reading, the body, `public_url`, the parameters by name.
Renderer = Callable[..., Rendering]

_EXTENSION = "faqts"
#: Parameters that say how to read and how to answer; the core does not get them.
_OF_THE_EDGE = ("release", "on", "format_")
_log = structlog.get_logger()


@dataclass(frozen=True)
class Service:
    """What requests are answered from.

    Attributes:
        serving: The releases.
        clock: The moment it is.
        today: A day to take for today; None: the clock's.
        public_url: The address that readers use, without a slash at its end.
    """

    serving: Releases
    clock: Clock
    today: str | None = None
    public_url: str = DEFAULT_PUBLIC_URL

    @property
    def day(self) -> str:
        """Today, `YYYY-MM-DD`, in UTC."""
        return self.today or self.clock().date().isoformat()

    def count_seconds_since(self, instant: str) -> int:
        """Return how many seconds ago *instant* was."""
        return int((self.clock() - datetime.fromisoformat(instant)).total_seconds())

    def get_archive(self) -> Archive:
        """Return what can be read.

        Raises:
            NotReadyError: there is no release yet.
        """
        archive = self.serving.state.archive
        if archive is None:
            raise NotReadyError
        return archive

    def build_reading(self, release: str | None, on: str | None) -> Reading:
        """Return the reading that the parameters `release` and `on` ask for.

        Raises:
            UnknownReleaseError: no release is called *release*.
        """
        archive = self.get_archive()
        if release is None:
            return Reading(archive.latest, on or self.day)
        catalogue = archive.get_catalogue(release)
        return Reading(catalogue, on or catalogue.release.published_on)


def init_app(app: Flask, service: Service) -> None:
    """Give *app* what it answers from, and the ways in which it fails."""
    app.extensions[_EXTENSION] = service
    app.url_map.merge_slashes = False
    app.before_request(_answer_options)
    app.before_request(_refuse_doubled_slash)
    app.register_error_handler(Exception, _answer_error)


def get_service() -> Service:
    """Return what the request at hand is answered from."""
    service: Service = current_app.extensions[_EXTENSION]
    return service


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
        service = get_service()
        query = parse_query(self._schema, _read_query_string(), service.get_archive())
        release, on, asked = (query.pop(name, None) for name in _OF_THE_EDGE)
        form = choose_form(self.operation.forms, asked, request.headers.get("Accept", ""))
        reading = service.build_reading(release, on)
        answer = self._view(reading, *ids.values(), **query)
        representation = build_representation(
            answer,
            form,
            self._render(service, reading, answer, form, query),
            pinned=release is not None,
            day_given=on is not None,
            negotiated=asked is None and len(self.operation.forms) > 1,
        )
        return send(representation)

    def _render(
        self,
        service: Service,
        reading: Reading,
        answer: Answer,
        form: Form,
        query: Mapping[str, Any],
    ) -> Rendering:
        if form.name not in self._renderers:
            return Rendering(dump_json(answer.body))
        render = self._renderers[form.name]
        return render(reading, answer.body, public_url=service.public_url, **query)


def send(representation: Representation) -> flask.Response:
    """Return the response to the request at hand."""
    headers = dict(request.headers.items())
    now = get_service().clock()
    return _to_flask(respond(representation, request.method, headers, now))


def list_query_names() -> tuple[str, ...]:
    """Return the names of the parameters of the request at hand, each once."""
    return tuple(dict(parse_qsl(_read_query_string(), keep_blank_values=True)))


def _to_flask(response: Response) -> flask.Response:
    sent = flask.Response(response.body, status=response.status)
    sent.headers.clear()
    sent.headers.extend(response.headers)
    return sent


def _answer_options() -> flask.Response | None:
    return _to_flask(answer_options()) if request.method == "OPTIONS" else None


def _refuse_doubled_slash() -> None:
    """Refuse what werkzeug would mend at the beginning of a path as nowhere else."""
    if request.environ["PATH_INFO"].startswith("//"):
        raise UnknownPathError(f"/{request.path}", known=False)


def _answer_error(error: Exception) -> flask.Response:
    if isinstance(error, NotFound):
        error = UnknownPathError(request.path, known=_is_known(request.path.rstrip("/")))
    if not isinstance(error, HTTPException) and build_error(error, "", "").status == 500:  # noqa: PLR2004  A bug.
        _log.error("a request failed", path=request.path, exc_info=error)
    failure = build_error(error, request.path, _read_query_string())
    return send(replace(failure, vary=_list_varying()))


def _read_query_string() -> str:
    return request.query_string.decode("ascii", "replace")


def _list_varying() -> tuple[str, ...]:
    """Return what a failure depends on: where there are several forms, the one asked for."""
    view = current_app.view_functions.get(request.endpoint or "")
    forms = view.operation.forms if isinstance(view, _Endpoint) else ()
    return ("Accept",) if len(forms) > 1 and "format" not in list_query_names() else ()


def _is_known(path: str) -> bool:
    if path == request.path:
        return False
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except (NotFound, MethodNotAllowed):
        return False
    return True
