"""`/sitemap.xml` and `/robots.txt`."""

from collections.abc import Iterator

import flask
from flask import Blueprint

from api.http.caching import LIVE, choose_cache_policy
from api.http.dates import format_http_date
from api.http.representation import Representation, build_success
from api.rendering.site import describe_site
from api.rendering.templates import render_template
from api.routing.endpoint import get_service, send_cached
from api.serving.service import Snapshot
from api.site.page import PageContext
from content.answers.faqs import list_faqs
from content.changes.releases import list_release_ids
from schemas.formats import TXT

_SITEMAP_PATH = "/sitemap.xml"
#: The collection of facts that has its own page instead of the default one.
_OWN_PAGE = "clouds"
#: A sitemap is limited to 50,000 URLs. Source: sitemaps.org, "Sitemap file guidelines".
_MAX_FAQS, _MAX_RELEASES = 40_000, 9_000
_ROBOTS = """\
# Everything may be crawled, except results of address lookups.
User-agent: *
Disallow: /*?ip=
Disallow: /*&ip=
Allow: /

Sitemap: {public_url}{path}
"""


def build_blueprint() -> Blueprint:
    """Return a blueprint for `/sitemap.xml` and `/robots.txt`. Its errors are problems."""
    blueprint = Blueprint("machines", __name__)
    blueprint.add_url_rule(_SITEMAP_PATH, view_func=show_sitemap)
    blueprint.add_url_rule("/robots.txt", view_func=show_robots)
    return blueprint


def show_sitemap() -> flask.Response:
    """Return the URLs of all pages, with the time of their last change. Source: sitemaps.org."""
    public_url = get_service().public_url
    return send_cached(lambda snapshot: _represent_map(snapshot, public_url))


def show_robots() -> flask.Response:
    """Return the rules for crawlers. Source: RFC 9309."""
    text = _ROBOTS.format(public_url=get_service().public_url, path=_SITEMAP_PATH)
    return send_cached(lambda _: build_success(text, TXT.content_type, LIVE))


def _represent_map(snapshot: Snapshot, public_url: str) -> Representation:
    context = snapshot.build_context(None, None)
    faqs = list_faqs(context, limit=_MAX_FAQS)
    releases = list_release_ids(context, limit=_MAX_RELEASES)
    answer = PageContext({}, (faqs, releases)).join()
    facts = [
        f"/{collection.name}"
        for collection in context.catalogue.collections
        if collection.has_default_views and not collection.is_plain
        if collection.name != _OWN_PAGE and context.catalogue.list_documents(collection.name)
    ]
    site = describe_site(context.catalogue)
    paths = dict.fromkeys([*(page.path for page in site.pages), *facts])
    pages = [
        *((path, releases.body["items"][0]["published_at"]) for path in paths),
        *_list_pages("faqs", "id", "updated_at", faqs.body["items"]),
        *_list_pages("releases", "release", "published_at", releases.body["items"]),
    ]
    return build_success(
        render_template("sitemap.xml", site, public_url=public_url, pages=pages),
        "application/xml",
        choose_cache_policy(answer, pinned=False),
        last_modified=format_http_date(answer.changed_at),
    )


def _list_pages(
    folder: str, name: str, changed: str, items: list[dict[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield the path of each item and the time of its last change."""
    return ((f"/{folder}/{item[name]}", item[changed]) for item in items)
