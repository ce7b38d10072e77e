"""The shapes of what people copy: what is right stays, what is wrong is shown as it should be."""

import re
from ast import literal_eval

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import shapes

HOST, MAIL, URL = shapes.judge_host, shapes.judge_mail_address, shapes.judge_url
CLIENT, ENDPOINT = shapes.judge_client_id, shapes.judge_endpoint


@pytest.mark.parametrize(
    ("judge", "value"),
    [
        (HOST, "api-uk.example.com"),
        (HOST, "xn--mller-kva.example"),
        (HOST, "a.b.c.xn--p1ai"),
        (MAIL, "organizer@invite-uk.example.com"),
        (MAIL, "first.last+tag@example.co.uk"),
        (MAIL, "o'brien@example.com"),
        (URL, "https://docs.example.com"),
        (URL, "https://docs.example.com:8443/a/%C3%A9?b=c&d=(e)#f,g"),
        (URL, "https://Docs.Example.com/Page"),
        (URL, "https://xn--mller-kva.example/"),
        (URL, "https://social.example/post/did:plc:xx/3me/source"),
        (URL, "https://example.com/a_(b)"),
        (ENDPOINT, "https://mail.example.com/EWS/Exchange.asmx"),
        (ENDPOINT, "https://{host}.example.com/EWS"),
        (ENDPOINT, "https://*.example.com/"),
        (CLIENT, "902414518019"),
        (CLIENT, "f573e3d3-ea9c-4d8d-9d8f-20107b8cedbd"),
        (CLIENT, "123-abc.apps.googleusercontent.com"),
        (shapes.judge_label, "Admin API > Users > Read"),
        (shapes.judge_label, "https://www.googleapis.com/auth/calendar"),
        (shapes.judge_code, "SyncFolderItems"),
        (shapes.judge_country, "GB"),
    ],
)
def test_what_is_right_is_accepted(judge, value):
    assert judge(value) is None


@pytest.mark.parametrize(
    ("judge", "value", "right"),
    [
        (HOST, "https://api.example.com/", "api.example.com"),
        (HOST, "api.example.com:443", "api.example.com"),
        (HOST, "api.example.com.", "api.example.com"),
        (HOST, "API.Example.com", "api.example.com"),
        (HOST, "user@api.example.com", "api.example.com"),
        (HOST, "api.example.com/v1?a=b", "api.example.com"),
        (HOST, "müller.example", "xn--mller-kva.example"),
        (MAIL, "mailto:a@example.com", "a@example.com"),
        (MAIL, "mailto:a@example.com?subject=Hi", "a@example.com"),
        (MAIL, "Ann B <a@example.com>", "a@example.com"),
        (MAIL, "a@Example.com", "a@example.com"),
        (MAIL, "a@müller.example", "a@xn--mller-kva.example"),
        (URL, "https://user:password@example.com/a", "https://example.com/a"),
        (URL, "https://user@example.com/a", "https://example.com/a"),
        (URL, "https://example.com/é", "https://example.com/%C3%A9"),
        (URL, "https://müller.example/a", "https://xn--mller-kva.example/a"),
        (URL, "https://example.com/100%", "https://example.com/100%25"),
        (URL, "https://example.com/a|b", "https://example.com/a%7Cb"),
        (URL, "https://example.com\\a", "https://example.com/a"),
        (ENDPOINT, "https://user@example.com/a", "https://example.com/a"),
        (CLIENT, "F573E3D3-EA9C-4D8D-9D8F-20107B8CEDBD", "f573e3d3-ea9c-4d8d-9d8f-20107b8cedbd"),
        (shapes.judge_label, "Full  access", "Full access"),
        (shapes.judge_country, "UK", "GB"),
        (shapes.judge_country, "de", "DE"),
    ],
)
def test_the_right_form_is_shown_and_is_right(judge, value, right):
    message = judge(value)

    assert message.endswith(f"write {right!r}.")
    assert judge(right) is None


@pytest.mark.parametrize(
    ("judge", "value"),
    [
        (HOST, "localhost"),
        (HOST, "192.0.2.1"),
        (HOST, "api_uk.example.com"),
        (HOST, "*.example.com"),
        (HOST, "-a.example.com"),
        (HOST, "a..example.com"),
        (HOST, "a.example.com, b.example.com"),
        (HOST, f"{'a' * 64}.example.com"),
        (HOST, ".".join(["a" * 60] * 5)),
        (HOST, "straße.example"),
        (MAIL, "a@example.com, b@example.com"),
        (MAIL, "a@example.com b@example.com"),
        (MAIL, "a"),
        (MAIL, "@example.com"),
        (MAIL, ".a@example.com"),
        (MAIL, "a@localhost"),
        (URL, "https://"),
        (URL, "https:///a"),
        (URL, "https://[::1"),
        (URL, "https://intranet/a"),
        (URL, "https://192.0.2.1/a"),
        (URL, "https://example.com:99999/"),
        (URL, "https://example.com:0/"),
        (ENDPOINT, "http://mail.example.com/"),
        (ENDPOINT, "mail.example.com"),
        (ENDPOINT, "https://{host} /EWS"),
        (CLIENT, "123\u00a0456"),
        (CLIENT, "\u0430bc"),
        (CLIENT, "12 34"),
        (CLIENT, '"123"'),
        (CLIENT, "f573e3d3-ea9c-4d8d-9d8f-20107b8cedb"),
        (shapes.judge_label, "C\u0430lendars.ReadWrite"),
        (shapes.judge_code, "FindItem GetItem"),
        (shapes.judge_country, "ZZ"),
        (shapes.judge_country, "D "),
        (shapes.judge_country, "Germany"),
    ],
)
def test_what_is_wrong_says_what_to_write(judge, value):
    assert re.search(r"; (write|copy) .+\.$", judge(value))


PARTS = st.sampled_from(
    [
        *("https://", "//", "@", ":", "/", "\\", "%", "a", "b.c", ".example.com", ".", "-"),
        *("\u00e9", "\u00a0", "xn--", "_", "\u00df", "{h}", "*", ":99", "?", "#", " ", "mailto:"),
    ]
)


@given(st.sampled_from([HOST, MAIL, URL, ENDPOINT, CLIENT]), st.lists(PARTS, max_size=8))
def test_a_form_that_is_shown_is_always_right(judge, parts):
    value = "https://" * (judge is URL) + "".join(parts)

    shown = re.search(r"; write '([^ ]*)'\.$", judge(value) or "")

    assert shown is None or judge(literal_eval(f"'{shown[1]}'")) is None
