"""One layout and one style around every page for people, in a real browser."""

from itertools import product

import pytest

from tests.e2e.browser.conftest import DESKTOP, PHONE

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
GROUND = "getComputedStyle(document.documentElement).backgroundColor"


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


def describe(reader, path: str) -> list:
    """How the header, the footer and the ground of *path* look in every scheme and window."""
    page = open_page(reader, path)
    looks = []
    for scheme, viewport in product(("light", "dark"), (DESKTOP, PHONE)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(viewport)
        looks.append((page.evaluate(DESCRIBE), page.evaluate(GROUND)))
    return looks


def test_every_page_has_the_same_header_footer_and_ground(visitor):
    expected = describe(visitor, "/")

    for path in (*SITE, *BESIDE):
        assert describe(visitor, path) == expected, path

    assert [words for words, *_ in expected[0][0][:6]] == [
        *("Admin guidance", "Admin guidance", "Answers", "IP ranges", "Clouds", "Changes")
    ]


@pytest.mark.parametrize("path", BESIDE)
def test_a_page_beside_the_site_leads_into_it(visitor, path):
    page = visitor.open(path).page
    page.get_by_role("navigation", name="Site").get_by_role("link", name="IP ranges").click()

    page.wait_for_url("**/ip-ranges")


@pytest.mark.parametrize("path", ["/problems", "/terms", "/docs"])
def test_a_page_says_that_one_is_there(visitor, path):
    current = visitor.open(path).page.locator("[aria-current=page]")

    assert [one.get_attribute("href") for one in current.all()] == [path]


@pytest.mark.parametrize("path", BESIDE)
def test_the_first_key_skips_to_the_content(visitor, path):
    page = visitor.open(path).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")

    part = page.url.partition("#")[2]
    assert page.locator(f"#{part} :is(h1, noscript, .swagger-ui)").count()
