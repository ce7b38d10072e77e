"""From a request for a page to its response: read leniently, drawn once, sent as an answer is."""

from collections.abc import Mapping
from typing import Any

import flask
from flask import request
from werkzeug.exceptions import HTTPException, NotFound

from api.http.dates import format_http_date
from api.http.deprecation import deprecation_headers
from api.http.represent import choose_cache_policy
from api.http.representation import Representation, build_success
from api.rendering.policy import SITE_HEADERS
from api.rendering.templates import render_template
from api.routing.canonical import format_query, unbounded
from api.routing.endpoint import (
    answer_error,
    build_unknown_path,
    cached_response,
    get_service,
    get_snapshot,
    read_query_string,
    represent_error,
    send,
)
from api.routing.query import keep_known, parse_query
from api.serving.service import Snapshot
from api.site.failures import adapt_failure
from api.site.page import Page
from content.answers.answer import Answer
from content.errors import MovedDocumentError
from schemas.formats import PAGE
from schemas.query import list_parameters

#: Paths whose failures are problems, whoever asks.
_MACHINES = ("/v1", "/problems", "/docs", "/.well-known", "/healthz", "/readyz")


class PageEndpoint:
    """Answers the requests for one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._schema = page.query()

    def __call__(self, **ids: str) -> flask.Response:
        """Return the page."""
        snapshot = get_snapshot()
        # A bad value of what is known is refused: a page of other addresses would be a wrong one.
        asked = keep_known(read_query_string(), list_parameters(self._schema), blank=False)
        values = parse_query(self._schema, asked, snapshot.get_archive())
        query = format_query(self._schema, values)
        key = ("page", request.path, query)
        return cached_response(
            snapshot,
            key,
            lambda: self._represent(snapshot, ids, values),
            unbounded=unbounded(self._schema, values),
        )

    def _represent(
        self, snapshot: Snapshot, ids: Mapping[str, str], values: Mapping[str, Any]
    ) -> Representation:
        own = dict(values)
        release = own.pop("release", None)
        context = snapshot.build_context(release, None)
        common = {
            "public_url": get_service().public_url,
            "path": self.page.path.replace("<id>", ids.get("id", "")),
            "here": self.page.path,
            "pinned": None if release is None else context.catalogue.release,
        }
        shown = self.page.view(context, *ids.values(), **own)
        text = render_template(self.page.template, **common, **shown.values)
        return _build(text, shown.join(), pinned=release is not None)


def answer_failure(error: Exception) -> flask.Response:
    """Return what answers instead of a page that failed with *error*."""
    if isinstance(error, MovedDocumentError | HTTPException):
        return answer_error(error)
    return send(adapt_failure(error, represent_error(error), request.headers.get("Accept", "")))


def not_found(error: NotFound) -> flask.Response:
    """Return what answers a path that leads nowhere: a problem where machines ask."""
    if request.path.startswith(_MACHINES):
        return answer_error(error)
    return answer_failure(build_unknown_path())


def _build(text: str, answer: Answer, *, pinned: bool) -> Representation:
    """Return a page with all that its headers say for ever."""
    return build_success(
        text,
        PAGE.content_type,
        choose_cache_policy(answer, pinned=pinned),
        last_modified=format_http_date(answer.changed_at),
        headers=(
            ("Content-Release", answer.read.id),
            ("Content-Language", answer.language or "en"),
            *SITE_HEADERS,
        ),
        notice_headers=deprecation_headers((answer,)),
    )
