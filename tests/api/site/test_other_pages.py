"""Clouds, the log of releases, and one release with its differences."""

import pytest

from tests.api.site.browsing import browse
from tests.content_factory import SAMPLE


def test_the_matrix_says_what_can_be_connected_and_what_explains_it(factory):
    factory.world()
    mixed = {"individual": "unsupported", "enterprise": "not_known"}
    factory.facts(
        "clouds",
        {"id": "workspace", "faq": "addresses"},
        {"id": "high", "name": "GCC High", "support": "conditional", "connection_types": mixed}
        | {"conditions": "If the tenant lets us in."},
    )
    factory.publish()

    page = browse(factory.client(), "/clouds")

    message = "GCC High Not supported Not known If the tenant lets us in."
    assert message in page.text
    assert "/faqs/addresses" in page.links
    assert {"workspace", "high"} <= set(page.ids)


def test_a_cloud_whose_answer_was_withdrawn_is_shown_without_it(factory):
    factory.world().publish()
    factory.facts("clouds", {"id": "workspace", "faq": None})
    factory.path("faqs/addresses.md").unlink()
    factory.withdrawn({"collection": "faqs", "id": "addresses", "reason": "Over."})
    factory.publish()
    client = factory.client()

    assert "/faqs/addresses" not in browse(client, "/clouds").links
    then = "?release=2026-02-02.01"
    assert f"/faqs/addresses{then}" in browse(client, f"/clouds{then}").links


def test_the_log_lists_releases_newest_first_and_leads_to_the_feed(factory):
    factory.world().publish("The world.")
    factory.faq("second", position=2)
    factory.publish("Another answer.")

    page = browse(factory.client(), "/changes")

    assert page.text.index("Another answer.") < page.text.index("The world.")
    assert page.links.index("/releases/2026-02-03.01") < page.links.index("/releases/2026-02-02.01")
    assert [a["href"] for a in page.find("link", type="application/atom+xml")] == [
        "/v1/releases?format=atom"
    ]


def test_a_long_log_goes_on_on_the_next_page(factory):
    for number in range(60):
        factory.faq("a", f"Number {number}.\n")
        factory.publish(f"Release {number}.")
    client = factory.client()

    first = browse(client, "/changes")
    (older,) = [link for link in first.links if "cursor=" in link]
    second = browse(client, older)

    links = [link for page in (first, second) for link in page.links if "/releases/20" in link]
    assert len(links) == len(set(links)) == 60


def test_a_release_shows_what_each_change_asks_and_every_field_before_and_after(factory):
    factory.world().publish("The world.")
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/24", "effective_until": "2026-06-30"},
        {"id": "uk-2", "cidr": "2a00:100::/48"},
        {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
        {"id": "uk-3", "cidr": "192.0.2.0/28", "sources": [SAMPLE]},
    )
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    factory.publish("Changes.")

    page = browse(factory.client(), "/releases/2026-02-03.01")

    assert "Sample data." in page.text
    assert "remove changed 203.0.114.0/24 uk-1" in page.text
    assert "empty → 2026-06-30" in page.text
    assert "12345 → 67890" in page.text
    assert "Caused by" in page.text
    assert "/releases/2026-02-02.01" in page.links


def test_of_a_large_release_some_changes_are_shown_and_the_rest_is_counted(factory):
    factory.world()
    factory.facts("ip-ranges", *({"id": f"r-{n}", "cidr": f"203.0.114.{n}/32"} for n in range(210)))
    factory.publish()
    client = factory.client()
    changed = len(client.get("/v1/releases/2026-02-02.01").get_json()["changes"])

    page = browse(client, "/releases/2026-02-02.01")

    shown = [link for link in page.links if link.startswith("/v1/ip-ranges/r-")]
    assert changed > 210
    assert 0 < len(shown) <= 200
    assert f"{changed - 200} more changes are in the API" in page.text


@pytest.mark.parametrize("path", ["/releases/2026-02-02.01", "/clouds", "/changes"])
def test_what_holds_no_sample_says_nothing_of_samples(client, path):
    assert "Sample data." not in browse(client, path).text
