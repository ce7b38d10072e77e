"""The page of IP ranges: what is copied is what a firewall fetches, and it says which way."""

import html
import re

import pytest

from tests.api.site.browsing import BROWSER, browse
from tests.content_factory import SAMPLE

UK = "/ip-ranges?dc=uk"


def read_list(client, path: str, traffic: str = "from-service") -> str | None:
    """The list of a class that *path* has ready to copy; None when there is none."""
    text = client.get(path, headers=BROWSER).get_data(as_text=True)
    found = re.search(rf'<pre id="list-{traffic}"[^>]*><code>(.*?)</code>', text, re.DOTALL)
    return html.unescape(found[1]) if found else None


@pytest.mark.parametrize("format_", ["txt", "csv", "nft", "ipset", "nginx"])
@pytest.mark.parametrize("family", ["", "&family=ipv6"])
def test_what_is_copied_is_what_is_downloaded(client, format_, family):
    page = browse(client, f"{UK}&format={format_}{family}")

    copied = read_list(client, f"{UK}&format={format_}{family}")
    (download,) = [a for a in page.find("a") if "download" in a]
    assert copied == client.get(download["href"]).get_data(as_text=True)
    assert "2a00:100::/48" in copied
    assert ("203.0.114.0/24" in copied) == (family == "")
    assert "203.0.115.0/24" not in copied


def test_nothing_can_be_copied_before_the_data_center_is_known(client):
    page = browse(client, "/ip-ranges")

    assert page.find("pre") == []
    assert {"/ip-ranges?dc=uk", "/ip-ranges?dc=de"} <= set(page.links)
    assert "203.0.114.0/24" in page.text


def test_each_direction_says_who_opens_it_and_which_rule_it_needs(client):
    inbound = browse(client, f"{UK}&traffic=from-service").text
    outbound = browse(client, f"{UK}&traffic=to-service").text

    assert "The service opens the connection" in inbound
    assert "Add an inbound rule that allows these ranges as sources." in inbound
    assert "outbound" not in inbound
    assert "You open the connection" in outbound
    assert "Add an outbound rule that allows these ranges as destinations." in outbound
    assert "inbound" not in outbound


def test_a_class_without_fixed_addresses_names_hosts_instead(client):
    page = browse(client, f"{UK}&traffic=web")

    assert "api-uk.example.com" in page.text
    assert page.find("pre") == []


def test_a_list_that_is_made_of_samples_alone_says_so_wherever_it_is_seen(factory):
    factory.world()
    factory.facts("ip-ranges", {"id": "uk-1", "cidr": "192.0.2.0/28", "sources": [SAMPLE]})
    factory.publish()
    client = factory.client()

    page = browse(client, UK)

    assert "Sample data." in page.text
    assert "Copy the sample inbound list" in page.text
    assert "URL for your firewall" not in page.text
    assert read_list(client, UK) == "192.0.2.0/28\n"


def test_a_sample_among_others_is_left_out_of_what_is_copied(factory):
    factory.world()
    sample = {"id": "uk-2", "cidr": "192.0.2.0/28", "sources": [SAMPLE]}
    factory.facts("ip-ranges", {"id": "uk-1", "cidr": "203.0.114.0/24"}, sample)
    factory.publish()
    client = factory.client()

    assert read_list(client, UK) == "203.0.114.0/24\n"
    page = browse(client, UK)
    assert "1 sample is not included" in page.text
    assert "Copy the inbound list" in page.text
    assert "192.0.2.0/28" in page.text
    assert "192.0.2.0/28" in read_list(client, f"{UK}&format=csv")


def test_of_many_ranges_all_are_copied_and_some_shown_in_the_table(factory):
    factory.world()
    factory.facts("ip-ranges", *({"id": f"r-{n}", "cidr": f"203.0.114.{n}/32"} for n in range(220)))
    factory.publish()
    client = factory.client()

    for path in (UK, "/ip-ranges"):
        page = browse(client, path)
        assert len([link for link in page.links if link.startswith("/v1/ip-ranges/r-")]) == 200
        assert "20 more ranges are in the API" in page.text
        assert page.find("a", href="#as-data")
    assert len(read_list(client, UK).splitlines()) == 220


