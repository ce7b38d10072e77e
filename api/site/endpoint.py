"""Endpoints of pages. They ignore unknown parameters, and browsers get errors as pages."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import flask
from flask import request
from werkzeug.exceptions import HTTPException, NotFound

from api.http.caching import choose_cache_policy
from api.http.dates import format_http_date
from api.http.deprecation import deprecation_headers
from api.http.errors import UnknownPathError
from api.http.representation import Representation, build_success
from api.rendering.policy import SITE_HEADERS
from api.rendering.site import describe_site
from api.rendering.templates import render_template
from api.routing.canonical import format_query, unbounded
from api.routing.endpoint import (
    answer_error,
    build_unknown_path,
    cached_response,
    get_query,
    get_request,
    get_service,
    get_snapshot,
    represent_error,
    send,
)
from api.routing.query import parse_query
from api.serving.service import Snapshot
from api.site.failures import adapt_failure
from api.site.page import Page
from content.answers.answer import Answer
from content.errors import MovedDocumentError
from schemas.formats import PAGE
from schemas.query import list_parameters

#: Paths whose errors are problems, even for browsers.
_PROBLEM_PATHS = ("/v1", "/.well-known", "/healthz", "/readyz")


class PageEndpoint:
    """Serves one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._schema = page.query()

    def __call__(self, **ids: str) -> flask.Response:
        """Return the page."""
        snapshot = get_snapshot()
        # An invalid value of a known parameter is an error: the page without it would be wrong.
        known = get_query().select(list_parameters(self._schema), blank=False)
        values = parse_query(self._schema, known, snapshot.get_archive())
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
            **get_service().addresses,
            "path": self.page.path.replace("<id>", ids.get("id", "")),
            "here": self.page.path,
            "pinned": None if release is None else context.catalogue.release,
            "unpinned": format_query(self._schema, values, release=None),
        }
        shown = self.page.view(context, *ids.values(), **own)
        site = describe_site(context.catalogue)
        text = render_template(self.page.template, site, **common, **shown.values)
        answer = shown.join()
        newest = replace(answer, changed_at=max(answer.changed_at, site.changed_at))
        return _build(text, newest, site.language, pinned=release is not None)


def answer_failure(error: Exception) -> flask.Response:
    """Return *error* as the response to a request for a page."""
    if isinstance(error, MovedDocumentError | HTTPException):
        return answer_error(error)
    failure, site = represent_error(error), describe_site(get_snapshot().latest)
    return send(adapt_failure(error, failure, get_request().head.accept, site))


def not_found(error: NotFound | UnknownPathError) -> flask.Response:
    """Return the response for an unknown path: a problem under `_PROBLEM_PATHS`."""
    if request.path.startswith(_PROBLEM_PATHS):
        return answer_error(error)
    return answer_failure(build_unknown_path() if isinstance(error, NotFound) else error)


def _build(text: str, answer: Answer, language: str, *, pinned: bool) -> Representation:
    """Return a page with its headers."""
    return build_success(
        text,
        PAGE.content_type,
        choose_cache_policy(answer, pinned=pinned),
        last_modified=format_http_date(answer.changed_at),
        headers=(
            ("Content-Release", answer.read.id),
            ("Content-Language", language),
            *SITE_HEADERS,
        ),
        notice_headers=deprecation_headers((answer,)),
    )
