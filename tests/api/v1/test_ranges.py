"""IP ranges: filters, the plain list, and the lookup of addresses."""

import pytest

from tests.content_factory import COMMON, SAMPLE

PLAIN = "/v1/ip-ranges?traffic=from-service&format=txt"


def list_ids(client, query: str) -> list[str]:
    return [item["id"] for item in client.get(f"/v1/ip-ranges?{query}").get_json()["items"]]


@pytest.fixture
def sampled(factory):
    """The world, whose ranges of Germany are samples."""
    factory.world()
    sample = {**COMMON, "sources": [SAMPLE]}
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/24"},
        {"id": "uk-s", "cidr": "192.0.2.0/28", **sample},
        {"id": "de-s", "cidr": "192.0.2.16/28", "data_center": "de", **sample},
    )
    factory.publish()
    return factory.client()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["uk-1", "de-1", "uk-2"]),
        ("dc=uk", ["uk-1", "uk-2"]),
        ("dc=uk&dc=de", ["uk-1", "de-1", "uk-2"]),
        ("dc=de&family=ipv6", []),
        ("family=ipv6", ["uk-2"]),
        ("family=ipv4&dc=uk", ["uk-1"]),
        ("traffic=from-service", ["uk-1", "de-1", "uk-2"]),
        ("traffic=to-service", []),
        ("traffic=web", []),
        ("status=active", ["uk-1", "de-1", "uk-2"]),
        ("status=announced&status=retired", []),
        ("samples=false", ["uk-1", "de-1", "uk-2"]),
        ("format=json", ["uk-1", "de-1", "uk-2"]),
    ],
)
def test_a_list_is_by_family_and_address_and_holds_what_is_selected(client, query, ids):
    assert list_ids(client, query) == ids


def test_an_alias_selects_the_data_center_that_has_it(factory):
    factory.world()
    factory.facts("data-centers", {"id": "uk", "aliases": ["gb"]}, {"id": "de"})
    factory.publish()
    client = factory.client()

    assert list_ids(client, "dc=gb") == ["uk-1", "uk-2"]
    assert list_ids(client, "dc=gb&dc=uk") == ["uk-1", "uk-2"]


def test_a_data_center_that_came_later_is_an_honest_empty_list(factory):
    first = factory.world().publish("Before.")
    factory.facts("data-centers", {"id": "uk"}, {"id": "de"}, {"id": "us"})
    factory.publish("A new one.")
    client = factory.client()

    answer = client.get(f"/v1/ip-ranges?dc=us&release={first.id}")

    assert answer.get_json()["items"] == []
    assert answer.get_json()["release"] == first.id


def test_one_range_is_shown_whatever_its_status(factory):
    factory.world()
    factory.facts("ip-ranges", {"id": "old", "effective_until": "2026-02-10"})
    factory.publish()

    body = factory.client(today="2026-03-01").get("/v1/ip-ranges/old").get_json()

    assert body["status"] == "retired"
    assert body["family"] == "ipv4"


def test_a_plain_list_is_networks_a_line_each(client):
    answer = client.get(PLAIN)

    assert answer.data == b"203.0.114.0/24\n203.0.115.0/24\n2a00:100::/48\n"
    assert answer.content_type == "text/plain; charset=utf-8"


def test_a_plain_list_names_a_network_once(factory):
    factory.world()
    factory.facts(
        "ip-ranges",
        {"id": "a", "effective_until": "2026-04-01"},
        {"id": "b", "effective_from": "2026-04-02"},
    )
    factory.publish()

    answer = factory.client().get(PLAIN)

    assert answer.data == b"203.0.114.0/24\n"


@pytest.mark.parametrize("traffic", ["", "traffic=from-service&traffic=to-service&"])
def test_a_plain_list_needs_one_class_of_traffic(client, traffic):
    answer = client.get(f"/v1/ip-ranges?{traffic}format=txt")

    assert answer.status_code == 400
    (fault,) = answer.get_json()["errors"]
    assert fault["parameter"] == "traffic"
    assert fault["allowed"] == ["from-service", "to-service"]


