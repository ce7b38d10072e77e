"""IP ranges in the forms that firewalls and scripts read: every byte, and every refusal."""

import csv
import sys
from io import StringIO

import pytest
from werkzeug.test import Client

from content.formats.range_csv import COLUMNS
from content.formats.range_sets import name_ipset, name_nft_set
from tests.content_factory import COMMON, LEAST, SAMPLE

RANGES = "/v1/ip-ranges?traffic=from-service"
COMMENTED = ("nft", "ipset", "nginx")
ONE_CLASS = ("txt", "ipset", "nginx")


def read(client, query: str) -> str:
    answer = client.get(f"/v1/ip-ranges?{query}")
    assert answer.status_code == 200, answer.get_json()
    return answer.get_data(as_text=True)


@pytest.fixture
def windowed(factory):
    """The world with two directions, windows of use, and a sample beside real ranges."""
    factory.world()
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/25", "effective_until": "2026-03-31"},
        {"id": "uk-2", "cidr": "203.0.114.128/25", "effective_from": "2026-03-10"},
        {"id": "uk-3", "cidr": "2a00:100::/48", "ports": [443, 8443]},
        {"id": "uk-s", "cidr": "192.0.2.0/28", **COMMON, "sources": [SAMPLE]},
        {"id": "uk-o", "cidr": "203.0.120.0/28", "traffic": "to-service", "ports": []},
    )
    factory.publish()
    return factory.client()


def test_nft_defines_every_set_empties_it_and_fills_it(windowed):
    text = read(windowed, "format=nft&dc=uk")

    assert text == (
        "# IP ranges published by faqts.\n"
        "# Release that last changed a range: 2026-02-02.01\n"
        "# Data centers: uk\n"
        "# Traffic: from-service, to-service\n"
        "# Samples: none, 1 left out.\n"
        "# Networks: 4.\n"
        "# Load with 'nft -f'. Updates the sets in the table inet faqts, but no rules.\n"
        "add table inet faqts\n"
        "add set inet faqts from_service_ipv4 { type ipv4_addr; flags interval; auto-merge; }\n"
        "flush set inet faqts from_service_ipv4\n"
        "add set inet faqts from_service_ipv6 { type ipv6_addr; flags interval; auto-merge; }\n"
        "flush set inet faqts from_service_ipv6\n"
        "add set inet faqts to_service_ipv4 { type ipv4_addr; flags interval; auto-merge; }\n"
        "flush set inet faqts to_service_ipv4\n"
        "add set inet faqts to_service_ipv6 { type ipv6_addr; flags interval; auto-merge; }\n"
        "flush set inet faqts to_service_ipv6\n"
        "add element inet faqts from_service_ipv4 {\n"
        "\t203.0.114.0/25, # uk-1 uk retiring until 2026-03-31\n"
        "\t203.0.114.128/25 # uk-2 uk announced from 2026-03-10\n"
        "}\n"
        "add element inet faqts from_service_ipv6 {\n"
        "\t2a00:100::/48 # uk-3 uk active\n"
        "}\n"
        "add element inet faqts to_service_ipv4 {\n"
        "\t203.0.120.0/28 # uk-o uk active\n"
        "}\n"
    )


def test_ipset_fills_a_set_beside_the_one_in_use_and_swaps_them(windowed):
    text = read(windowed, "format=ipset&traffic=to-service&samples=true")

    assert text == (
        "# IP ranges published by faqts.\n"
        "# Release that last changed a range: 2026-02-02.01\n"
        "# Data centers: all\n"
        "# Traffic: to-service\n"
        "# Samples: none, 0 left out.\n"
        "# Networks: 1.\n"
        "# Load with 'ipset restore'.\n"
        "create faqts-to-service-v4 hash:net family inet maxelem 1048576 -exist\n"
        "create faqts-to-service-v4.new hash:net family inet maxelem 1048576 -exist\n"
        "flush faqts-to-service-v4.new\n"
        "# uk-o uk active\n"
        "add faqts-to-service-v4.new 203.0.120.0/28\n"
        "swap faqts-to-service-v4.new faqts-to-service-v4\n"
        "destroy faqts-to-service-v4.new\n"
        "create faqts-to-service-v6 hash:net family inet6 maxelem 1048576 -exist\n"
        "create faqts-to-service-v6.new hash:net family inet6 maxelem 1048576 -exist\n"
        "flush faqts-to-service-v6.new\n"
        "swap faqts-to-service-v6.new faqts-to-service-v6\n"
        "destroy faqts-to-service-v6.new\n"
    )


