"""A fragment that a server put into a page of its own, in a real browser."""

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.browser.conftest import HOST, reading
from tests.e2e.browser.parents import get_origin
from tests.e2e.origins import making_up
from tests.e2e.servers import find_port, serving

ANSWER = """\
See [addresses](/v1/faqs/addresses), [there](https://example.com/a) and `<b>code</b>`.

### A part

| a | b |
|---|--:|
| &lt;script&gt;alert(1)&lt;/script&gt; | *two* |

3. three

> said
"""
#: Nothing but our own text may come in: a style, a script or a picture of the fragment complains.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'"
PLAIN = "<main><h1>A console</h1>{}<p id=after>After.</p></main>"
#: Everything a path, a name, an inherited style or an open element of the page could do to it.
HOSTILE = (
    "<base href=https://evil.example/deep/><link rel=stylesheet href={style}>"
    "<form name=article><div lang=fr dir=rtl class=h2><ul><li><b>{}</b><p id=after>After.</p>"
)
STYLE = (
    "* { all: unset; color: red !important } h2, h3, a, td { position: absolute; float: right }"
    "[class] { display: none } [id=after] { display: block } .h2 { display: block }"
)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    factory = ContentFactory(tmp_path_factory.mktemp("fragments")).world()
    factory.faq("many", ANSWER, position=2)
    factory.publish()
    with serving(factory) as running:
        yield running


@pytest.fixture(params=[PLAIN, HOSTILE], ids=["plain", "hostile"])
def page(request, browser, service):
    """A page of somebody else's with the fragment in it."""
    fragment = service.ask("/v1/faqs/many?format=html").body.decode()
    port = find_port()
    origin = f"http://{HOST}:{port}"
    body = request.param.replace("{style}", f"{origin}/style.css").replace("{}", fragment)
    text = f"<!doctype html><html lang=en><link rel=icon href={origin}/a.svg>{body}"
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
    with (
        making_up(port, headers=headers, body=text.encode()) as parent,
        reading(browser, parent.port) as reader,
    ):
        reader.page.route(
            "**/style.css", lambda route: route.fulfill(body=STYLE, content_type="text/css")
        )
        yield reader.open("/").page


def test_every_link_leads_to_the_service_or_where_it_says(page, service):
    links = page.eval_on_selector_all("article a", "links => links.map(link => link.href)")

    assert links == [f"{get_origin(service)}/faqs/addresses", "https://example.com/a"]


def test_its_elements_say_what_they_are_and_carry_no_names(page):
    tags = page.eval_on_selector_all("article *", "all => all.map(one => one.localName)")
    names = page.eval_on_selector_all(
        "article, article *", "all => all.flatMap(one => one.getAttributeNames())"
    )

    assert set(tags) == {
        *("h2", "h3", "p", "a", "code", "em", "ol", "li", "blockquote"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert set(names) == {"lang", "href", "rel", "start"}


def test_what_is_read_is_all_of_it_and_what_follows_is_outside(page):
    text = page.locator("article").text_content()

    assert "What of many?" in text
    assert "<b>code</b>" in text
    assert "<script>alert(1)</script>" in text
    assert page.get_attribute("article", "lang") == "en"
    assert page.locator("#after").is_visible()
    assert page.locator("article #after").count() == 0
