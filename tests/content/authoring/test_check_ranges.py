"""What may stand in a firewall."""

from collections import Counter
from ipaddress import collapse_addresses, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.authoring.check_ranges import DOCUMENTATION, check_ranges
from content.documents import Document, Key
from content.sources.drafts import Draft
from content.sources.located_yaml import LocatedYaml
from tests.content_factory import SAMPLE, SOURCE


def draft(cidr: str, name: str = "a", *, sample: bool = False, **fields) -> Draft:
    """The range *name*, which stands in the line of its letter: a in 1, b in 2."""
    body = {
        "id": name,
        "cidr": cidr,
        "data_center": "uk",
        "traffic": "web",
        "effective_from": None,
        "effective_until": None,
        "sources": [SAMPLE if sample else SOURCE],
        **fields,
    }
    located = LocatedYaml(values={("cidr",): (ord(name) - 96, 9)})
    return Draft(Document(Key("ip-ranges", name), body), "ranges.yaml", located)


def check(*drafts: Draft) -> list[str]:
    return [str(fault) for fault in check_ranges(drafts)]


@pytest.mark.parametrize(
    "cidr",
    [
        "8.8.8.0/24",
        "1.0.0.0/8",
        "203.0.114.0/24",
        "192.0.1.0/24",
        "172.32.0.0/12",
        "223.255.255.255/32",
        "2000::/16",
        "2a00:100::/48",
        "2001:200::/23",
        "2003::/16",
        "3ffe::/16",
    ],
)
def test_a_public_range_is_accepted(cidr):
    assert check(draft(cidr)) == []


@pytest.mark.parametrize("cidr", ["0.0.0.0/0", "::/0"])
@pytest.mark.parametrize("sample", [True, False])
def test_every_address_is_no_range(cidr, sample):
    assert check(draft(cidr, sample=sample)) == [
        f"ranges.yaml:1:9: cidr: '{cidr}' contains all addresses. Write the actual ranges."
    ]


@pytest.mark.parametrize(
    "cidr",
    [
        *("10.0.0.0/8", "10.1.2.3/32", "172.16.0.0/16", "172.31.255.0/24", "192.168.0.0/16"),
        *("127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10", "0.0.0.0/8", "192.0.0.0/24"),
        *("198.18.0.0/15", "192.88.99.0/24", "224.0.0.0/4", "239.1.1.1/32", "240.0.0.0/4"),
        *("255.255.255.255/32", "8.0.0.0/5", "168.0.0.0/6"),
        *("fc00::/7", "fd12:3456::/32", "fe80::/10", "fec0::/10", "ff00::/8", "ff02::1/128"),
        *("::1/128", "::/128", "::ffff:808:808/128", "::808:808/128", "64:ff9b::/96", "100::/64"),
        *(
            "2001::/32",
            "2001:10::/28",
            "2002::/16",
            "5f00::/16",
            "4000::/3",
            "0:1::/32",
            "8000::/1",
        ),
    ],
)
def test_addresses_that_cannot_be_reached_are_refused(cidr):
    assert check(draft(cidr)) == [
        (
            f"ranges.yaml:1:9: cidr: '{cidr}' is private, multicast or reserved and "
            "cannot be reached over the internet. Write the public range."
        )
    ]


@pytest.mark.parametrize("cidr", [*map(str, DOCUMENTATION), "192.0.2.16/28", "2001:db8:1::/48"])
def test_documentation_addresses_are_samples(cidr):
    assert check(draft(cidr, sample=True)) == []
    assert check(draft(cidr)) == [
        (
            f"ranges.yaml:1:9: cidr: '{cidr}' is a documentation range. Write the real "
            "range, or give it a source with 'confidence: sample'."
        )
    ]


@pytest.mark.parametrize(
    "cidr",
    [
        "203.0.114.0/24",
        "192.0.2.0/23",
        "192.0.0.0/16",
        "128.0.0.0/1",
        "2001:db8::/31",
        "10.0.0.0/8",
    ],
)
def test_samples_are_documentation_addresses_and_nothing_around_them(cidr):
    assert check(draft(cidr, sample=True)) == [
        (
            f"ranges.yaml:1:9: cidr: '{cidr}' is marked as a sample but contains real "
            "addresses. Use a documentation range such as 192.0.2.0/28 or "
            "2001:db8::/48, or name the real source."
        )
    ]


