"""Answers without a script: `/embed/faqs/{id}`, a page that stands in a frame of another."""

import json
from dataclasses import replace

import flask
from flask import Blueprint
from marshmallow import Schema

from api.asked import Asked
from api.errors import build_error
from api.negotiation import IDENTITY
from api.notices import write_notices
from api.pages.discovery import write_discovery
from api.pages.frame import render_failure, render_frame
from api.query import parse_query
from api.represent import build_representation
from api.representation import Headers, Representation, build_plain
from api.routing import get_service, read_query_string, represent_error, send, send_kept
from api.service import Moment
from api.v1.faqs import CONTEXT
from content.catalogue import Archive
from content.documents import FAQS
from content.errors import WithdrawnDocumentError
from content.faqs import get_faq
from schemas.formats import PAGE
from schemas.query import READ_PARAMETERS

PATH = "/embed/faqs"
#: What may be said of the reader, and as of which release to read.
QUERY = Schema.from_dict(
    {**CONTEXT, "release": READ_PARAMETERS["release"]}, name="EmbedQuerySchema"
)
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors {}"
)
_FIRST_FAILURE = 400


def build_blueprint(frame_ancestors: str) -> Blueprint:
    """Return what serves `/embed/faqs/{id}`, its failures as pages too.

    Args:
        frame_ancestors: Which pages may put it into a frame, in the words of the policy.
    """
    blueprint = Blueprint("embed", __name__)
    # A page that is isolated from other origins frames only what says that it is so itself.
    headers = (
        ("Content-Security-Policy", _POLICY.format(frame_ancestors)),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        # What is said of the reader stands in the address of the frame.
        ("Referrer-Policy", "no-referrer"),
    )

    def show_frame(**ids: str) -> flask.Response:
        """Return an answer, filled in for its reader."""
        return _send(ids["id"], headers)

    def show_failure(error: Exception) -> flask.Response:
        """Return the page that says what is wrong: who reads a frame reads no JSON."""
        return send(_write_failure(represent_error(error), headers))

    blueprint.add_url_rule(f"{PATH}/<id>", view_func=show_frame)
    blueprint.register_error_handler(Exception, show_failure)
    return blueprint


def read_frame(faq_id: str, query_string: str, archive: Archive) -> Asked:
    """Return which frame is asked for.

    Raises:
        ParametersError: with every fault; the address was made by a program, which may be mended.
    """
    values = parse_query(QUERY(), query_string, archive)
    path, ids = f"{PATH}/{faq_id}", {"id": faq_id}
    return Asked(path, ids, values, QUERY(), PAGE, negotiated=False)


def _send(faq_id: str, headers: Headers) -> flask.Response:
    service = get_service()
    archive = service.get_moment(service.clock()).get_archive()
    asked = read_frame(faq_id, read_query_string(), archive)
    return send_kept(
        lambda moment: _represent(moment, asked, service.public_url, headers),
        asked.key,
        is_open=asked.is_open,
    )


def _represent(moment: Moment, asked: Asked, public_url: str, headers: Headers) -> Representation:
    release = asked.values["release"]
    reading = moment.build_reading(release, None)
    query = (target := asked.write_target()).removeprefix(asked.path)
    try:
        answer = get_faq(reading, asked.ids["id"], **asked.own)
    except WithdrawnDocumentError as error:
        # The one failure that is the answer, and is kept as one.
        successor = _find_successor(error, query)
        return _write_failure(build_error(error, asked.path, ""), headers, successor)
    link, said = write_discovery(public_url, target, answer.body["question"])
    page = render_frame(reading, answer.body, pinned=release is not None, query=query, head=link)
    return build_representation(
        answer,
        PAGE,
        page,
        pinned=release is not None,
        negotiated=False,
        headers=(*headers, ("Link", said)),
        notices=write_notices((answer,)),
    )


def _find_successor(error: WithdrawnDocumentError, query: str) -> str | None:
    """Return the path of what to read instead, for the same reader."""
    if error.successor is None:
        return None
    collection, _, successor = error.successor.partition("/")
    return f"{PATH}/{successor}{query}" if collection == FAQS else f"/v1/{error.successor}"


def _write_failure(
    failure: Representation, headers: Headers, successor: str | None = None
) -> Representation:
    """Return *failure*, whose body is a problem, as a page; a redirect stays one."""
    if failure.status < _FIRST_FAILURE:
        return failure
    problem = json.loads(failure.codings[IDENTITY].body)
    text = render_failure(problem, successor)
    page = build_plain(failure.status, text.encode(), PAGE.content_type, failure.freshness)
    kept = tuple(pair for pair in failure.headers if pair[0] != "Link")
    links = (("Link", f'<{successor}>; rel="successor-version"'),) if successor else ()
    return replace(page, headers=(*headers, *kept, *links))
