"""nftables, ipset and nginx take the lists as they are, again and again."""

import subprocess
import time
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.formats.range_sets import name_ipset, name_nft_set
from schemas.kinds.ip_range import FAMILIES
from tests.content_factory import ContentFactory
from tests.e2e.servers import PATIENCE_SECONDS, find_port
from tests.firewalls import isolate, load_ipset, load_nft
from tests.programs import require_program
from tests.ranges import CLASSES, cover, expect, list_ranges, publish_world

LONG = "customers-of-the-service-" * 8 + "x"
FIRST = {
    "format=nft": {
        "from_service_ipv4": {"203.0.114.0/24"},
        "from_service_ipv6": {"2a00:100::/48", "2a00:200::1/128"},
        "to_service_ipv4": {"203.0.120.1/32", "203.0.122.0/23"},
        "to_service_ipv6": set(),
    },
}


def write_classes(factory: ContentFactory) -> None:
    factory.facts(
        "traffic-classes",
        {"id": "from-service"},
        {"id": "to-service", "initiator": "customer", "rule": "outbound"},
        {"id": "web", "fixed_addresses": False},
        {"id": "3rd-party"},
        {"id": LONG},
    )


@pytest.fixture
def lists(factory, tmp_path):
    """Writes the list of a query into a file of a name, and returns its text."""
    factory.world()
    write_classes(factory)
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/24", "effective_until": "2026-05-31"},
        # Lies within the one before; nftables would refuse that without auto-merge.
        {"id": "uk-2", "cidr": "203.0.114.64/26", "effective_from": "2026-06-01"},
        {"id": "uk-3", "cidr": "2a00:100::/48"},
        {"id": "uk-4", "cidr": "2a00:200::1/128"},
        {"id": "uk-5", "cidr": "203.0.120.1/32", "traffic": "to-service"},
        {"id": "uk-6", "cidr": "203.0.122.0/23", "traffic": "to-service"},
        {"id": "uk-7", "cidr": "203.0.124.0/23", "traffic": "3rd-party"},
        {"id": "uk-8", "cidr": "203.0.126.0/23", "traffic": LONG},
    )
    factory.publish()

    def write(name: str, query: str) -> str:
        answer = factory.client().get(f"/v1/ip-ranges?{query}")
        assert answer.status_code == 200, answer.get_json()
        (tmp_path / name).write_bytes(answer.data)
        return answer.get_data(as_text=True)

    return write


def test_nft_loads_the_file_again_and_again(lists, tmp_path):
    lists("a.nft", "format=nft")

    once, twice = load_nft(tmp_path, "a.nft"), load_nft(tmp_path, "a.nft", "a.nft", "a.nft")

    assert once == twice
    assert once.items() > FIRST["format=nft"].items()
    assert once["_3rd_party_ipv4"] == {"203.0.124.0/23"}
    assert {"203.0.126.0/23"} in once.values()


def test_nft_loads_an_aggregated_file(lists, tmp_path):
    lists("a.nft", "format=nft&aggregate=true")

    assert load_nft(tmp_path, "a.nft").items() > FIRST["format=nft"].items()


def test_a_range_that_left_leaves_its_set_in_the_firewall(lists, factory, tmp_path):
    for format_ in ("nft", "ipset"):
        lists(f"before.{format_}", f"format={format_}&traffic=to-service")
    path = factory.path("facts/ip-ranges.yaml")
    path.write_text(
        path.read_text()
        .replace('"203.0.122.0/23",', '"203.0.122.0/23", "effective_until": "2026-02-20",')
        .replace('"203.0.120.1/32",', '"203.0.120.1/32", "effective_until": "2026-02-20",')
    )
    factory.publish()
    for format_ in ("nft", "ipset"):
        lists(f"after.{format_}", f"format={format_}&traffic=to-service")

    nft, ipset = (
        load(tmp_path, f"before.{format_}", f"after.{format_}")
        for format_, load in (("nft", load_nft), ("ipset", load_ipset))
    )

    assert nft == {"to_service_ipv4": set(), "to_service_ipv6": set()}
    assert ipset == {"faqts-to-service-v4": set(), "faqts-to-service-v6": set()}


