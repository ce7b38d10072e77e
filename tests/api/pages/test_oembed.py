"""`/oembed`: what a program may put into a page that has the address of an answer."""

import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest

PUBLIC = "https://faqts.example.com"
PAGE, FRAME = f"{PUBLIC}/faqs/addresses", f"{PUBLIC}/embed/faqs/addresses"


@pytest.fixture
def public(factory):
    """A client of a service with an address; one answer was renamed, one withdrawn."""
    factory.world()
    factory.faq("old", position=2)
    factory.faq("ranges", "New.\n", position=3, aliases=["former"], question='Is "this" <b>?')
    factory.publish()
    factory.path("faqs/old.md").unlink()
    factory.withdrawn({"collection": "faqs", "id": "old", "reason": "It was wrong."})
    factory.publish()
    return factory.client(public_url=PUBLIC)


def ask(client, url: str, more: str = ""):
    return client.get(f"/oembed?url={quote(url, safe='')}{more}")


def read_source(answer) -> str:
    """The address in the frame that *answer* brings."""
    return unescape(re.search(r'<iframe src="([^"]*)"', answer.get_json()["html"])[1])


@pytest.mark.parametrize("url", [PAGE, FRAME])
def test_the_address_of_an_answer_becomes_a_frame(public, url):
    answer = ask(public, url)

    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"].startswith("public, max-age=300")
    assert answer.get_json() == {
        "version": "1.0",
        "type": "rich",
        "title": "What of addresses?",
        "provider_name": "Admin guidance",
        "provider_url": PUBLIC,
        "cache_age": 86_400,
        "html": (
            f'<iframe src="{FRAME}" title="What of addresses?" width="640" height="480" '
            'frameborder="0" loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups '
            'allow-popups-to-escape-sandbox"></iframe>'
        ),
        "width": 640,
        "height": 480,
    }


@pytest.mark.parametrize(
    ("asked", "package"),
    [
        ("", (640, 480)),
        ("&maxwidth=300", (300, 480)),
        ("&maxheight=200", (640, 200)),
        ("&maxwidth=1&maxheight=1", (1, 1)),
        ("&maxwidth=100000&maxheight=9999", (640, 480)),
    ],
)
def test_it_takes_no_more_room_than_there_is(public, asked, package):
    body = ask(public, PAGE, asked).get_json()

    assert (body["width"], body["height"]) == package
    assert 'width="{}" height="{}"'.format(*package) in body["html"]


@pytest.mark.parametrize(
    ("url", "source"),
    [
        (f"{FRAME}?application=A%26B&dc=uk", f"{FRAME}?dc=uk&application=A%26B"),
        (f"{FRAME}?release=2026-02-02.01", f"{FRAME}?release=2026-02-02.01"),
        (f"{PAGE}?dc=uk&utm_source=mail#part", f"{FRAME}?dc=uk"),
        (f"{PAGE}?application=Acme", FRAME),
        (f"{PUBLIC}/embed/faqs/former?dc=uk", f"{PUBLIC}/embed/faqs/ranges?dc=uk"),
        ("HTTPS://FAQTS.example.com/faqs/addresses", FRAME),
        (
            f"{PUBLIC}/embed/faqs/old?release=2026-02-02.01",
            f"{PUBLIC}/embed/faqs/old?release=2026-02-02.01",
        ),
    ],
)
def test_the_frame_is_for_the_same_reader_and_is_there(public, url, source):
    found = read_source(ask(public, url))

    assert found == source
    assert public.get(found.removeprefix(PUBLIC)).status_code == 200


def test_a_question_stays_text_in_the_element(public):
    body = ask(public, f"{PUBLIC}/faqs/ranges").get_json()

    assert body["title"] == 'Is "this" <b>?'
    assert 'title="Is &quot;this&quot; &lt;b&gt;?"' in body["html"]


def test_parameters_of_other_providers_are_passed_over(public):
    plain, more = ask(public, PAGE), ask(public, PAGE, "&theme=dark&callback=f&lang=xx&lang=yy")

    assert more.status_code == 200
    assert more.data == plain.data


def test_json_may_be_asked_for_by_name(public):
    assert ask(public, PAGE, "&format=json").data == ask(public, PAGE).data


@pytest.mark.parametrize("format_", ["xml", "JSON", "html"])
def test_a_form_that_there_is_not_is_501(public, format_):
    answer = ask(public, PAGE, f"&format={format_}")

    assert answer.status_code == 501
    assert answer.get_json()["type"] == "/problems/form-not-offered"
    assert "format=json" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/faqs/addresses",
        "http://faqts.example.com/faqs/addresses",
        "https://faqts.example.com.evil.example/faqs/addresses",
        "https://user@faqts.example.com/faqs/addresses",
        f"{PUBLIC}/",
        f"{PUBLIC}/faqs",
        f"{PUBLIC}/faqs/addresses/",
        f"{PUBLIC}/faqs/../faqs/addresses",
        f"{PUBLIC}/v1/faqs/addresses",
        f"{PUBLIC}/faqs/%61ddresses",
        f"{PUBLIC}/faqs/nothing",
        f"{FRAME}?release=2030-01-01.01",
        "addresses",
        "http://[",
        "\x00",
    ],
)
def test_an_address_without_an_answer_is_404(public, url):
    answer = ask(public, url)

    assert answer.status_code == 404


def test_a_withdrawn_answer_is_gone(public):
    answer = ask(public, f"{PUBLIC}/faqs/old")

    assert answer.status_code == 410
    assert "It was wrong." in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("query", "parameter", "message"),
    [
        ("", "url", "url is missing"),
        ("url=", "url", "the value is empty"),
        (f"url={PAGE}&url={PAGE}", "url", "Use it once."),
        (f"url={PAGE}&maxwidth=0", "maxwidth", "whole number"),
        (f"url={PAGE}&maxheight=big", "maxheight", "whole number"),
        (f"url={quote(FRAME + '?datacenter=uk', safe='')}", "url", "Did you mean 'dc'?"),
        (f"url={quote(PAGE + '?dc=france', safe='')}", "url", "Unknown data center 'france'"),
    ],
)
def test_what_cannot_be_meant_is_refused(public, query, parameter, message):
    answer = public.get(f"/oembed?{query}")

    (fault,) = answer.get_json()["errors"]
    assert answer.status_code == 400
    assert fault["parameter"] == parameter
    assert message in fault["detail"]


@pytest.mark.parametrize(
    "query", ["", "?dc=uk&application=A%26B", "?application=%E3%82%AB", "?release=2026-02-02.01"]
)
def test_a_frame_leads_to_its_own_description(public, query):
    frame = public.get(f"/embed/faqs/addresses{query}")

    header = re.search(
        r'<([^>]+)>; rel="alternate"; type="application/json\+oembed"', frame.headers["Link"]
    )[1]
    element = re.search(
        r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', frame.text
    )[1]
    found = public.get(header.removeprefix(PUBLIC))
    assert unescape(element) == header
    assert parse_qs(urlsplit(header).query)["format"] == ["json"]
    assert read_source(found) == f"{FRAME}{query}"


def test_the_host_that_was_asked_is_never_read(public):
    url = quote(PAGE, safe="")

    answer = public.get(f"/oembed?url={url}", headers={"Host": "evil.example"})

    assert "evil" not in answer.text
