"""What the site document changes: pages, feeds, frames, the API; and what old releases keep."""

import json
from hashlib import sha256

import pytest

from tests.api.site.browsing import BROWSER, browse
from tests.content.sources.test_site_source import build_png, build_svg
from tests.content_factory import ContentFactory
from tests.pages import Page

ORIGIN = "https://help.example.com"
FIELDS = {
    "name": "Network help",
    "organization": "Example Ltd",
    "service": "Example Sync",
    "tagline": "Which addresses to allow.",
    "audience": "network administrators",
    "language": "en-GB",
    "footer_links": [{"title": "Docs", "url": "https://docs.example.com/"}],
    "terms": "Ask *first*.\n\n## Always\n",
    "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "contact": {"title": "Help desk", "url": "mailto:help@example.com"},
    "colors": {"light": "#14539a", "dark": "#8ab8f0"},
    "navigation": ["ip-ranges", "answers", "clouds"],
    "notice": "This is a trial.",
}
PAGES = ("/", "/faqs/addresses", "/ip-ranges", "/changes", "/docs", "/terms", "/problems")
FRAME = "/embed/faqs/addresses"
FAILURES = ("/nowhere", "/faqs/nothing")
BEFORE, NAMED, LATEST = "2026-02-02.01", "2026-02-03.01", "2026-02-04.01"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """Three releases: without a site, with one, with one of another name and logo; no clouds."""
    factory = ContentFactory(tmp_path_factory.mktemp("site")).world()
    factory.facts("clouds")
    factory.publish()
    factory.site(build_svg(), **FIELDS, logo="logo.svg")
    factory.publish()
    factory.site(build_png(), **{**FIELDS, "name": "Help"}, logo="logo.png")
    factory.publish()
    return factory.client(public_url=ORIGIN)


def read(client, path: str) -> Page:
    return Page(client.get(path, headers=BROWSER).text)


def join(path: str, release: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}release={release}"


@pytest.mark.parametrize("path", [*PAGES, *FAILURES])
def test_every_page_names_the_service_and_who_publishes_it(client, path):
    page = read(client, path)

    assert page.text.startswith("Help Example Ltd") or " Help Example Ltd " in page.text
    assert "This is a trial." in page.text
    assert {"https://docs.example.com/", "mailto:help@example.com"} <= set(page.links)
    assert page.find("a", rel="license")[0]["href"] == FIELDS["license"]["url"]
    assert {"href": "/colors-14539a-8ab8f0.css", "rel": "stylesheet"} in page.find("link")


@pytest.mark.parametrize("path", PAGES)
def test_the_title_and_what_chats_show_are_of_the_service(client, path):
    page = read(client, path)
    shown = {tag["property"]: tag["content"] for tag in page.find("meta") if "property" in tag}

    assert "<title>" in client.get(path, headers=BROWSER).text
    assert " - Help</title>" in client.get(path, headers=BROWSER).text
    assert shown["og:site_name"] == "Help"
    assert shown["og:image"].startswith(f"{ORIGIN}/logo-")
    picture = client.get(shown["og:image"].removeprefix(ORIGIN))
    assert (picture.content_type, picture.data) == ("image/png", build_png())


def test_the_navigation_lists_the_pages_of_the_file_that_have_content(client):
    links = [link for link in read(client, "/").links if link.startswith("/")]

    assert links[links.index("/ip-ranges") :][:3] == ["/ip-ranges", "/", "/docs"]
    assert "/clouds" not in client.get("/sitemap.xml").text
    assert f"{ORIGIN}/changes<" in client.get("/sitemap.xml").text


@pytest.mark.parametrize("path", ["/", "/faqs/addresses", "/ip-ranges", FRAME])
def test_a_page_of_a_release_has_the_site_of_that_release(client, path):
    names = [
        next(name for name in ("Admin guidance", "Network help", "Help") if name in page.text)
        for page in (read(client, join(path, release)) for release in (BEFORE, NAMED, LATEST))
    ]

    assert names == ["Admin guidance", "Network help", "Help"]
    assert "This is a trial." not in read(client, join(path, BEFORE)).text


@pytest.mark.parametrize("path", ["/", "/faqs/addresses", "/ip-ranges", FRAME])
def test_a_page_changed_when_its_site_did(client, path):
    dates = [client.get(join(path, r)).headers["Last-Modified"] for r in (BEFORE, NAMED, LATEST)]

    assert [date[5:7] for date in dates] == ["02", "03", "04"]


def test_a_page_changed_when_its_navigation_did(factory):
    factory.world().publish()
    factory.facts("clouds")
    factory.withdrawn(
        {"collection": "clouds", "id": "workspace", "reason": "Gone.", "successor": None}
    )
    factory.publish()
    client = factory.client()

    assert "/clouds" not in read(client, "/terms").links
    assert "/clouds" in read(client, f"/ip-ranges?release={BEFORE}").links
    assert client.get("/ip-ranges").headers["Last-Modified"].startswith("Tue, 03 Feb 2026")


def test_a_frame_says_from_whom_it_is(client):
    text = read(client, FRAME).text

    assert "From Help, Example Ltd." in text
    assert "This is a trial." in text


