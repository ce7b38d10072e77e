"""What all pages of the site share: caching, parameters, failures, and what they link to."""

import pytest

from tests.api.site.browsing import BROWSER, browse

PAGES = ("/faqs/addresses",)


@pytest.fixture
def service(client):
    return client.application.extensions["faqts"]


def ask(client, path, **headers):
    return client.get(path, headers={**BROWSER, **headers})


def list_own_links(client, path: str) -> set[str]:
    links = browse(client, path).links
    return {link.partition("#")[0] for link in links if link.startswith("/")} - {""}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_cached_and_asked_again_like_an_answer(client, path):
    page = ask(client, path)

    assert page.headers["Cache-Control"].startswith("public, max-age=300, stale-while-revalidate=")
    assert page.headers["Vary"] == "Accept-Encoding"
    tag, changed = page.headers["ETag"], page.headers["Last-Modified"]
    assert ask(client, path, **{"If-None-Match": tag}).status_code == 304
    assert ask(client, path, **{"If-Modified-Since": changed}).status_code == 304
    packed = ask(client, path, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] == tag
    head = client.head(path)
    assert head.headers["ETag"] == tag
    assert head.get_data() == b""


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(client, path):
    for link in sorted(list_own_links(client, path)):
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", PAGES)
def test_what_a_link_got_added_changes_nothing_and_makes_no_entry(client, service, path):
    plain = ask(client, path)
    cache = service.get_moment(service.clock()).cache
    entries = len(cache._closed.entries) + len(cache._open.entries)

    joint = "&" if "?" in path else "?"
    for number in range(40):
        added = ask(client, f"{path}{joint}utm_source={number}&fbclid=%ff")
        assert added.get_data() == plain.get_data()

    assert len(cache._closed.entries) + len(cache._open.entries) == entries


def test_a_page_that_was_asked_for_is_sent_before_flask(client, service):
    ask(client, "/faqs/addresses")

    spelling = ("/faqs/addresses", "", BROWSER["Accept"])
    assert service.find_kept(spelling, service.clock()) is not None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/faqs/never", 404),
        ("/faqs/addresses?dc=france", 400),
        ("/faqs/addresses?dc=uk&dc=de", 400),
        ("/faqs/addresses?release=2030-01-01.01", 404),
    ],
)
def test_who_names_no_html_reads_a_problem_and_a_browser_a_page(client, path, status):
    page, problem = browse(client, path, status), client.get(path)

    assert problem.status_code == status
    assert problem.get_json()["title"] in page.text
    assert problem.get_json()["type"] in page.links
    assert problem.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    "path",
    [
        "/faqs/call-555-0100-now",
        "/faqs/addresses?dc=Call+555-0100-now",
        "/faqs/addresses?application=Call+555-0100-now",
        "/faqs/addresses?release=Call+555-0100-now",
    ],
)
def test_what_a_stranger_wrote_into_an_address_is_never_said_by_a_page(client, path):
    page = ask(client, path).get_data(as_text=True)

    assert "555-0100" not in page


def test_a_page_is_read_as_of_a_release(editor):
    editor.world().publish("The world.")
    editor.faq("addresses", "All is different.\n", summary="Different.")
    second = editor.publish("Another answer.")
    client = editor.client()

    then = browse(client, "/faqs/addresses?release=2026-02-02.01")
    now = browse(client, "/faqs/addresses")

    assert "All is different" in now.text
    assert "12345" in then.text
    assert "You read this as it stood in" in then.text
    assert then.find("link", rel="canonical") == now.find("link", rel="canonical")
    answer = ask(client, f"/faqs/addresses?release={second.id}")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_before_the_first_release_a_browser_is_told_so(editor):
    page = ask(editor.client(), "/faqs/addresses")

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
