"""One layout and one style around every page for people, in a real browser."""

import pytest

from tests.e2e.browser.conftest import DESKTOP, PHONE, reading

SITE = ("/", "/faqs/addresses", "/ip-ranges", "/clouds", "/changes", "/releases/2026-02-02.01")
BESIDE = ("/problems", "/problems/not-found", "/terms", "/docs")
#: How the header and the footer look: their words, and where and in what each is drawn.
DESCRIBE = """() => [...document.querySelectorAll("header.top :is(p, a), body > footer :is(p, a)")]
  .map((one) => {
    const place = one.getBoundingClientRect();
    const around = one.closest("header, footer").getBoundingClientRect();
    const style = getComputedStyle(one);
    const drawn = ["color", "fontFamily", "fontSize", "fontWeight", "lineHeight"];
    return [one.textContent.trim(), Math.round(place.left), Math.round(place.top - around.top),
      ...drawn.map((name) => style[name])];
  })"""


def open_page(reader, path: str):
    page = reader.open(path).page
    if path == "/docs":
        page.locator(".opblock").first.wait_for()
    # Where one is looks otherwise than elsewhere; what is compared is all the rest.
    page.evaluate(
        "document.querySelectorAll('[aria-current=page]')"
        ".forEach((one) => one.removeAttribute('aria-current'))"
    )
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_has_the_same_header_footer_and_ground(browser, server, viewport, scheme):
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with reading(browser, server.port, viewport=viewport, color_scheme=scheme) as reader:
        expected = open_page(reader, "/").evaluate(DESCRIBE), reader.page.evaluate(ground)

        for path in (*SITE, *BESIDE):
            page = open_page(reader, path)
            assert (page.evaluate(DESCRIBE), page.evaluate(ground)) == expected, path

    assert [words for words, *_ in expected[0][:6]] == [
        *("faqts", "faqts", "Answers", "IP ranges", "Clouds", "Changes")
    ]


@pytest.mark.parametrize("path", BESIDE)
def test_a_page_beside_the_site_leads_into_it(browser, server, path):
    with reading(browser, server.port) as reader:
        page = reader.open(path).page
        page.get_by_role("navigation", name="Site").get_by_role("link", name="IP ranges").click()

        page.wait_for_url("**/ip-ranges")


@pytest.mark.parametrize("path", ["/problems", "/terms", "/docs"])
def test_a_page_says_that_one_is_there(browser, server, path):
    with reading(browser, server.port) as reader:
        current = reader.open(path).page.locator("[aria-current=page]")

        assert [one.get_attribute("href") for one in current.all()] == [path]


@pytest.mark.parametrize("path", BESIDE)
def test_the_first_key_skips_to_the_content(browser, server, path):
    with reading(browser, server.port) as reader:
        page = reader.open(path).page
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        part = page.url.partition("#")[2]
        assert page.locator(f"#{part} :is(h1, noscript, .swagger-ui)").count()