def test_nginx_allows_each_network_and_refuses_nobody_by_itself(windowed):
    text = read(windowed, "format=nginx&traffic=from-service&samples=true&family=ipv4")

    assert text == (
        "# IP ranges published by faqts.\n"
        "# Release that last changed a range: 2026-02-02.01\n"
        "# Data centers: all\n"
        "# Traffic: from-service\n"
        "# SAMPLES: 1 of 3 networks are sample data. Do not use them.\n"
        "# Networks: 3.\n"
        "# Include this file where you restrict access, and add 'deny all;' after the include.\n"
        "# Without 'deny all;', nginx blocks nothing.\n"
        "allow 192.0.2.0/28; # SAMPLE, do not use; uk-s uk active\n"
        "allow 203.0.114.0/25; # uk-1 uk retiring until 2026-03-31\n"
        "allow 203.0.114.128/25; # uk-2 uk announced from 2026-03-10\n"
    )


def test_csv_says_all_of_every_range_samples_among_them(windowed):
    answer = windowed.get("/v1/ip-ranges?format=csv")

    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    assert answer.get_data(as_text=True) == (
        "id,cidr,family,data_center,traffic,protocol,ports,"
        "effective_from,effective_until,status,sample\n"
        "uk-s,192.0.2.0/28,ipv4,uk,from-service,tcp,443,,,active,true\n"
        "uk-1,203.0.114.0/25,ipv4,uk,from-service,tcp,443,,2026-03-31,retiring,false\n"
        "uk-2,203.0.114.128/25,ipv4,uk,from-service,tcp,443,2026-03-10,,announced,false\n"
        "uk-o,203.0.120.0/28,ipv4,uk,to-service,tcp,,,,active,false\n"
        "uk-3,2a00:100::/48,ipv6,uk,from-service,tcp,443 8443,,,active,false\n"
    )


def test_csv_of_nothing_is_its_heading(client):
    rows = list(csv.reader(StringIO(read(client, "format=csv&traffic=to-service"))))

    assert rows == [list(COLUMNS)]


def test_no_cell_of_the_csv_is_taken_for_a_formula(windowed):
    rows = list(csv.reader(StringIO(read(windowed, "format=csv"))))

    assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")] == []


@pytest.mark.parametrize("format_", [*COMMENTED, "txt", "csv"])
def test_a_list_keeps_its_bytes_while_days_and_other_releases_pass(factory, format_):
    factory.world().publish()
    before = factory.client(today="2026-03-01").get(f"{RANGES}&format={format_}")
    factory.facts("oauth-clients", {"id": "google", "client_id": "999"})
    factory.publish()

    after = factory.client(today="2026-04-01").get(f"{RANGES}&format={format_}")

    assert after.headers["Content-Release"] != before.headers["Content-Release"]
    assert after.data == before.data
    assert after.headers["ETag"] == before.headers["ETag"]


@pytest.mark.parametrize("format_", COMMENTED)
def test_a_day_that_changes_a_status_changes_the_list_and_its_last_modified(
    windowed, factory, format_
):
    path = f"{RANGES}&dc=uk&format={format_}"
    days = ["2026-03-09", "2026-03-10", "2026-03-11"]
    answers = [factory.client(today=day).get(path) for day in days]

    assert answers[0].data != answers[1].data == answers[2].data
    assert answers[1].headers["Last-Modified"] == "Tue, 10 Mar 2026 00:00:00 GMT"


@pytest.mark.parametrize("format_", [*ONE_CLASS, "nft"])
def test_a_list_names_its_data_centers_in_one_order(client, format_):
    path = f"{RANGES}&format={format_}"

    assert client.get(f"{path}&dc=uk&dc=de").data == client.get(f"{path}&dc=de&dc=uk").data


@pytest.mark.parametrize("format_", ONE_CLASS)
@pytest.mark.parametrize("traffic", ["", "traffic=from-service&traffic=to-service&"])
def test_a_list_of_one_direction_needs_one_class(client, format_, traffic):
    answer = client.get(f"/v1/ip-ranges?{traffic}format={format_}")

    assert answer.status_code == 400
    (fault,) = answer.get_json()["errors"]
    assert (fault["parameter"], fault["allowed"]) == ("traffic", ["from-service", "to-service"])


@pytest.mark.parametrize(
    "query", [f"format={format_}&traffic=web" for format_ in (*ONE_CLASS, "nft")]
)
def test_a_class_without_fixed_addresses_is_no_list(client, query):
    answer = client.get(f"/v1/ip-ranges?{query}")

    assert answer.status_code == 400
    assert answer.get_json()["type"] == "/problems/no-fixed-addresses"


def test_one_class_without_fixed_addresses_among_others_is_refused(client):
    answer = client.get("/v1/ip-ranges?format=nft&traffic=from-service&traffic=web")

    assert answer.get_json()["type"] == "/problems/no-fixed-addresses"