def test_the_same_class_twice_is_one_class(client):
    answer = client.get("/v1/ip-ranges?traffic=from-service&traffic=from-service&format=txt")

    assert answer.status_code == 200


def test_a_class_without_fixed_addresses_says_why_there_is_no_list(client):
    answer = client.get("/v1/ip-ranges?traffic=web&format=txt")

    assert answer.status_code == 400
    assert answer.get_json()["type"] == "/problems/no-fixed-addresses"
    assert "/v1/data-centers" in answer.get_json()["detail"]


def test_a_plain_list_of_nothing_is_empty(client):
    answer = client.get("/v1/ip-ranges?traffic=to-service&format=txt")

    assert answer.status_code == 200
    assert answer.data == b""


def test_a_plain_list_leaves_samples_out_unless_asked(sampled):
    without, shown = sampled.get(PLAIN), sampled.get(f"{PLAIN}&samples=true")

    assert without.data == b"203.0.114.0/24\n"
    assert shown.data == b"192.0.2.0/28\n192.0.2.16/28\n203.0.114.0/24\n"


def test_nothing_but_samples_is_an_error_so_that_a_firewall_keeps_its_list(sampled):
    answer = sampled.get(f"{PLAIN}&dc=de")

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/problems/only-samples"
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_a_failed_plain_list_is_never_taken_for_the_json_of_the_same_address(sampled):
    path = "/v1/ip-ranges?traffic=from-service&dc=de"

    failed = sampled.get(path, headers={"Accept": "text/plain"})
    asked = sampled.get(path)

    assert (failed.status_code, failed.headers["Vary"]) == (404, "Accept")
    assert asked.get_json()["items"][0]["sample"] is True


@pytest.mark.parametrize(
    ("ip", "normalized", "relation", "ids"),
    [
        ("203.0.114.7", "203.0.114.7/32", "inside", ["uk-1"]),
        ("203.0.114.0/24", "203.0.114.0/24", "inside", ["uk-1"]),
        ("203.0.114.9/25", "203.0.114.0/25", "inside", ["uk-1"]),
        ("203.0.114.0/23", "203.0.114.0/23", "covers", ["uk-1", "de-1"]),
        ("0.0.0.0/0", "0.0.0.0/0", "covers", ["uk-1", "de-1"]),
        ("198.51.100.1", "198.51.100.1/32", "outside", []),
        ("2a00:100::1", "2a00:100::1/128", "inside", ["uk-2"]),
        ("2A00:0100:0000:0000:0000:0000:0000:0001", "2a00:100::1/128", "inside", ["uk-2"]),
        ("2a00::/16", "2a00::/16", "covers", ["uk-2"]),
        ("::ffff:203.0.114.7", "203.0.114.7/32", "inside", ["uk-1"]),
        ("::ffff:cb00:7207", "203.0.114.7/32", "inside", ["uk-1"]),
        ("::ffff:203.0.114.0/120", "203.0.114.0/24", "inside", ["uk-1"]),
        ("::ffff:0:0/96", "0.0.0.0/0", "covers", ["uk-1", "de-1"]),
        ("::/0", "::/0", "covers", ["uk-2"]),
    ],
)
def test_an_address_or_a_network_is_looked_up(client, ip, normalized, relation, ids):
    answer = client.get("/v1/ip-ranges/lookup", query_string={"ip": ip})

    (item,) = answer.get_json()["items"]
    assert (item["query"], item["normalized"]) == (ip, normalized)
    assert item["relation"] == relation
    assert [match["id"] for match in item["matches"]] == ids


def test_a_lookup_finds_ranges_of_every_status(factory):
    factory.world()
    factory.facts("ip-ranges", {"id": "old", "effective_until": "2026-02-10"})
    factory.publish()

    (item,) = factory.client().get("/v1/ip-ranges/lookup?ip=203.0.114.1").get_json()["items"]

    assert item["matches"][0]["status"] == "retired"


