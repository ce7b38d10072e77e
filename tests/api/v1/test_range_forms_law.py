"""Every form of every made-up world holds exactly the networks of the JSON."""

from ipaddress import ip_network
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from content.formats.plain_ranges import collapse, merge_equal
from content.formats.range_csv import COLUMNS
from schemas.kinds.ip_range import FAMILIES
from tests.content.histories import few
from tests.content_factory import ContentFactory
from tests.ranges import (
    CLASSES,
    cover,
    expect,
    list_ranges,
    publish_world,
    read_csv,
    read_ipset,
    read_lines,
    read_nft,
    read_nginx,
    sort,
)

LINES = {"txt": read_lines, "nginx": read_nginx, "ipset": read_ipset}
FILTERS = ("", "&dc=uk", "&family=ipv4", "&dc=uk&dc=de&family=ipv6", "&status=retired")


def read(client, query: str):
    answer = client.get(f"/v1/ip-ranges?{query}")
    assert answer.status_code in (200, 404), answer.get_json()
    return answer


def is_refused(items: list[dict], traffic: str, *, samples: bool) -> bool:
    mine = [item for item in items if item["traffic"] == traffic]
    return bool(mine) and not samples and all(item["sample"] for item in mine)


def check_lines(client, items: list[dict], query: str, traffic: str, *, samples: bool) -> None:
    wanted = expect(items, samples=samples)
    networks = [n for family in FAMILIES for n in wanted.get((traffic, family), ())]
    for format_, parse in LINES.items():
        answer = read(client, f"{query}&traffic={traffic}&format={format_}")
        whole = read(client, f"{query}&traffic={traffic}&format={format_}&aggregate=true")
        if is_refused(items, traffic, samples=samples):
            assert answer.status_code == whole.status_code == 404
            continue
        assert parse(answer.get_data(as_text=True)) == sort(networks)
        fewer = parse(whole.get_data(as_text=True))
        assert cover(fewer) == cover(networks)
        message = f"before={len(set(networks))}, after={len(fewer)}"
        assert whole.headers["Content-Aggregation"] == message


def check_sets(client, items: list[dict], query: str, *, samples: bool) -> None:
    wanted = expect(items, samples=samples)
    refused = any(is_refused(items, traffic, samples=samples) for traffic in CLASSES)
    for more in ("", "&aggregate=true"):
        answer = read(client, f"{query}&format=nft{more}")
        assert (answer.status_code == 404) == refused
        if not refused:
            found = read_nft(answer.get_data(as_text=True))
            assert {key: cover(networks) for key, networks in found.items()} == {
                key: cover(networks) for key, networks in wanted.items()
            }
            assert more or {k: set(v) for k, v in found.items()} == wanted


@few
@given(list_ranges(), st.sampled_from(FILTERS), st.booleans())
def test_every_form_holds_what_the_json_holds(ranges, filters, samples):
    with TemporaryDirectory() as folder:
        client = publish_world(ContentFactory(Path(folder)), ranges)
        query = f"samples={'true' if samples else 'false'}{filters}"
        items = read(client, query).get_json()["items"]

        table = read_csv(read(client, f"{query}&format=csv").get_data(as_text=True))
        check_sets(client, items, query, samples=samples)
        for traffic in CLASSES:
            check_lines(client, items, query, traffic, samples=samples)

    assert table == [{name: item[name] for name in COLUMNS} for item in items]


@few
@given(list_ranges(), st.sampled_from(["", "&dc=de", "&traffic=to-service"]), st.booleans())
def test_the_syntax_of_aws_holds_what_the_json_holds(ranges, filters, samples):
    with TemporaryDirectory() as folder:
        client = publish_world(ContentFactory(Path(folder)), ranges)
        items = client.get(f"/v1/ip-ranges?{filters[1:]}").get_json()["items"]
        answer = client.get(f"/v1/ip-ranges/aws?samples={str(samples).lower()}{filters}")

    listed = [item for item in items if samples or not item["sample"]]
    if items and not listed:
        assert answer.status_code == 404
        return
    body = answer.get_json()
    found = [(row["ip_prefix"], row["region"], row["service"]) for row in body["prefixes"]]
    found += [(row["ipv6_prefix"], row["region"], row["service"]) for row in body["ipv6_prefixes"]]
    wanted = [(item["cidr"], item["data_center"], item["traffic"]) for item in listed]
    assert found == list(dict.fromkeys(wanted))


NETWORKS = st.one_of(
    st.builds(
        lambda n, bits: ip_network((n << bits, 32 - bits)), st.integers(0, 255), st.integers(0, 8)
    ),
    st.builds(
        lambda n, bits: ip_network((n << bits, 128 - bits)), st.integers(0, 255), st.integers(0, 8)
    ),
    st.builds(
        lambda n, bits: ip_network((n << bits << 100, 128 - bits)).supernet(new_prefix=20),
        st.integers(0, 255),
        st.integers(0, 8),
    ),
)


@given(st.lists(st.tuples(NETWORKS, st.booleans())))
def test_putting_together_neither_adds_nor_loses_an_address(ranges):
    single = merge_equal(
        {"cidr": str(network), "family": f"ipv{network.version}", "sample": sample}
        for network, sample in ranges
    )

    whole = collapse(single)

    for sample in (True, False):
        before = [ip_network(entry.cidr) for entry in single if entry.sample == sample]
        after = [ip_network(entry.cidr) for entry in whole if entry.sample == sample]
        assert list_addresses(after) == list_addresses(before)
        assert len(after) == len(cover(before)) <= len(before)
    assert len({entry.cidr for entry in single}) == len(single)
    assert [entry.cidr for entry in whole if not entry.sample] == sort(
        entry.cidr for entry in whole if not entry.sample
    )


def list_addresses(networks) -> set[tuple[int, int]]:
    """Every address of small networks one by one; of large ones, both ends and their number."""
    spans = [(n.version, int(n[0]), int(n[-1])) for n in networks]
    merged: list[tuple[int, int, int]] = []
    for version, first, last in sorted(spans):
        if merged and merged[-1][0] == version and first <= merged[-1][2] + 1:
            merged[-1] = (version, merged[-1][1], max(last, merged[-1][2]))
        else:
            merged.append((version, first, last))
    return set(merged)
