"""What all pages of the site share: caching, parameters, failures, and what they link to."""

import re

import pytest

from api.http.request import read_environ_key
from tests.api.site.browsing import BROWSER, browse

pytestmark = pytest.mark.fourfold

PAGES = (
    "/",
    "/?q=addresses",
    "/?topic=network",
    "/faqs/addresses",
    "/faqs/addresses?dc=uk",
    "/ip-ranges",
    "/ip-ranges?dc=uk",
    "/ip-ranges?dc=uk&format=nft",
    "/ip-ranges?ip=203.0.114.1",
    "/clouds",
    "/data-centers",
    "/oauth-clients?provider=google",
    "/traffic-classes",
    "/changes",
    "/releases/2026-02-02.01",
)


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
    cache = service.get_snapshot(service.clock()).cache
    entries = len(cache._bounded.entries) + len(cache._unbounded.entries)

    joint = "&" if "?" in path else "?"
    for number in range(40):
        added = ask(client, f"{path}{joint}utm_source={number}&fbclid=%ff")
        assert added.get_data() == plain.get_data()

    assert len(cache._bounded.entries) + len(cache._unbounded.entries) == entries


def test_a_page_that_was_asked_for_is_sent_before_flask(client, service):
    key = read_environ_key(ask(client, "/faqs/addresses").request.environ)

    assert service.find_cached(key, service.clock()) is not None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/faqs/never", 404),
        ("/nowhere", 404),
        ("/faqs", 404),
        ("/faqs/addresses?dc=france", 400),
        ("/faqs/addresses?dc=uk&dc=de", 400),
        ("/faqs/addresses?release=2030-01-01.01", 404),
        ("/?topic=weather", 400),
        ("/ip-ranges?dc=france", 400),
        ("/ip-ranges?traffic=from", 400),
        ("/ip-ranges?family=ipv5", 400),
        ("/ip-ranges?format=xls", 400),
        ("/changes?cursor=a", 400),
        ("/releases/2030-01-01.01", 404),
        ("/releases/latest", 404),
    ],
)
def test_who_names_no_html_reads_a_problem_and_a_browser_a_page(client, path, status):
    page, problem = browse(client, path, status), client.get(path)

    assert problem.status_code == status
    assert page.find("form", role="search")
    assert problem.get_json()["type"] in page.links
    assert problem.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    "path",
    [
        "/faqs/call-555-0100-now",
        "/faqs/addresses?dc=Call+555-0100-now",
        "/faqs/addresses?application=Call+555-0100-now",
        "/faqs/addresses?release=Call+555-0100-now",
        "/ip-ranges?dc=Call+555-0100-now",
        "/changes?cursor=Call+555-0100-now",
        "/releases/call-555-0100-now",
    ],
)
def test_what_a_stranger_wrote_into_an_address_is_never_said_by_a_page(client, path):
    page = ask(client, path).get_data(as_text=True)

    assert "555-0100" not in page


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/faqs/adresses", "/faqs/addresses"),
        ("/ip-range", "/ip-ranges"),
        ("/clouds/", "/clouds"),
        ("/faqs/ADDRESSES", "/faqs/addresses"),
        ("/faqs", "/"),
        ("/releases", "/changes"),
        ("/docs/", "/docs"),
        ("/problems/", "/problems"),
    ],
)
def test_a_page_that_is_not_there_leads_to_the_one_that_was_meant(client, path, meant):
    page = browse(client, path, 404)

    name = "the front page" if meant == "/" else meant
    assert f"Did you mean {name}?" in page.text
    assert meant in page.links
    assert ask(client, meant).status_code == 200


def test_a_repaired_path_is_linked_and_not_shown(client):
    page = browse(client, "/faqs/call-555-0100-now/", 404)

    assert "Did you mean this page?" in page.text
    assert "/faqs/call-555-0100-now" in page.links
    assert "555-0100" not in page.text


@pytest.mark.parametrize("path", ["/faqs/nothing-like-it", "/xyzzy"])
def test_a_page_that_is_like_none_leads_to_none(client, path):
    assert "Did you mean" not in browse(client, path, 404).text


def test_a_page_is_read_as_of_a_release(factory):
    factory.world().publish("The world.")
    factory.faq("addresses", "All is different.\n", summary="Different.")
    second = factory.publish("Another answer.")
    client = factory.client()

    then = browse(client, "/faqs/addresses?release=2026-02-02.01")
    now = browse(client, "/faqs/addresses")

    assert "All is different" in now.text
    assert "12345" in then.text
    assert "You are viewing release" in then.text
    assert then.find("link", rel="canonical") == now.find("link", rel="canonical")
    answer = ask(client, f"/faqs/addresses?release={second.id}")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_before_the_first_release_a_browser_is_told_so(factory):
    page = ask(factory.client(), "/faqs/addresses")

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/?q={}", "/ip-ranges?ip={}"])
def test_what_is_searched_for_stands_in_its_field_and_nowhere_else(client, path):
    page = browse(client, path.format("Call+555-0100%22%3E%3Cb%3E"))

    assert "555-0100" not in page.text
    assert [f["value"] for f in page.find("input") if f.get("value")] == ['Call 555-0100"><b>']


def test_strangers_cannot_push_out_what_everybody_reads(factory):
    factory.world().publish("The world.")
    client = factory.client(cache_bytes=1 << 20)
    service = client.application.extensions["faqts"]
    key = read_environ_key(ask(client, "/clouds").request.environ)

    for number in range(100):
        ask(client, f"/?q={number}")

    assert service.find_cached(key, service.clock()) is not None


def test_a_form_sends_what_was_left_empty_which_asks_for_nothing(client):
    whole = ask(client, "/ip-ranges").get_data()

    assert ask(client, "/ip-ranges?dc=&traffic=&family=&ip=").get_data() == whole


def test_every_page_is_on_the_map(client):
    sitemap = client.get("/sitemap.xml").get_data(as_text=True)
    addresses = re.findall("<loc>(.*?)</loc>", sitemap)

    origin = "http://127.0.0.1:8000"
    assert addresses == [
        *(f"{origin}{path}" for path in ("/", "/ip-ranges", "/clouds", "/changes")),
        *(f"{origin}/{name}" for name in ("data-centers", "traffic-classes", "oauth-clients")),
        f"{origin}/faqs/addresses",
        f"{origin}/releases/2026-02-02.01",
    ]
    for address in addresses:
        page = browse(client, address.removeprefix(origin))
        assert page.find("link", rel="canonical")[0]["href"] == address


def test_robots_read_where_the_map_is(client):
    text = client.get("/robots.txt").get_data(as_text=True)

    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text.splitlines()


def test_addresses_of_the_site_are_those_that_its_operator_gave(factory):
    factory.world().publish("The world.")
    client = factory.client(public_url="https://faq.example.com")

    for path in ("/", "/faqs/addresses", "/ip-ranges?dc=uk", "/sitemap.xml", "/robots.txt"):
        text = client.get(path, headers={"Host": "evil.example"}).get_data(as_text=True)
        assert "https://faq.example.com" in text
        assert "evil.example" not in text
        assert "127.0.0.1" not in text


@pytest.mark.parametrize("path", ["/v1/nowhere", "/.well-known/nothing"])
def test_paths_for_machines_never_answer_with_a_page(client, path):
    answer = ask(client, path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