def test_a_hundred_full_ipv6_addresses_are_looked_up_at_once_in_their_order(client):
    addresses = [f"2a00:0100:0000:0000:0000:0000:0000:{n:04x}" for n in range(100)]

    body = client.get("/v1/ip-ranges/lookup", query_string={"ip": addresses}).get_json()

    assert body["count"] == 100
    assert [item["query"] for item in body["items"]] == addresses


def test_one_address_more_is_too_many(client):
    answer = client.get("/v1/ip-ranges/lookup", query_string={"ip": ["192.0.2.1"] * 101})

    assert answer.status_code == 400
    assert "at most 100 times" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "ip",
    [
        *("", "banana", "203.0.114", "203.0.114.256", "203.0.114.01", "203.0.114.0/33", "1"),
        *("fe80::1%eth0", "2a00:::1", "203.0.114.1/", "203.0.114.1 ", "٢.0.0.1", "3405803783"),
        *("203.0.114.0/255.255.255.0", "203.0.114.0/0.0.0.255", "192.0.2.1/0.0.0.0", "1.2.3.4:443"),
    ],
)
def test_a_bad_address_is_named(client, ip):
    answer = client.get("/v1/ip-ranges/lookup", query_string={"ip": ["203.0.114.1", ip]})

    assert answer.status_code == 400
    (fault,) = answer.get_json()["errors"]
    assert fault["parameter"] == "ip"
    assert repr(ip) in fault["detail"] or "empty" in fault["detail"]


def test_every_bad_address_is_named_at_once(client):
    answer = client.get("/v1/ip-ranges/lookup?ip=a&ip=203.0.114.1&ip=b")

    assert len(answer.get_json()["errors"]) == 2


def test_a_lookup_that_would_tell_of_too_many_ranges_is_refused(factory):
    ranges = [{"id": f"r-{n}", "cidr": f"9.9.{n}.0/24"} for n in range(60)]
    factory.world().facts("ip-ranges", *ranges)
    factory.publish()
    client = factory.client()
    path = "/v1/ip-ranges/lookup?ip=0.0.0.0/0"

    few, many = client.get(path + "&ip=0.0.0.0/0" * 79), client.get(path + "&ip=0.0.0.0/0" * 99)

    assert [len(item["matches"]) for item in few.get_json()["items"]] == [60] * 80
    (fault,) = many.get_json()["errors"]
    assert "There are 6000 matches, but a response has at most 5000" in fault["detail"]


def test_a_lookup_without_an_address_says_what_to_give(client):
    answer = client.get("/v1/ip-ranges/lookup")

    assert answer.status_code == 400
    assert answer.get_json()["errors"][0]["parameter"] == "ip"


@pytest.mark.parametrize(
    ("ip", "embedded"),
    [
        ("::ffff:203.0.114.1", "203.0.114.1/32"),
        ("64:ff9b::203.0.114.1", "203.0.114.1/32"),
        ("64:ff9b::203.0.114.0/120", "203.0.114.0/24"),
        ("203.0.114.1", None),
    ],
)
def test_a_lookup_says_which_ipv4_network_it_looked_up(client, ip, embedded):
    (item,) = client.get("/v1/ip-ranges/lookup", query_string={"ip": ip}).get_json()["items"]

    assert (item["query"], item["relation"]) == (ip, "inside")
    assert item["embedded_ipv4"] == embedded
    assert [match["id"] for match in item["matches"]] == ["uk-1"]


@pytest.mark.parametrize("ip", ["2002:cb00:7201::1", "::203.0.114.1", "64:ff9b:1::203.0.114.1"])
def test_a_lookup_sees_through_no_other_address(client, ip):
    (item,) = client.get("/v1/ip-ranges/lookup", query_string={"ip": ip}).get_json()["items"]

    assert (item["relation"], item["embedded_ipv4"]) == ("outside", None)


def test_a_range_cannot_hide_the_lookup(client):
    assert client.get("/v1/ip-ranges/lookup?on=2026-03-01&ip=::1").status_code == 200
