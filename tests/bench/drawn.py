"""Pages of made-up content, by name: each takes a reading and returns the page as it is sent."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from api.http.caching import CachePolicy
from api.http.representation import build_success
from api.rendering.site import describe_site
from api.rendering.templates import render_template
from api.routing.query import Query, parse_query
from api.site.faq import FAQ_PAGE
from api.site.home import HOME_PAGE
from api.site.page import Page
from api.site.ranges import RANGES_PAGE
from api.site.releases import CHANGES_PAGE, RELEASE_PAGE
from content.answers.answer import ReadContext
from schemas.formats import PAGE
from tests.bench.made_up import PLAIN_ANSWER, TABLE_ANSWER


def draw(page: Page, reading: ReadContext, *ids: str, **asked: str) -> bytes:
    """The *page* of a *reading* as it is sent, compressed."""
    values = parse_query(page.query(), Query.parse(urlencode(asked)), reading.catalogue.archive)
    values.pop("release", None)
    shown = page.view(reading, *ids, **values)
    message = {
        "public_url": "",
        "origin": None,
        "path": "",
        "here": "",
        "pinned": None,
        "unpinned": "",
    }
    text = render_template(
        page.template, describe_site(reading.catalogue), **message, **shown.values
    )
    return build_success(text, PAGE.content_type, CachePolicy(0)).compressed.body


DRAWN: Mapping[str, Callable[[ReadContext], bytes]] = {
    "page: the front page": lambda r: draw(HOME_PAGE, r),
    "page: a search": lambda r: draw(HOME_PAGE, r, q="list"),
    "page: an answer": lambda r: draw(FAQ_PAGE, r, PLAIN_ANSWER),
    "page: an answer with a table": lambda r: draw(FAQ_PAGE, r, TABLE_ANSWER),
    "page: every range": lambda r: draw(RANGES_PAGE, r),
    "page: ranges of a data center": lambda r: draw(RANGES_PAGE, r, dc="uk"),
    "page: changes": lambda r: draw(CHANGES_PAGE, r),
    "page: a release": lambda r: draw(RELEASE_PAGE, r, r.catalogue.release.id),
    "page: the first release": lambda r: draw(RELEASE_PAGE, r, r.catalogue.get_release(1).id),
}
