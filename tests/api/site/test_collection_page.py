"""The page of any collection of facts: the built-in ones, and one that code has never heard of."""

from dataclasses import replace

import pytest

from schemas.collection import Collections
from schemas.collections import COLLECTIONS
from tests.api.site.browsing import browse
from tests.api.v1.test_new_kind import BERLIN, LONDON, OFFICES
from tests.content_factory import SAMPLE, ContentFactory

PAGED = [c.name for c in COLLECTIONS if c.has_default_views and not c.is_plain]
KIND = replace(OFFICES, configures=("name",))


@pytest.fixture
def offices(tmp_path):
    """A client of a service with a kind of its own, whose second document is a sample."""
    factory = ContentFactory(tmp_path, Collections((*COLLECTIONS, KIND))).world()
    berlin = {**BERLIN, "sources": [SAMPLE], "topics": []}
    factory.facts("front-offices", {**LONDON, "aliases": ["londinium"]}, berlin)
    factory.publish("Open.")
    return factory.client()


@pytest.mark.parametrize("name", PAGED)
def test_a_page_shows_every_document_where_links_lead(client, name):
    page = browse(client, f"/{name}")

    ids = {item["id"] for item in client.get(f"/v1/{name}").get_json()["items"]}
    assert ids <= set(page.ids)
    assert f"/v1/{name}" in page.links


def test_a_field_has_a_label_and_a_value_for_people(offices):
    text = offices.get("/front-offices").get_data(as_text=True)

    assert "<h1>Offices</h1>" in text
    assert "<dt>Data center</dt>" in text
    assert '<a href="/data-centers#uk">United Kingdom</a>' in text
    assert '<a href="/?topic=network">Network</a>' in text
    assert "<dd>ground</dd>" in text


def test_a_declared_field_has_its_title_and_its_choices_as_they_are_written(factory):
    choices = {
        "name": "tls_mode",
        "type": "choice",
        "choices": ["tls", "none"],
        "title": "Security",
    }
    details = {"name": "details", "type": "markdown"}
    factory.world().kind("smtp-hosts", choices, details, filters=[{"field": "tls_mode"}])
    text = "## Ports\n\nUse 587.\n"
    factory.facts(
        "smtp-hosts",
        {"id": "a", "tls_mode": "tls", "details": text},
        {"id": "b", "tls_mode": "none"},
    )
    factory.publish("Hosts.")

    page = factory.client().get("/smtp-hosts").get_data(as_text=True)

    assert "<dt>Security</dt>" in page
    assert '<label for="by-tls_mode">Security</label>' in page
    assert "<dd>tls</dd>" in page
    assert "<h3>Ports</h3>" in page


def test_equal_names_are_told_apart_by_what_makes_each_unique(factory):
    factory.world().facts(
        "permissions",
        {"id": "a", "name": "email", "provider": "google", "kind": "scope"},
        {"id": "b", "name": "email", "provider": "microsoft", "kind": "delegated"},
        {"id": "c", "name": "openid", "provider": "microsoft", "kind": "delegated"},
    )
    factory.publish()

    page = factory.client().get("/permissions").get_data(as_text=True)

    assert ">email (google, scope)</a>" in page
    assert ">email (microsoft, delegated)</a>" in page
    assert ">openid</a>" in page


@pytest.mark.parametrize(
    ("value", "shown", "more"),
    [
        ("uk", "United Kingdom", {"type": "reference", "to": "data-centers"}),
        ("low", "low", {"type": "choice", "choices": ["low", "high"]}),
        (3, "3", {"type": "number"}),
        (True, "Yes", {"type": "boolean"}),
        ("2027-01-01", "1 January 2027", {"type": "day"}),
        ("P3D", "3 days", {"type": "period"}),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else None,
)
def test_of_equal_names_one_may_have_nothing_more(factory, value, shown, more):
    factory.world()
    factory.kind(
        "hosts", {"name": "name", "required": True}, {"name": "x", **more}, unique=[["name", "x"]]
    )
    factory.facts("hosts", {"id": "one", "name": "Same"}, {"id": "two", "name": "Same", "x": value})
    factory.faq("uses", "{{ table hosts: name }}\n", position=7)
    factory.publish()

    for path in ("/hosts", "/faqs/uses"):
        page = factory.client().get(path)
        assert page.status_code == 200
        assert f"Same ({shown})" in page.get_data(as_text=True)
        assert "(None)" not in page.get_data(as_text=True)


def test_what_administrators_copy_has_a_button(offices):
    text = offices.get("/front-offices").get_data(as_text=True)

    assert '<code id="london--name">London</code>' in text
    assert 'data-copy="london--name" aria-label="Copy Name of London"' in text
    assert text.count("data-copy=") == 2


def test_only_the_sample_is_marked(offices):
    text = offices.get("/front-offices").get_data(as_text=True)

    london, berlin = text[text.index('id="london"') :], text[text.index('id="berlin"') :]
    assert "tag sample" in berlin.partition("</h2>")[0]
    assert "tag sample" not in london.partition("</h2>")[0]


def test_a_page_is_narrowed_by_its_filters(offices):
    narrowed = offices.get("/front-offices?dc=uk").get_data(as_text=True)

    assert 'id="london"' in narrowed
    assert 'id="berlin"' not in narrowed
    assert '<option value="uk" selected>United Kingdom</option>' in narrowed
    assert '<option value="de">Germany</option>' in narrowed
    assert 'href="/v1/front-offices?dc=uk"' in narrowed


def test_a_filter_that_finds_nothing_offers_everything(offices):
    text = offices.get("/front-offices?floor=top&dc=uk").get_data(as_text=True)

    assert 'No office matches. <a href="/front-offices">Show all</a>.' in text


def test_a_wrong_value_is_refused_and_an_unknown_page_names_the_nearest(offices):
    assert offices.get("/front-offices?dc=zz").status_code == 400
    browse(offices, "/front-offices?floor=cellar", 400)
    assert "/front-offices" in browse(offices, "/front-office", 404).links
    assert "Did you mean /v1/front-offices?" in offices.get("/v1/front-office").get_json()["detail"]
    assert offices.post("/front-office").status_code == 404
    assert offices.post("/front-offices").status_code == 405


def test_a_page_is_read_as_of_a_release(factory):
    factory.world().publish("The world.")
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    factory.publish("Another number.")
    client = factory.client()

    pinned = client.get("/oauth-clients?release=2026-02-02.01").get_data(as_text=True)

    assert "12345" in pinned
    assert "67890" not in pinned
    assert "67890" in client.get("/oauth-clients").get_data(as_text=True)


def test_the_map_of_the_site_names_the_pages_that_have_something(offices):
    text = offices.get("/sitemap.xml").get_data(as_text=True)

    assert "/front-offices</loc>" in text
    assert "/kinds</loc>" not in text
