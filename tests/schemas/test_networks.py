"""A network has one spelling."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from schemas.networks import Cidr

CIDR = Cidr("A range.")


def refuse(value) -> str:
    with pytest.raises(ValidationError) as caught:
        CIDR.deserialize(value)
    return caught.value.messages[0]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "192.0.2.7/24",
            (
                "has host bits set; write '192.0.2.0/24' for the range or '192.0.2.7/32' "
                "for the address."
            ),
        ),
        (
            "2001:DB8::7/32",
            (
                "has host bits set; write '2001:db8::/32' for the range or '2001:db8::7/128' "
                "for the address."
            ),
        ),
        (
            "192.0.2.7/0.0.0.255",
            (
                "has host bits set; write '192.0.2.0/24' for the range or '192.0.2.7/32' "
                "for the address."
            ),
        ),
        ("192.0.2.0/255.255.255.0", "is not in canonical notation; write '192.0.2.0/24'."),
        ("192.0.2.0/024", "is not in canonical notation; write '192.0.2.0/24'."),
        ("2001:DB8::/32", "is not in canonical notation; write '2001:db8::/32'."),
        ("2001:db8:0:0:0:0:0:0/32", "is not in canonical notation; write '2001:db8::/32'."),
        ("2001:0db8::/32", "is not in canonical notation; write '2001:db8::/32'."),
        ("::ffff:192.0.2.0/120", "is not in canonical notation; write '::ffff:c000:200/120'."),
        ("192.0.2.7", "has no prefix length; write '192.0.2.7/32'."),
        ("2001:db8::7", "has no prefix length; write '2001:db8::7/128'."),
        ("fe80::%eth0/64", "has a zone ID; remove '%' and everything after it."),
        ("2a00::1%1/128", "has a zone ID; remove '%' and everything after it."),
    ],
)
def test_a_network_spelled_otherwise_is_shown_as_it_should_be(value, message):
    assert refuse(value) == f"{value!r} {message}"


@pytest.mark.parametrize(
    "value",
    [
        *("uk", "api.example.com", "/24", "192.0.2/24", "0/0", "192.0.2.0/", "192.0.2.0/33"),
        *("192.0.2.0/24/8", " 192.0.2.0/24", "192.0.2.0/24\n", "192.0.2.0 /24", "010.0.0.0/8"),
        *("192.0.2.0/-1", "192.0.2.0-192.0.2.9", "2001:db8::/129", "2001::db8::/32", "3221225985"),
        *("192.0.2.0/\u0662\u0664", "\u0661\u0669\u0662.0.2.0/24", "1.2.3.4/24\x00", "[::1]/128"),
    ],
)
def test_what_is_no_network_is_refused(value):
    assert refuse(value) == f"{value!r} is not an IP range in CIDR notation."


@given(st.ip_addresses(), st.integers(0, 128))
def test_every_network_is_accepted_as_python_writes_it(address, length):
    network = ip_network((address, min(length, address.max_prefixlen)), strict=False)

    assert CIDR.deserialize(str(network)) == str(network)


@given(st.lists(st.ip_addresses(), min_size=2, max_size=5))
def test_ranges_are_ordered_by_family_and_number(addresses):
    written = [str(ip_network(address)) for address in addresses]

    ordered = sorted(written, key=CIDR.sort_key)

    assert ordered == [
        str(ip_network(a)) for a in sorted(addresses, key=lambda a: (a.version, int(a)))
    ]


def test_the_shorter_mask_comes_first():
    written = ["10.0.0.0/9", "9.0.0.0/8", "10.0.0.0/8", "100.0.0.0/8", "::/0"]

    assert sorted(written, key=CIDR.sort_key) == [
        *("9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/9", "100.0.0.0/8", "::/0")
    ]
