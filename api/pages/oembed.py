"""What a program may put into a page that has the address of an answer. Source: oEmbed 1.0."""

from dataclasses import dataclass
from html import escape
from typing import Any

import flask
from flask import Blueprint
from marshmallow import Schema

from api.http.errors import FormatNotOfferedError
from api.http.represent import build_representation
from api.http.representation import Representation, dump_json
from api.pages.addresses import find_frame
from api.rendering.discovery import OEMBED_PATH
from api.routing.asked import RequestParams
from api.routing.endpoint import cached_response, get_service, get_snapshot, read_query_string
from api.routing.query import keep_known, parse_query
from api.serving.service import Snapshot
from content.answers.faqs import get_faq
from content.errors import ParameterFault, ParametersError
from content.formats.rendering import Rendering
from content.ledger.catalogue import Archive
from openapi.info import TITLE
from schemas.fields import Text
from schemas.formats import JSON
from schemas.query import QueryNumber, list_parameters, optional

#: The room an answer gets where nothing is said of it; the message of the frame then says better.
WIDTH, HEIGHT = 640, 480
_MOST = 100_000
#: A frame's address changes with nothing; what it shows has its own headers. Seconds.
_CACHE_AGE = 86_400
#: All that a frame needs: its script, its own files, and links that open apart.
_SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
_QUERY = Schema.from_dict(
    {
        "url": optional(Text, "The address of a page with an answer.", facets={"minLength": 1}),
        "format_": optional(Text, "The form of the answer.", data_key="format"),
        "width": QueryNumber(
            "The most pixels in width.",
            least=1,
            most=_MOST,
            data_key="maxwidth",
            load_default=WIDTH,
        ),
        "height": QueryNumber(
            "The most pixels in height.",
            least=1,
            most=_MOST,
            data_key="maxheight",
            load_default=HEIGHT,
        ),
    },
    name="OembedQuerySchema",
)


@dataclass(frozen=True)
class _Frame:
    """A frame and its room, in pixels."""

    params: RequestParams
    width: int
    height: int


def add_routes(blueprint: Blueprint) -> None:
    """Serve `/oembed`."""
    blueprint.add_url_rule(OEMBED_PATH, view_func=show_oembed)


def show_oembed() -> flask.Response:
    """Return what stands for the answer at the address given."""
    snapshot, public_url = get_snapshot(), get_service().public_url
    frame = _read(read_query_string(), snapshot.get_archive(), public_url)
    return cached_response(
        snapshot,
        (OEMBED_PATH, frame.params.key, frame.width, frame.height),
        lambda: _represent(snapshot, frame, public_url),
        unbounded=True,
    )


def _read(query_string: str, archive: Archive, public_url: str) -> _Frame:
    """Return what is asked for; parameters that are not known are those of other providers.

    Raises:
        ParametersError: there is no address, or a size is none.
        FormNotOfferedError: another form than JSON is asked for.
        ForeignAddressError: the address is not of an answer of this service.
        UnknownReleaseError: it names a release that is not there.
    """
    given = parse_query(_QUERY(), keep_known(query_string, list_parameters(_QUERY())), None)
    if given["format_"] not in (None, JSON.name):
        raise FormatNotOfferedError(given["format_"], JSON.name)
    if given["url"] is None:
        text = f"url is missing; write the address of an answer, {public_url}/faqs/ and its id."
        raise ParametersError([ParameterFault("url", text)])
    params = find_frame(given["url"], archive, public_url)
    return _Frame(params, min(WIDTH, given["width"]), min(HEIGHT, given["height"]))


def _represent(snapshot: Snapshot, frame: _Frame, public_url: str) -> Representation:
    params = frame.params
    context = snapshot.build_context(params.values["release"], None)
    answer = get_faq(context, params.ids["id"], **params.view_args)
    body = _write(frame, answer.body["question"], public_url)
    rendering = Rendering(dump_json(body))
    pinned = params.values["release"] is not None
    return build_representation(answer, JSON, rendering, pinned=pinned, negotiated=False)


def _write(frame: _Frame, title: str, public_url: str) -> dict[str, Any]:
    """Return the response. Source: oEmbed 1.0, sections 2.3.4 and 2.3.4.4."""
    source = f"{public_url}{frame.params.build_target()}"
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": TITLE,
        "provider_url": public_url,
        "cache_age": _CACHE_AGE,
        "html": (
            f'<iframe src="{escape(source)}" title="{escape(title)}" width="{frame.width}" '
            f'height="{frame.height}" frameborder="0" loading="lazy" sandbox="{_SANDBOX}">'
            "</iframe>"
        ),
        "width": frame.width,
        "height": frame.height,
    }
