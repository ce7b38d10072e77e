"""Framed answers: `/embed/faqs/{id}`, a page for iframes on other sites."""

import json
from dataclasses import replace

import flask
from flask import Blueprint
from marshmallow import Schema

from api.http.deprecation import deprecation_headers
from api.http.errors import build_error
from api.http.representation import (
    Headers,
    Representation,
    build_plain,
    build_representation,
)
from api.pages.frame import render_failure, render_frame
from api.rendering.discovery import build_oembed_link, build_oembed_url
from api.rendering.policy import build_frame_headers
from api.rendering.site import Site, describe_site
from api.routing.canonical import RequestParams
from api.routing.endpoint import (
    cached_response,
    get_query,
    get_service,
    get_snapshot,
    represent_error,
    send,
)
from api.routing.query import Query, parse_query
from api.serving.service import Snapshot
from api.v1.faqs import CONTEXT
from content.answers.faqs import get_faq
from content.documents import FAQS
from content.errors import WithdrawnDocumentError
from content.ledger.catalogue import Archive
from schemas.formats import PAGE
from schemas.query import READ_PARAMETERS

PATH = "/embed/faqs"
#: The parameters about the reader, and `release`.
QUERY = Schema.from_dict(
    {**CONTEXT, "release": READ_PARAMETERS["release"]}, name="EmbedQuerySchema"
)
_FIRST_FAILURE = 400


def build_blueprint(frame_ancestors: str, origin: str | None) -> Blueprint:
    """Return a blueprint for `/embed/faqs/{id}`. Its errors are pages too.

    Args:
        frame_ancestors: The pages that may frame it, as a source list of Content-Security-Policy.
        origin: The public URL; None if not known.
    """
    blueprint = Blueprint("embed", __name__)
    headers = build_frame_headers(frame_ancestors, origin)

    def show_frame(**ids: str) -> flask.Response:
        """Return the page of an answer."""
        return _send(ids["id"], headers)

    def show_failure(error: Exception) -> flask.Response:
        """Return *error* as a page, because people see it in the frame."""
        site = describe_site(get_snapshot().latest)
        return send(_render_failure(represent_error(error), site, headers))

    blueprint.add_url_rule(f"{PATH}/<id>", view_func=show_frame)
    blueprint.register_error_handler(Exception, show_failure)
    return blueprint


def read_frame(faq_id: str, query: Query, archive: Archive) -> RequestParams:
    """Parse the parameters of a frame.

    Raises:
        ParametersError: the query has faults, unknown parameters included.
    """
    values = parse_query(QUERY(), query, archive)
    path, ids = f"{PATH}/{faq_id}", {"id": faq_id}
    return RequestParams(path, ids, values, QUERY(), PAGE, negotiated=False)


def _send(faq_id: str, headers: Headers) -> flask.Response:
    snapshot, public_url = get_snapshot(), get_service().public_url
    params = read_frame(faq_id, get_query(), snapshot.get_archive())
    return cached_response(
        snapshot,
        params.key,
        lambda: _represent(snapshot, params, public_url, headers),
        unbounded=params.unbounded,
    )


def _represent(
    snapshot: Snapshot, params: RequestParams, public_url: str, headers: Headers
) -> Representation:
    context = snapshot.build_context(params.values["release"], None)
    pinned = params.values["release"] is not None
    query = (target := params.build_target()).removeprefix(params.path)
    try:
        answer = get_faq(context, params.ids["id"], **params.view_args)
    except WithdrawnDocumentError as error:
        # Cache this failure: it cannot change before the next release.
        failure = build_error(error, params.path, "")
        site = describe_site(context.catalogue)
        return _render_failure(failure, site, headers, _find_successor(error, query))
    address = build_oembed_url(public_url, target)
    page = render_frame(context, answer.body, pinned=pinned, query=query, address=address)
    return build_representation(
        answer,
        PAGE,
        page,
        pinned=pinned,
        negotiated=False,
        headers=(*headers, build_oembed_link(address)),
        notice_headers=deprecation_headers((answer,)),
    )


def _find_successor(error: WithdrawnDocumentError, query: str) -> str | None:
    """Return the path of the successor, with the same query."""
    if error.successor is None:
        return None
    collection, _, successor = error.successor.partition("/")
    if collection == "clouds":
        return f"/clouds#{successor}"
    return f"{PATH}/{successor}{query}" if collection == FAQS else f"/v1/{error.successor}"


def _render_failure(
    failure: Representation, site: Site, headers: Headers, successor: str | None = None
) -> Representation:
    """Return *failure* as a page if it is a problem; leave a redirect unchanged."""
    if failure.status < _FIRST_FAILURE:
        return failure
    problem = json.loads(failure.identity.body)
    text = render_failure(problem, successor, site)
    page = build_plain(failure.status, text.encode(), PAGE.content_type, failure.cache_policy)
    others = tuple(pair for pair in failure.headers if pair[0] != "Link")
    links = (("Link", f'<{successor}>; rel="successor-version"'),) if successor else ()
    return replace(page, headers=(*headers, *others, *links))