@pytest.mark.parametrize("format_", [*ONE_CLASS, "nft"])
def test_where_only_samples_are_left_of_a_class_there_is_no_list(factory, format_):
    factory.world()
    sample = {**COMMON, "sources": [SAMPLE]}
    factory.facts("ip-ranges", {"id": "uk-s", "cidr": "192.0.2.0/28", **sample})
    factory.publish()
    client = factory.client()

    refused, shown = (
        client.get(f"{RANGES}&format={format_}{more}") for more in ("", "&samples=true")
    )

    assert refused.status_code == 404
    assert refused.get_json()["type"] == "/problems/only-samples"
    assert "192.0.2.0/28" in shown.get_data(as_text=True)
    assert ("SAMPLE, do not use" in shown.get_data(as_text=True)) == (format_ != "txt")


def test_nft_does_not_empty_the_set_of_a_class_of_which_only_samples_are_left(factory):
    factory.world()
    sample = {**COMMON, "sources": [SAMPLE]}
    factory.facts(
        "ip-ranges",
        {"id": "uk-1"},
        {"id": "uk-s", "cidr": "192.0.2.0/28", "traffic": "to-service", **sample},
    )
    factory.publish()
    client = factory.client()

    mixed = client.get("/v1/ip-ranges?format=nft")

    assert mixed.status_code == 404
    assert "to-service" in mixed.get_json()["detail"]
    assert client.get(f"{RANGES}&format=nft").status_code == 200


@pytest.mark.parametrize("format_", ["nft", "ipset"])
def test_one_version_of_ip_leaves_the_sets_of_the_other_alone(client, format_):
    text = read(client, f"format={format_}&traffic=from-service&family=ipv6")

    assert "203.0.114.0" not in text
    assert "ipv4" not in text
    assert "v4 " not in text


def test_sets_keep_their_names_when_a_class_gets_another_id(factory):
    factory.world().publish()
    before = read(factory.client(), "format=nft&traffic=from-service&dc=uk")
    factory.facts(
        "traffic-classes",
        {"id": "inbound", "aliases": ["from-service"]},
        {"id": "to-service", "initiator": "customer", "rule": "outbound"},
        {"id": "web", "fixed_addresses": False},
    )
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "traffic": "inbound"},
        {"id": "uk-2", "cidr": "2a00:100::/48", "traffic": "inbound"},
        {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de", "traffic": "inbound"},
    )
    factory.write(
        "faqs/addresses.md",
        factory.path("faqs/addresses.md")
        .read_text()
        .replace("traffic = from-service", "traffic = inbound"),
    )
    factory.publish()

    after = read(factory.client(), "format=nft&traffic=from-service&dc=uk")

    assert "add set inet faqts from_service_ipv4 {" in before
    assert "add element inet faqts from_service_ipv4 {" in after
    assert "inbound" not in after


def test_names_of_sets_are_short_enough_and_differ_whatever_the_id():
    ids = ["a", "3rd-party", "from-service", "x" * 18, "x" * 19, "x" * 300, "x" * 300 + "-y"]

    nft = [name_nft_set(name, "ipv4") for name in ids]
    ipset = [name_ipset(name, "ipv6") for name in ids]

    assert nft[:3] == ["a_ipv4", "_3rd_party_ipv4", "from_service_ipv4"]
    assert ipset[:3] == ["faqts-a-v6", "faqts-3rd-party-v6", "faqts-from-service-v6"]
    assert len(set(nft)) == len(set(ipset)) == len(ids)
    assert max(map(len, nft)) <= 255
    assert max(len(f"{name}.new") for name in ipset) == 31


def test_the_columns_are_the_fields_of_a_range():
    derived = {"family", "status", "sample", "effective_from", "effective_until", "id"}

    assert set(COLUMNS) == {*LEAST["ip-ranges"], *derived}


def list_called(app, target: str) -> tuple[int, set[str]]:
    """The status of the answer to *target*, and the functions that ran for it."""
    called = set()

    def note(frame, event, _argument):
        if event == "call":
            called.add(frame.f_code.co_name)

    client = Client(app)
    sys.setprofile(note)
    try:
        status = client.get(target).status_code
    finally:
        sys.setprofile(None)
    return status, called


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=txt&traffic=from-service", 200),
        ("format=nft", 200),
        ("aggregate=false", 200),
        *((f"format={name}", 400) for name in ONE_CLASS),
        ("format=txt&traffic=from-service&traffic=to-service", 400),
        ("aggregate=true", 400),
        ("format=csv&aggregate=true", 400),
        ("format=txt&traffic=web", 400),
        ("format=nft&traffic=web", 400),
    ],
)
def test_what_a_format_cannot_list_is_refused_before_anything_is_selected(windowed, query, status):
    app = windowed.application

    found, called = list_called(app, f"/v1/ip-ranges?{query}")

    assert found == status
    assert called & {"list_ip_ranges", "list_facts"} == (
        {"list_ip_ranges", "list_facts"} if status == 200 else set()
    )