def test_nft_keeps_the_rules_of_its_table_and_takes_a_file_whole_or_not_at_all(lists, tmp_path):
    text = lists("a.nft", "format=nft")
    (tmp_path / "bad.nft").write_text(text + "add element inet faqts nowhere { 203.0.114.1 }\n")
    rule = "ip saddr @from_service_ipv4 tcp dport 443 accept"

    listed = isolate(
        "nft -f a.nft; nft add chain inet faqts incoming; "
        f"nft add rule inet faqts incoming {rule}; nft list table inet faqts > before; "
        "nft -f a.nft; nft list table inet faqts > after; cmp before after; "
        "! nft -f bad.nft 2>/dev/null; nft list table inet faqts > kept; cmp before kept; cat kept",
        tmp_path,
    )

    assert rule in listed


def test_ipset_restores_the_file_again_and_again(lists, tmp_path):
    lists("a.ipset", "format=ipset&traffic=from-service")

    once, twice = load_ipset(tmp_path, "a.ipset"), load_ipset(tmp_path, "a.ipset", "a.ipset")

    assert once == twice
    assert once == {
        "faqts-from-service-v4": {"203.0.114.0/24", "203.0.114.64/26"},
        "faqts-from-service-v6": {"2a00:100::/48", "2a00:200::1/128"},
    }


def test_ipset_takes_up_where_a_broken_restore_left_off(lists, tmp_path):
    text = lists("a.ipset", "format=ipset&traffic=from-service")
    cut = text[: text.index("swap")].replace("203.0.114.0/24", "203.0.99.0/24")
    (tmp_path / "cut.ipset").write_text(cut)

    assert load_ipset(tmp_path, "cut.ipset", "a.ipset") == load_ipset(tmp_path, "a.ipset")


@pytest.mark.parametrize("traffic", [LONG, "3rd-party", "from-service"])
def test_ipset_takes_the_name_of_every_class(lists, tmp_path, traffic):
    lists("a.ipset", f"format=ipset&traffic={traffic}&family=ipv4")

    ((name, networks),) = load_ipset(tmp_path, "a.ipset").items()

    assert len(name) <= 27
    assert networks


@settings(max_examples=8)
@given(list_ranges(), st.sampled_from(["", "&aggregate=true"]))
def test_firewalls_hold_what_the_json_says_of_any_world(ranges, more):
    with TemporaryDirectory() as name:
        folder = Path(name)
        client = publish_world(ContentFactory(folder), ranges)
        items = client.get("/v1/ip-ranges").get_json()["items"]
        wanted = expect(items, samples=True)
        query = f"/v1/ip-ranges?samples=true{more}"
        (folder / "a.nft").write_bytes(client.get(f"{query}&format=nft").data)
        (folder / "a.ipset").write_bytes(
            b"".join(client.get(f"{query}&format=ipset&traffic={c}").data for c in CLASSES)
        )

        nft, ipset = load_nft(folder, "a.nft", "a.nft"), load_ipset(folder, "a.ipset", "a.ipset")

    for traffic, family in product(CLASSES, FAMILIES):
        covered = cover(wanted.get((traffic, family), ()))
        assert cover(nft[name_nft_set(traffic, family)]) == covered
        assert cover(ipset[name_ipset(traffic, family)]) == covered


@pytest.mark.parametrize("more", ["", "&aggregate=true"])
def test_nginx_lets_in_who_is_on_the_list_and_nobody_else(lists, tmp_path, more):
    lists("allowed.conf", f"format=nginx&traffic=from-service{more}")
    port = find_port()
    (tmp_path / "nginx.conf").write_text(NGINX.format(folder=tmp_path, port=port))
    program = [require_program("nginx"), "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    subprocess.run([*program, "-t"], check=True, capture_output=True, timeout=60)

    running = subprocess.Popen([*program, "-g", "daemon off;"])
    try:
        asked = {
            address: ask(port, address)
            for address in ("203.0.114.7", "203.0.115.7", "2a00:100::7", "2a00:101::7", "::1")
        }
    finally:
        running.terminate()
        running.wait(PATIENCE_SECONDS)

    assert asked == {
        "203.0.114.7": 200,
        "203.0.115.7": 403,
        "2a00:100::7": 200,
        "2a00:101::7": 403,
        "::1": 403,
    }


def ask(port: int, address: str) -> int:
    """The status of a request that comes from *address*, as the proxy before nginx says."""
    for _ in range(PATIENCE_SECONDS * 10):
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", "/", headers={"X-Real-IP": address})
            return connection.getresponse().status
        except ConnectionRefusedError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("nginx does not answer")


NGINX = """\
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  set_real_ip_from 127.0.0.1;
  real_ip_header X-Real-IP;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      include {folder}/allowed.conf;
      deny all;
      try_files /nothing @in;
    }}
    location @in {{
      return 200 "in";
    }}
  }}
}}
"""