@pytest.mark.parametrize(
    ("fields", "caller", "center"),
    [
        (
            {"organization": "Example Ltd", "service": "Example Sync"},
            "Example Sync",
            "Example Sync data center",
        ),
        ({"organization": "Example Ltd", "service": None}, "Example Ltd", "data center"),
        ({}, "The service", "data center"),
    ],
)
def test_the_ranges_say_who_opens_a_connection(factory, fields, caller, center):
    factory.world().site(**fields)
    factory.publish()

    text = read(factory.client(), "/ip-ranges?dc=uk&traffic=from-service").text

    assert f"{caller} opens the connection" in text
    assert f"Allow only the ranges for your {center}." in text


def test_the_terms_are_those_of_the_file(client):
    text = client.get("/terms").text
    assert "<p>Ask <em>first</em>.</p>" in text
    assert "<h3>Always</h3>" in text
    assert "Questions about the content: Help desk." in read(client, "/terms").text


def test_feeds_and_previews_are_from_who_publishes(client):
    feed = client.get("/v1/releases?format=atom").text
    preview = client.get(f"/oembed?url={ORIGIN}/faqs/addresses").get_json()

    assert "<title>Help: releases and their changes</title>" in feed
    assert "<author><name>Example Ltd</name></author>" in feed
    assert preview["provider_name"] == "Help"


def test_the_api_returns_the_site_without_the_bytes_of_its_logo(client):
    body = client.get(f"/v1/site?release={NAMED}").get_json()
    digest = sha256(build_svg()).hexdigest()

    assert body == {
        "id": "site",
        **FIELDS,
        "logo": {
            "url": f"/logo-{digest[:16]}.svg",
            "media_type": "image/svg+xml",
            "digest": f"sha256:{digest}",
        },
        "updated_at": "2026-02-03T12:00:00Z",
        "release": NAMED,
        "links": {"self": "/v1/site"},
    }


def test_before_there_is_a_site_the_api_returns_neutral_values(client):
    body = client.get(f"/v1/site?release={BEFORE}").get_json()

    assert (body["name"], body["organization"], body["release"]) == ("Admin guidance", None, BEFORE)
    assert body["notice"] is None


def test_the_index_names_the_service(client):
    body = client.get("/v1").get_json()

    assert body["site"] == {
        name: {**FIELDS, "name": "Help"}[name]
        for name in ("name", "organization", "tagline", "language", "notice")
    }
    assert "/v1/site" in [resource["href"] for resource in body["resources"]]


@pytest.mark.parametrize("path", [*PAGES, *FAILURES, FRAME, "/embed/faqs/nothing"])
def test_every_page_is_in_the_language_of_the_content(client, path):
    answer = client.get(path, headers=BROWSER)

    assert Page(answer.text).find("html")[0]["lang"] == "en-GB"
    assert answer.headers.get("Content-Language", "en-GB") == "en-GB"


def test_answers_and_feeds_are_in_the_language_that_the_content_had_in_their_release(client):
    path = "/v1/faqs/addresses"
    for release, language in ((BEFORE, "en"), (NAMED, "en-GB"), (LATEST, "en-GB")):
        answer = client.get(f"{join(path, release)}&lang=de")

        assert answer.get_json()["language"] == {"served": language, "available": [language]}
        assert answer.headers["Content-Language"] == language
        assert (
            f'<article lang="{language}">' in client.get(f"{join(path, release)}&format=html").text
        )
        assert read(client, join("/faqs/addresses", release)).find("html")[0]["lang"] == language
        assert read(client, join(FRAME, release)).find("html")[0]["lang"] == language
    assert 'xml:lang="en-GB"' in client.get("/v1/releases?format=atom").text
    assert client.get(path).headers["Last-Modified"].startswith("Tue, 03 Feb 2026")


def test_a_change_of_the_site_is_a_change_like_any_other(client):
    (change,) = client.get(f"/v1/changes?since={NAMED}").get_json()["items"]
    page = read(client, f"/releases/{LATEST}")

    assert (change["collection"], change["fields"]) == ("site", ["name", "logo"])
    assert "data" not in json.dumps(change)
    assert "/v1/site" in page.links
    assert change["after"]["logo"]["digest"] in page.text


def test_the_logos_of_all_releases_are_served_for_good(client):
    for release, data in ((NAMED, build_svg()), (LATEST, build_png())):
        answer = client.get(client.get(f"/v1/site?release={release}").get_json()["logo"]["url"])

        assert answer.data == data
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/logo-0000000000000000.svg").status_code == 404


def test_the_colors_are_a_style_sheet_of_colors_and_nothing_else(client):
    answer = client.get("/colors-14539a-8ab8f0.css")

    assert answer.content_type == "text/css; charset=utf-8"
    assert answer.text.count("--link: #") == 2
    assert "immutable" in answer.headers["Cache-Control"]
    for path in ("/colors-14539a.css", "/colors-14539A-8ab8f0.css", "/colors-14539a-8ab8f0.png"):
        assert client.get(path).status_code == 404


def test_before_the_first_release_pages_are_neutral(factory):
    client = factory.client()

    assert "Admin guidance" in client.get("/terms").text
    assert "Admin guidance" in browse(client, "/", 503).text
    assert client.get("/logo-0000000000000000.svg").status_code == 503