def test_a_range_that_holds_documentation_addresses_is_not_real():
    assert "is a documentation range" in check(draft("192.0.2.0/23"))[0]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "8.8.8.0/24",
            "8.8.8.0/24",
            "b:2: '8.8.8.0/24' is already listed as 'a' (ranges.yaml:1)",
        ),
        (
            "8.8.0.0/16",
            "8.8.8.0/24",
            "b:2: '8.8.8.0/24' is part of '8.8.0.0/16', 'a' (ranges.yaml:1)",
        ),
        (
            "8.8.8.0/24",
            "8.8.0.0/16",
            "a:1: '8.8.8.0/24' is part of '8.8.0.0/16', 'b' (ranges.yaml:2)",
        ),
        (
            "2a00::/32",
            "2a00:0:1::/48",
            "b:2: '2a00:0:1::/48' is part of '2a00::/32', 'a' (ranges.yaml:1)",
        ),
    ],
)
def test_a_range_is_listed_once(one, other, expected):
    line, _, message = expected[2:].partition(": ")

    assert check(draft(one, "a"), draft(other, "b")) == [
        f"ranges.yaml:{line}:9: cidr: {message}. Delete one of the two."
    ]


@pytest.mark.parametrize("other", ["8.8.8.0/24", "8.8.8.128/25"])
@pytest.mark.parametrize("traffic", ["web", "api"])
def test_an_address_belongs_to_one_data_center(other, traffic):
    uk, de = draft("8.8.8.0/24"), draft(other, "b", data_center="de", traffic=traffic)

    assert check(uk, de) == [
        (
            f"ranges.yaml:2:9: cidr: '{other}' in de overlaps '8.8.8.0/24' in uk, 'a' "
            "(ranges.yaml:1). An address can belong to one data center only."
        )
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"traffic": "api"}),
        ({"effective_until": "2026-01-01"}, {"effective_from": "2026-01-02"}),
        ({"effective_from": "2026-01-02"}, {"effective_until": "2026-01-01"}),
        ({}, {"cidr": "8.8.9.0/24"}),
        ({}, {"cidr": "2a00::/32"}),
    ],
)
def test_a_range_may_serve_two_classes_or_return_after_its_end(one, other):
    assert (
        check(draft("8.8.8.0/24", **one), draft(other.pop("cidr", "8.8.8.0/24"), "b", **other))
        == []
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"effective_until": "2026-01-01"}, {"effective_from": "2026-01-01"}),
        ({"effective_until": "2026-01-01"}, {}),
        ({"effective_from": "2026-01-01"}, {"effective_from": "2027-01-01"}),
    ],
)
def test_windows_that_share_a_day_meet(one, other):
    faults = check(draft("8.8.8.0/24", **one), draft("8.8.8.0/24", "b", **other))

    assert len(faults) == 1


def test_each_range_that_overlaps_is_named_once():
    faults = check(
        draft("8.8.8.0/24"),
        draft("8.8.0.0/16", "b"),
        draft("8.0.0.0/9", "c"),
        draft("9.0.0.0/8", "d"),
    )

    assert [fault.partition(". Delete")[0].partition("cidr: ")[2] for fault in faults] == [
        "'8.8.0.0/16' is part of '8.0.0.0/9', 'c' (ranges.yaml:3)",
        "'8.8.8.0/24' is part of '8.0.0.0/9', 'c' (ranges.yaml:3)",
    ]


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(24, 32)), max_size=8))
def test_the_ranges_that_are_not_named_do_not_overlap_and_cover_the_same(parts):
    networks = [ip_network((f"8.8.8.{last}", length), strict=False) for last, length in parts]
    drafts = [draft(str(network), chr(97 + at)) for at, network in enumerate(networks)]

    faults = check(*drafts)

    left = sorted(collapse_addresses(networks))
    named = [ip_network(fault.split("'")[1]) for fault in faults]
    rest = sorted((Counter(networks) - Counter(named)).elements())
    assert sorted(collapse_addresses(rest)) == left
    assert not any(one.overlaps(other) for at, one in enumerate(rest) for other in rest[:at])