def test_of_many_days_those_around_today_are_shown(factory):
    factory.world()
    days = [f"2026-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in range(1, 29)]
    factory.facts(
        "ip-ranges",
        *(
            {"id": f"r-{n}", "cidr": f"203.0.114.{n}/32", "effective_until": day}
            for n, day in enumerate(days)
        ),
    )
    factory.publish()

    found = browse(factory.client(today="2026-03-01"), UK).find("time")
    shown = [time["datetime"] for time in found if time["datetime"] in days]

    assert shown[:100] == days[6:106]


@pytest.fixture
def moving(factory):
    """A range that is announced, one that retires, one that did."""
    factory.world()
    factory.facts(
        "ip-ranges",
        {"id": "new", "cidr": "203.0.114.0/28", "effective_from": "2026-04-01"},
        {"id": "going", "cidr": "203.0.114.16/28", "effective_until": "2026-03-31"},
        {"id": "gone", "cidr": "203.0.114.32/28", "effective_until": "2026-02-10"},
    )
    factory.publish()
    return factory


def test_what_begins_and_what_ends_stands_around_today(moving):
    text = browse(moving.client(today="2026-03-01"), UK).text

    days = text[text.index("Upcoming and past changes") :]
    assert re.search(r"10 February 2026 203.0.114.32/28 was in use .* Today", days)
    assert re.search(r"Today ?31 March 2026 203.0.114.16/28 is in use until", days)
    assert days.index("31 March 2026") < days.index("1 April 2026")
    assert days.count("Today") == 1


def test_a_day_moves_across_today_when_it_comes(moving):
    def read(today):
        page = browse(moving.client(today=today), UK)
        return len(page.find("li", **{"class": "past"})), len(page.find("li", **{"class": "now"}))

    assert read("2026-02-10") == (0, 1)
    assert read("2026-02-11") == (1, 1)
    assert read("2026-03-31") == (1, 1)
    assert read("2026-04-01") == (3, 1)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("203.0.114.9", "203.0.114.9/32 is in this range"),
        ("+203.0.114.9+", "203.0.114.9/32 is in this range"),
        ("203.0.112.0/20", "203.0.112.0/20 covers these ranges"),
        ("198.51.100.1", "198.51.100.1/32 is not in any current or past range"),
        ("firewall", "This is not an IP address or network."),
        ("203.0.114.9:443", "This has a port. Enter 203.0.114.9."),
        ("203.0.114.9/255.0.0.0", "This has a netmask. Enter 203.0.0.0/8."),
        ("https://evil.example/x", "This is not an IP address or network."),
    ],
)
def test_an_address_from_a_log_is_looked_up(client, asked, message):
    page = browse(client, f"/ip-ranges?ip={asked}")

    assert message in page.text


def test_what_a_range_is_found_of_says_since_when_and_which_way(moving):
    text = browse(moving.client(), "/ip-ranges?ip=203.0.114.33").text

    assert "retired" in text
    assert "United Kingdom, From the service, last changed 2 February 2026" in text


@pytest.mark.parametrize("query", ["", "dc=uk&"])
def test_the_data_of_an_old_release_is_of_that_release(moving, query):
    old = "2026-02-02.01"

    links = browse(moving.client(), f"/ip-ranges?{query}release={old}").links

    for format_ in ("json", "csv"):
        assert links.count(f"/v1/ip-ranges?{query}format={format_}&release={old}") == 2


def test_it_leads_to_every_form_of_every_list_that_can_be_had(client):
    page = browse(client, "/ip-ranges?dc=uk&family=ipv4")

    links = page.find("link", rel="alternate")
    titles = [link["title"].partition(":")[0] for link in links]
    assert len(titles) > len(set(titles)) > 3
    for link in links:
        answer = client.get(link["href"])
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(link["type"])
    plain = [link["href"] for link in links if "traffic=" in link["href"]]
    assert {href.partition("format=")[2] for href in plain} == {"txt", "nft", "ipset", "nginx"}
    assert all("dc=uk" in href and "family=ipv4" in href for href in plain)


def test_the_ranges_and_the_answers_about_them_lead_to_each_other(factory):
    factory.world()
    factory.faq("linking", "[Ranges](/v1/ip-ranges)\n", position=2)
    factory.faq("other", "Nothing about addresses.\n", position=3)
    factory.publish()
    client = factory.client()

    links = browse(client, UK).links

    assert {"/faqs/addresses?dc=uk", "/faqs/linking?dc=uk"} <= set(links)
    assert not any("other" in link for link in links)
    assert UK in browse(client, "/faqs/addresses?dc=uk").links
    assert browse(client, "/faqs/linking?dc=uk").links.count(UK) == 1
    assert not any(link.startswith(UK) for link in browse(client, "/faqs/other?dc=uk").links)
