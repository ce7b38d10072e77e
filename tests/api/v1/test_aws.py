"""The ranges in the syntax of AWS, for tools that read only that."""

import re
from datetime import UTC, datetime

import pytest

from tests.content_factory import COMMON, SAMPLE

#: Every field with its type. Source: Amazon VPC User Guide, "Syntax for AWS IP address range JSON",
#: https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-syntax.html, read 2026-11-25.
PUBLISHED = {
    "syncToken": str,
    "createDate": str,
    "prefixes": ("ip_prefix", "region", "network_border_group", "service"),
    "ipv6_prefixes": ("ipv6_prefix", "region", "network_border_group", "service"),
}
PATH = "/v1/ip-ranges/aws"


def test_the_fields_are_those_that_are_published_and_no_other(client):
    body = client.get(PATH).get_json()

    assert body.keys() == PUBLISHED.keys()
    for name in ("prefixes", "ipv6_prefixes"):
        assert body[name]
        for row in body[name]:
            assert row.keys() == set(PUBLISHED[name])
            assert {type(value) for value in row.values()} == {str}
    assert re.fullmatch(r"[0-9]{10}", body["syncToken"])
    assert re.fullmatch(r"[0-9]{4}(-[0-9]{2}){5}", body["createDate"])


def test_a_prefix_says_its_data_center_and_its_class_by_their_ids(client):
    body = client.get(f"{PATH}?dc=uk").get_json()

    place = {"region": "uk", "service": "from-service", "network_border_group": "uk"}
    assert body["prefixes"] == [{"ip_prefix": "203.0.114.0/24", **place}]
    assert body["ipv6_prefixes"] == [{"ipv6_prefix": "2a00:100::/48", **place}]


def test_both_instants_are_when_the_list_last_changed(factory):
    factory.world()
    factory.facts("ip-ranges", {"id": "uk-1"}, {"id": "uk-2", "cidr": "203.0.115.0/24"})
    factory.publish()
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "effective_until": "2026-03-31"},
        {"id": "uk-2", "cidr": "203.0.115.0/24"},
    )
    release = factory.publish()

    bodies = {
        day: factory.client(today=day).get(PATH).get_json()
        for day in ("2026-03-01", "2026-03-31", "2026-04-01", "2026-04-20")
    }

    published = datetime.fromisoformat(release.published_at)
    assert bodies["2026-03-01"]["syncToken"] == str(int(published.timestamp()))
    assert bodies["2026-03-01"]["createDate"] == "2026-02-03-12-00-00"
    assert bodies["2026-03-31"] == bodies["2026-03-01"]
    retired = datetime(2026, 4, 1, tzinfo=UTC)
    assert bodies["2026-04-01"]["syncToken"] == str(int(retired.timestamp()))
    assert bodies["2026-04-01"]["createDate"] == "2026-04-01-00-00-00"
    assert bodies["2026-04-20"] == bodies["2026-04-01"]


def test_a_release_of_something_else_leaves_the_list_as_it_is(factory):
    factory.world().publish()
    before = factory.client().get(PATH)
    factory.facts("oauth-clients", {"id": "google", "client_id": "999"})
    factory.publish()

    after = factory.client().get(PATH)

    assert after.data == before.data
    assert after.headers["ETag"] == before.headers["ETag"]


def test_the_same_network_of_two_windows_is_one_prefix(factory):
    factory.world()
    factory.facts(
        "ip-ranges",
        {"id": "a", "effective_until": "2026-04-01"},
        {"id": "b", "effective_from": "2026-04-02"},
    )
    factory.publish()

    assert len(factory.client().get(PATH).get_json()["prefixes"]) == 1


@pytest.fixture
def sampled(factory):
    """The world, whose ranges of Germany are samples."""
    factory.world()
    sample = {**COMMON, "sources": [SAMPLE]}
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/24"},
        {"id": "de-s", "cidr": "192.0.2.16/28", "data_center": "de", **sample},
        {"id": "uk-w", "cidr": "203.0.118.0/24", "traffic": "web"},
    )
    factory.publish()
    return factory.client()


def test_samples_are_left_out_unless_asked(sampled):
    without, shown = (
        [row["ip_prefix"] for row in sampled.get(f"{PATH}{more}").get_json()["prefixes"]]
        for more in ("", "?samples=true")
    )

    assert without == ["203.0.114.0/24"]
    assert shown == ["192.0.2.16/28", "203.0.114.0/24"]


def test_nothing_but_samples_is_no_list(sampled):
    answer = sampled.get(f"{PATH}?dc=de")

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/problems/only-samples"


def test_a_class_without_fixed_addresses_is_refused_and_left_out_of_the_whole(sampled):
    asked, whole = sampled.get(f"{PATH}?traffic=web"), sampled.get(PATH)

    assert asked.get_json()["type"] == "/problems/no-fixed-addresses"
    assert {row["service"] for row in whole.get_json()["prefixes"]} == {"from-service"}


def test_nothing_is_two_empty_lists(client):
    body = client.get(f"{PATH}?traffic=to-service").get_json()

    assert (body["prefixes"], body["ipv6_prefixes"]) == ([], [])


@pytest.mark.parametrize("query", ["family=ipv4", "aggregate=true", "format=txt"])
def test_what_the_syntax_cannot_say_is_refused(client, query):
    assert client.get(f"{PATH}?{query}").status_code == 400


def test_a_range_of_that_id_is_no_document(client):
    assert "prefixes" in client.get(PATH).get_json()


@pytest.mark.parametrize("path", ["/v1/ip-ranges?format=nft", "/v1/ip-ranges/aws"])
def test_a_list_of_every_class_changes_when_a_class_does(factory, path):
    factory.world().facts(
        "traffic-classes", {"id": "from-service"}, {"id": "to-service"}, {"id": "web"}
    )
    factory.facts("ip-ranges", {"id": "a"}, {"id": "b", "cidr": "9.9.9.0/24", "traffic": "web"})
    factory.publish()
    before = factory.client(today="2026-02-20").get(path)
    factory.facts(
        "traffic-classes",
        {"id": "from-service"},
        {"id": "to-service"},
        {"id": "web", "fixed_addresses": False},
    )
    factory.publish(days=10)

    since = {"If-Modified-Since": before.headers["Last-Modified"]}
    after = factory.client(today="2026-02-20").get(path, headers=since)

    assert after.status_code == 200
    assert b"9.9.9.0/24" in before.data
    assert b"9.9.9.0/24" not in after.data
