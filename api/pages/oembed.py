"""`/oembed`: the HTML for embedding an answer in other sites. Source: oEmbed 1.0."""

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import urlsplit

import flask
from flask import Blueprint
from marshmallow import Schema

from api.http.errors import ForeignAddressError, FormatNotOfferedError
from api.http.representation import Representation, build_representation, dump_json
from api.pages.embed import PATH, QUERY, read_frame
from api.rendering.discovery import OEMBED_PATH
from api.rendering.site import describe_site
from api.routing.canonical import RequestParams
from api.routing.endpoint import cached_response, get_query, get_service, get_snapshot
from api.routing.query import Query, parse_query
from api.serving.service import Snapshot
from content.answers.faqs import get_faq
from content.documents import FAQS
from content.errors import ParameterFault, ParametersError
from content.formats.rendering import Rendering
from content.ledger.catalogue import Archive
from schemas.fields import Text
from schemas.formats import JSON
from schemas.query import QueryNumber, list_parameters, optional

#: The size of a frame in pixels, until it reports its own height.
WIDTH, HEIGHT = 640, 480
_MOST = 100_000
#: In seconds. The URL of a frame does not change, and the frame has its own caching headers.
_CACHE_AGE = 86_400
#: Permissions of a frame: its script, its own files, and links that open in a new tab.
_SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
_QUERY = Schema.from_dict(
    {
        "url": optional(Text, "URL of the page of an answer.", facets={"minLength": 1}),
        "format_": optional(Text, "Response format.", data_key="format"),
        "width": QueryNumber(
            "Maximum width in pixels.",
            least=1,
            most=_MOST,
            data_key="maxwidth",
            load_default=WIDTH,
        ),
        "height": QueryNumber(
            "Maximum height in pixels.",
            least=1,
            most=_MOST,
            data_key="maxheight",
            load_default=HEIGHT,
        ),
    },
    name="OembedQuerySchema",
)


_PAGE = re.compile(rf"(?P<frame>{PATH}|/{FAQS})/(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)")
#: The parameters that a frame takes from the page URL. `application` is not among them, because
#: anyone can write a link.
_PAGE_PARAMETERS = list_parameters(QUERY()).keys() - {"application"}


@dataclass(frozen=True)
class _Frame:
    """A frame and its size in pixels."""

    params: RequestParams
    width: int
    height: int


def add_routes(blueprint: Blueprint) -> None:
    """Serve `/oembed`."""
    blueprint.add_url_rule(OEMBED_PATH, view_func=show_oembed)


def show_oembed() -> flask.Response:
    """Return the oEmbed response for the URL in the query."""
    snapshot, public_url = get_snapshot(), get_service().public_url
    frame = _read(get_query(), snapshot.get_archive(), public_url)
    return cached_response(
        snapshot,
        (OEMBED_PATH, frame.params.key, frame.width, frame.height),
        lambda: _represent(snapshot, frame, public_url),
        unbounded=True,
    )


def _read(query: Query, archive: Archive, public_url: str) -> _Frame:
    """Parse the query. Unknown parameters are ignored, because other providers have more.

    Raises:
        ParametersError: the URL is missing, or a size is not a number.
        FormatNotOfferedError: the format is not JSON.
        ForeignAddressError: the URL is not that of an answer of this service.
        UnknownReleaseError: the URL contains an unknown release.
    """
    given = parse_query(_QUERY(), query.select(list_parameters(_QUERY())), None)
    if given["format_"] not in (None, JSON.name):
        raise FormatNotOfferedError(given["format_"], JSON.name)
    if given["url"] is None:
        text = f"url is missing. Give the URL of an answer: {public_url}/faqs/ and its ID."
        raise ParametersError([ParameterFault("url", text)])
    params = _find_frame(given["url"], archive, public_url)
    return _Frame(params, min(WIDTH, given["width"]), min(HEIGHT, given["height"]))


def _find_frame(url: str, archive: Archive, public_url: str) -> RequestParams:
    """Return the frame of the answer at *url*, the URL of its page or frame.

    Raises:
        ForeignAddressError: *url* is not that of an answer of this service.
        ParametersError: its query has faults. Unknown parameters of pages are ignored.
        UnknownReleaseError: it contains an unknown release.
    """
    faq_id, query = _read_address(url, public_url)
    try:
        params = read_frame(faq_id, query, archive)
    except ParametersError as error:
        faults = (ParameterFault("url", f"url: {fault.detail}") for fault in error.faults)
        raise ParametersError(faults) from None
    release = params.values["release"]
    catalogue = archive.latest if release is None else archive.get_catalogue(release)
    now = catalogue.resolve_alias(FAQS, faq_id)
    return replace(params, path=f"{PATH}/{now}", ids={"id": now})


def _read_address(url: str, public_url: str) -> tuple[str, Query]:
    """Return the ID of the answer at *url*, and the query for its frame."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ForeignAddressError(url, public_url) from None
    found = _PAGE.fullmatch(parts.path)
    if found is None or f"{parts.scheme}://{parts.netloc.lower()}" != public_url:
        raise ForeignAddressError(url, public_url)
    query = Query.parse(parts.query)
    return found["id"], query if found["frame"] == PATH else query.select(_PAGE_PARAMETERS)


def _represent(snapshot: Snapshot, frame: _Frame, public_url: str) -> Representation:
    params = frame.params
    context = snapshot.build_context(params.values["release"], None)
    answer = get_faq(context, params.ids["id"], **params.view_args)
    site = describe_site(context.catalogue)
    body = _write(frame, answer.body["question"], public_url, site.name)
    rendering = Rendering(dump_json(body), changed_at=site.changed_at)
    pinned = params.values["release"] is not None
    return build_representation(answer, JSON, rendering, pinned=pinned, negotiated=False)


def _write(frame: _Frame, title: str, public_url: str, provider: str) -> dict[str, Any]:
    """Return the response. Source: oEmbed 1.0, sections 2.3.4 and 2.3.4.4."""
    source = f"{public_url}{frame.params.build_target()}"
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": provider,
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
