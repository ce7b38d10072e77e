"""Laws of every page for people: its headings, names, links, and what chats show of it."""

import re
from itertools import pairwise
from struct import unpack_from
from urllib.parse import parse_qs, urlsplit

import pytest

from schemas.problem import PROBLEM_TYPES
from tests.content_factory import ContentFactory
from tests.e2e.browser.worlds import PAGES, publish_world
from tests.pages import Page

ORIGIN = "https://faq.example.com"
#: Headings that leave levels out and go back, and links of every kind to answers and other data.
TEXT = """##### Deep

### Above

###### Deepest

[a](/v1/faqs/ports) [b](/v1/faqs/ports?format=html) [c](/v1/faqs/ports?dc=de) [d](/faqs/ports)
[e](/v1/faqs/ports?format=txt) [f](/v1/ip-ranges) [g](/v1/clouds#high) [h](https://example.com/v1/faqs/a)
[i](/v1/clouds/workspace)

| a |
| - |
| b |
"""
SITE = (
    *(
        *PAGES,
        "/faqs/linking/data?dc=uk",
        "/faqs/linking",
        "/faqs/linking?dc=uk",
        "/docs",
        "/terms",
        "/problems",
    ),
    *(f"/problems/{slug}" for slug in PROBLEM_TYPES),
)
FRAMES = ("/embed/faqs/linking", "/embed/faqs/linking?dc=uk&application=Acme", "/embed/faqs/ports")
FAILURES = ("/nowhere", "/faqs/nothing", "/ip-ranges?dc=ukk", "/embed/faqs/nothing")
EVERYWHERE = (*SITE, *FRAMES, *FAILURES)
#: Elements with a role of their own that may be named. Source: HTML Accessibility API Mappings.
NAMED = {
    *("a", "article", "button", "details", "form", "iframe", "input", "nav", "ol", "section"),
    *("select", "svg", "table", "textarea", "ul"),
}


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    """Reads pages of a world where every page has something to say."""
    factory = publish_world(ContentFactory(tmp_path_factory.mktemp("laws")))
    factory.faq("linking", TEXT, position=3, related=["ports"])
    factory.publish()
    client = factory.client(public_url=ORIGIN)
    return lambda path: Page(client.get(path, headers={"Accept": "text/html"}).text)


def list_links(page: Page, path: str) -> list[str]:
    return [link.removeprefix(ORIGIN) for link in page.links if urlsplit(link).path == path]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_headings_begin_with_one_title_and_leave_no_level_out(reading, path):
    levels = [int(tag[1]) for tag, _ in reading(path).elements if re.fullmatch("h[1-6]", tag)]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))


@pytest.mark.parametrize("path", EVERYWHERE)
def test_what_has_a_label_has_a_role(reading, path):
    for tag, attributes in reading(path).elements:
        if {"aria-label", "aria-labelledby"} & attributes.keys():
            assert tag in NAMED or "role" in attributes, (tag, attributes)
        if "tabindex" in attributes:
            assert "role" in attributes, (tag, attributes)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/faqs/linking", ["", "", "?dc=de", ""]),
        ("/faqs/linking?dc=uk", ["?dc=uk", "?dc=uk", "?dc=de", "?dc=uk"]),
        ("/faqs/linking?release=2026-02-04.01&dc=uk", ["?dc=uk&release=2026-02-04.01"] * 2),
    ],
)
def test_links_in_an_answer_stay_on_the_site_and_keep_what_the_reader_chose(
    reading, path, expected
):
    page = reading(path)
    query = expected[0]

    for found in (list_links(page, "/faqs/ports"), list_links(page, "/ip-ranges")):
        assert f"{'/faqs/ports' if 'ports' in found[0] else '/ip-ranges'}{query}" in found
    links = [link for link in page.links if urlsplit(link).path == "/faqs/ports"]
    assert links[: len(expected)] == [f"/faqs/ports{each}" for each in expected]
    assert f"/clouds{query}#high" in page.links
    assert f"/clouds{query}#workspace" in page.links
    assert list_links(page, "/v1/faqs/ports") == ["/v1/faqs/ports?format=txt"]
    assert "https://example.com/v1/faqs/a" in page.links


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", "?topic=network"),
        ("/", "?"),
        ("/faqs/addresses", "?dc=uk"),
        ("/faqs/ports", "?"),
        ("/ip-ranges", "?dc=uk"),
        ("/ip-ranges", "?traffic=web"),
        ("/clouds", "?"),
    ],
)
def test_a_page_of_an_old_release_leads_to_what_was_then_and_to_the_same_page_now(
    reading, path, query
):
    release = "2026-02-03.01"
    page = reading(f"{path}{query}&release={release}")

    body = [attributes.get("href", "") for tag, attributes in page.elements if tag == "a"]
    # The header and the footer lead to the newest of all; the log of releases is of no release.
    free = re.compile(r"#|https?:|/(changes|releases|docs|terms|problems|v1/releases)?(/|$)(?!.*=)")
    around = {"/ip-ranges", "/clouds", "/v1", "/changes", "/docs", "/terms", "/problems"}
    now = path + query.rstrip("?")
    left = [link for link in body if not free.match(link) and link not in around | {now}]
    assert left
    for link in left:
        assert "release" in parse_qs(urlsplit(link).query), link
    note = page.elements.index(("p", {"class": "note", "role": "note"}))
    assert [one for tag, one in page.elements[note:] if tag == "a"][1] == {"href": now}


def test_links_in_a_frame_stay_in_frames_with_all_that_is_known_of_the_reader(reading):
    links = list_links(reading(FRAMES[1]), "/embed/faqs/ports")

    assert [parse_qs(urlsplit(link).query) for link in links] == [
        {"dc": [center], "application": ["Acme"]} for center in ("uk", "uk", "de", "uk")
    ]


@pytest.mark.parametrize("path", SITE)
def test_a_link_to_a_page_shows_its_title_and_the_service_in_a_chat(reading, path):
    page = reading(path)
    shown = {tag["property"]: tag["content"] for tag in page.find("meta") if "property" in tag}
    (canonical,) = page.find("link", rel="canonical")
    (description,) = page.find("meta", name="description")

    assert shown["og:url"] == canonical["href"]
    assert urlsplit(canonical["href"]).path == urlsplit(path).path
    assert shown["og:site_name"] == "Admin guidance"
    assert shown["og:title"]
    assert shown["og:description"] == description["content"] != ""
    assert shown["og:type"] == ("article" if path.startswith("/faqs/") else "website")
    assert "og:image" not in shown


def test_without_an_address_that_readers_use_no_whole_address_is_given_to_chats(client):
    page = Page(client.get("/faqs/addresses").text)
    shown = {tag["property"] for tag in page.find("meta") if "property" in tag}

    assert {"og:title", "og:description", "og:site_name", "og:type"} == shown


@pytest.mark.parametrize("path", [*FAILURES[:3], *FRAMES])
def test_nothing_is_shown_in_a_chat_of_what_is_no_page(reading, path):
    assert [tag for tag in reading(path).find("meta") if "property" in tag] == []


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_page_has_an_icon_that_every_browser_can_draw(reading, client, path):
    page = reading(path)
    (touch,) = page.find("link", rel="apple-touch-icon")
    icons = [link["href"] for link in page.find("link", rel="icon")]

    assert icons == ["/favicon.ico", "/docs/icon.svg"]
    # Where its format has the size.
    for icon, place, form, size in (
        (touch["href"], 16, ">2I", (180, 180)),
        ("/favicon.ico", 6, "2B", (32, 32)),
    ):
        assert unpack_from(form, client.get(icon).data, place) == size
