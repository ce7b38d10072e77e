"""What is said about a text that is no address, and what other addresses mean."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.answers.lookup import parse_query
from content.answers.lookup_hints import explain_address


@pytest.mark.parametrize(
    ("text", "words", "instead"),
    [
        ("192.0.2.5:443", "has a port", "192.0.2.5"),
        ("[2001:db8:1::5]", "has brackets", "2001:db8:1::5"),
        ("[2001:db8::]/48", "has brackets", "2001:db8::/48"),
        ("[2001:db8:1::5]:443", "has brackets and a port", "2001:db8:1::5"),
        (" 192.0.2.5 ", "has spaces around it", "192.0.2.5"),
        ("fe80::1%eth0", "has a zone", "fe80::1"),
        ("fe80::%eth0/64", "has a zone", "fe80::/64"),
        ("https://192.0.2.5/x", "is a URL", "192.0.2.5"),
        ("https://a:b@[2001:db8::1]:8443/", "is a URL", "2001:db8::1"),
        ("192.0.2.5.443", "has five numbers", "192.0.2.5"),
        ("192.0.2.7/255.255.255.0", "has a netmask", "192.0.2.0/24"),
        ("192.000.002.005", "has a number with leading zeros", "192.0.2.5"),
        ("192.0.2.*", "is a pattern", "192.0.2.0/24"),
        ("192.0.2.0 255.255.255.240", "has a netmask", "192.0.2.0/28"),
        ("192.0.2.0 mask 255.255.255.240", "has a netmask", "192.0.2.0/28"),
        ("192.0.2.5%2F28", "is percent-encoded twice", "192.0.2.5/28"),
        ("2001%3Adb8%3A%3A1", "is percent-encoded twice", "2001:db8::1"),
        ('"192.0.2.5"', "has characters that are not", "192.0.2.5"),
        ("(192.0.2.5),", "has characters that are not", "192.0.2.5"),
        ("192.0.2.5\u200b", "has characters that are not", "192.0.2.5"),
        ("\uff11\uff19\uff12\u30020\u30022\u30025", "has characters that are not", "192.0.2.5"),
        ("\u0661\u0669\u0662.0.2.5/\u0662\u0668", "has characters that are not", "192.0.2.5/28"),
        ('"192.0.2.5:443"', "has a port", "192.0.2.5"),
        ("192.0.2.5:443/tcp", "has a port", "192.0.2.5"),
        ("ip=192.0.2.5", "has a word before it", "192.0.2.5"),
        ("5.2.0.192.in-addr.arpa", "is a reverse DNS name", "192.0.2.5"),
        ("3221225989", "is an address as a single number", "192.0.2.5"),
        ("0xC0000205", "is an address as a single number", "192.0.2.5"),
    ],
)
def test_what_it_is_and_what_to_write(text, words, instead):
    message = explain_address(text, parse_query)

    assert f"{text!r} {words}" in message
    assert message.endswith(f"Write {instead!r}.")
    assert parse_query(instead)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("192.0.2.1,192.0.2.2", "Repeat the parameter: ip=192.0.2.1&ip=192.0.2.2."),
        ('["192.0.2.1", "192.0.2.2"]', "Repeat the parameter: ip=192.0.2.1&ip=192.0.2.2."),
        ("192.0.2.0 - 192.0.2.255", "Write it as networks: ip=192.0.2.0/24."),
        ("192.0.2.0\u2013192.0.2.255", "Write it as networks: ip=192.0.2.0/24."),
        ("192.0.2.0-15", "Write it as networks: ip=192.0.2.0/28."),
        ("192.0.2.1 0.0.0.0", "Repeat the parameter: ip=192.0.2.1&ip=0.0.0.0."),
        ("192.0.2.1-192.0.2.200", "Write it as networks."),
        ("https://example.com/", "is a URL, not an address."),
        ("example.com", "is a name, not an address. Resolve it and look up the address."),
        ("example.com:443", "is a name, not an address. Resolve it and look up the address."),
        ("localhost", "is a name, not an address. Resolve it and look up the address."),
        ("192.0.2.0/33", "has a wrong prefix length. Use a whole number from 0 to 32."),
        ("2001:db8::/x", "has a wrong prefix length. Use a whole number from 0 to 128."),
        ("192.0.2.9-192.0.2.1", "Write, for example, 192.0.2.1, 192.0.2.0/28 or 2001:db8::1."),
        ("192.0.2.1-2001:db8::1", "Write, for example, 192.0.2.1, 192.0.2.0/28 or 2001:db8::1."),
        ("192.0.2", "Write, for example, 192.0.2.1, 192.0.2.0/28 or 2001:db8::1."),
    ],
)
def test_what_it_is_where_there_is_no_one_thing_to_write(text, end):
    assert explain_address(text, parse_query).endswith(end)


@pytest.mark.parametrize("text", ["a" + " " * 8_000 + "b", "0" * 8_000, "1.1.1." + "0" * 8_000])
def test_a_long_text_is_explained_at_once(text):
    started = perf_counter()

    explain_address(text, parse_query)

    assert perf_counter() - started < 0.3


@given(
    st.one_of(
        st.text(),
        st.text("0123456789abcdef.:/-%[] ,", max_size=30),
        st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,5}[:/%-][0-9.]*", fullmatch=True),
    )
)
def test_every_text_is_read_or_explained(text):
    try:
        parse_query(text)
    except ValueError:
        assert explain_address(text, parse_query).endswith(".")


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("::ffff:192.0.2.1", "192.0.2.1/32"),
        ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
        ("64:ff9b::192.0.2.5", "192.0.2.5/32"),
        ("64:ff9b::c000:205", "192.0.2.5/32"),
        ("64:ff9b::192.0.2.77/120", "192.0.2.0/24"),
        ("64:ff9b::/96", "0.0.0.0/0"),
        ("64:ff9b::/95", "64:ff9b::/95"),
        ("::ffff:0:0/95", "::fffe:0:0/95"),
        ("64:ff9b:1::192.0.2.5", "64:ff9b:1::c000:205/128"),
        ("::192.0.2.5", "::c000:205/128"),
        ("2002:c000:205::1", "2002:c000:205::1/128"),
        ("2001:0:c000:205::1", "2001:0:c000:205::1/128"),
        ("192.0.2.5/024", "192.0.2.0/24"),
    ],
)
def test_ipv4_inside_ipv6_is_that_network_where_it_surely_is(text, network):
    assert str(parse_query(text)) == network


def test_spellings_of_a_length_take_no_memory():
    known = len(parse_query("192.0.2.0/24")._netmask_cache)

    for zeros in range(1_000):
        parse_query(f"192.0.2.0/{'0' * zeros}24")

    assert len(parse_query("192.0.2.0/24")._netmask_cache) == known
