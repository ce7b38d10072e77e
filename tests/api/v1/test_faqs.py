"""Answers: their list, their forms, and the partner's context in each of them."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.content_factory import COMMON, SAMPLE

ANSWER = "/v1/faqs/addresses"
FORMATS = ("html", "md", "txt")


@pytest.fixture
def library(factory):
    """The world and three answers more, of other topics, clouds and statuses."""
    factory.world()
    factory.facts("topics", {"id": "network"}, {"id": "mail", "aliases": ["post"], "position": 2})
    factory.facts(
        "clouds",
        {"id": "workspace", "faq": "addresses", "aliases": ["gsuite"]},
        {"id": "exchange", "name": "Exchange"},
    )
    factory.faq("b", "{{ clouds.workspace.name }}\n", position=2, topics=["mail"])
    factory.faq("c", position=3, topics=["mail", "network"], applies_to=["workspace"])
    factory.faq("d", position=4, status="deprecated", applies_to=["exchange"])
    factory.publish("A library.")
    return factory.client()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["addresses", "b", "c", "d"]),
        ("topic=network", ["addresses", "c"]),
        ("topic=mail", ["b", "c"]),
        ("topic=post", ["b", "c"]),
        ("topic=mail&topic=network", ["addresses", "b", "c"]),
        ("applies_to=workspace", ["c"]),
        ("applies_to=gsuite", ["c"]),
        ("applies_to=workspace&applies_to=exchange", ["c", "d"]),
        ("status=deprecated", ["d"]),
        ("topic=mail&applies_to=exchange", []),
        ("cites=clouds/workspace", ["b"]),
        ("cites=clouds/gsuite", ["b"]),
        ("cites=oauth-clients/google", ["addresses"]),
        ("cites=ip-ranges/uk-1", ["addresses"]),
        ("cites=clouds/exchange", []),
        ("lang=de-AT", ["addresses", "b", "c", "d"]),
    ],
)
def test_a_list_holds_what_every_filter_selects(library, query, ids):
    body = library.get(f"/v1/faqs?{query}").get_json()

    assert [item["id"] for item in body["items"]] == ids
    assert body["count"] == len(ids)


def test_pages_meet_without_gap_or_overlap(library):
    seen, cursor = [], ""
    while cursor is not None:
        after = f"&cursor={cursor}" if cursor else ""
        body = library.get(f"/v1/faqs?limit=1{after}").get_json()
        seen += [item["id"] for item in body["items"]]
        cursor = body["next_cursor"]

    assert seen == ["addresses", "b", "c", "d"]


def test_a_cursor_of_other_filters_is_refused(library):
    cursor = library.get("/v1/faqs?limit=1&topic=mail").get_json()["next_cursor"]

    answer = library.get(f"/v1/faqs?limit=1&topic=network&cursor={cursor}")

    assert answer.status_code == 400
    assert "other filters" in answer.get_json()["detail"]


def test_topics_count_their_current_answers(library):
    items = library.get("/v1/topics").get_json()["items"]

    assert {item["id"]: item["faq_count"] for item in items} == {"network": 2, "mail": 2}


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB", "de", "zh-Hant-TW"])
def test_every_language_falls_back_to_what_there_is_and_says_so(client, tag):
    answer = client.get(f"{ANSWER}?lang={tag}")

    assert answer.headers["Content-Language"] == "en"
    assert answer.get_json()["language"] == {"served": "en", "available": ["en"]}


def test_a_summary_has_its_values_filled_in(client):
    (item,) = client.get("/v1/faqs").get_json()["items"]

    assert item["summary"] == "Client 12345."


@pytest.mark.parametrize("format_", FORMATS)
def test_without_context_an_answer_stands_alone(client, format_):
    text = client.get(f"{ANSWER}?format={format_}").get_data(as_text=True)

    assert "your vendor" in text
    assert "Find out which is yours." in text
    assert "203.0.115.0/24" in text
    assert "{{" not in text
    assert text.endswith("\n")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_data_center_narrows_an_answer_to_its_own(client, format_):
    text = client.get(f"{ANSWER}?format={format_}&dc=uk").get_data(as_text=True)

    assert "Yours is United Kingdom." in text
    assert "203.0.114.0/24" in text
    assert "203.0.115.0/24" not in text


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("Acme", "Acme"),
        ("R&D", "R&amp;D"),
        ("O'Neill (Beta) +1, No. 2-b", "O'Neill (Beta) +1, No. 2-b"),
        ("Kalender für Österreich", "Kalender für Österreich"),
        ("カレンダー", "カレンダー"),
        ("1.", "1."),
        ("-", "-"),
        ("&lt", "&amp;lt"),
        ("O\u2019Reilly", "O\u2019Reilly"),
        ("Acme!", "Acme!"),
        ("AT&T", "AT&amp;T"),
        ("1-800-Flowers.com", "1-800-Flowers.com"),
        ("www.acme.example", "www.acme.example"),
        ("AC/DC", "AC/DC"),
        ("<b>", "&lt;b&gt;"),
        ("a`b", "a`b"),
        ("*bold*", "*bold*"),
        ("_a_|b", "_a_|b"),
        ("{{ dc.name }}", "{{ dc.name }}"),
        ('"½"', '"½"'),
        ("re: Work", "re: Work"),
        ("👩🏽\u200d💻", "👩🏽\u200d💻"),
    ],
)
def test_the_partners_product_is_shown_as_it_is_called(client, name, html):
    query = {"application": name}

    page, text = (
        client.get(ANSWER, query_string={**query, "format": format_}).get_data(as_text=True)
        for format_ in ("html", "txt")
    )

    assert f"Ask {html};" in page
    assert f"Ask {name};" in text


@pytest.mark.parametrize(
    "name",
    [
        "[click](https://evil.example)",
        "//evil",
        "javascript:alert",
        "mailto:a",
        "evil.example/x",
        "evil.example./x",
        "evil.example:80/x",
        "evil.example:80",
        "evil.example?x",
        "evil.example\\x",
        "evil。example\uff0fx",
        "\uff45\uff56\uff49\uff4c\uff0eexample/x",
        "e\u0301vil.example\u0301/x",
        "192.0.2.1/x",
        "пример.испытание/x",
        "a\nb",
        "a\u2028b",
        "a\x85b",
        "a\u202eb",
        "a\u200bb",
        "a\x00b",
        " Acme",
        "Acme ",
        "",
        "x" * 41,
        "a@b",
        "a\uff20b",
        "a:b",
    ],
)
def test_a_hostile_product_name_is_refused(client, name):
    answer = client.get(ANSWER, query_string={"application": name})

    assert answer.status_code == 400
    assert [fault["parameter"] for fault in answer.get_json()["errors"]] == ["application"]


#: Where editors put the name of a product.
PLACES = """{{ application or "Acme" }} begins; then {{ application or "Acme" }}.

### Of {{ application or "Acme" }}

- {{ application or "Acme" }}
- in [{{ application or "Acme" }}](https://example.com/x) and **{{ application or "Acme" }}** too

> {{ application or "Acme" }}

| a | b |
|---|---|
| {{ application or "Acme" }} | ask {{ application or "Acme" }} |
"""
#: What other programs make of Markdown: they find links in its text too.
LINKIFY = MarkdownIt("gfm-like")


class Elements(HTMLParser):
    """The elements of some HTML with their attributes, and its text."""

    def __init__(self, html: str):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, attrs))

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def places(factory):
    """A client of a service with one answer, which names the product in every place."""
    factory.world().faq("places", PLACES)
    factory.publish()
    return factory.client()


NAMES = st.one_of(
    st.text(st.sampled_from("aB1.-/:!&'\"<>*_`~#+()[]{}|=\\$%^, "), min_size=1, max_size=12),
    st.text(min_size=1, max_size=41),
    st.sampled_from(["Evil.com", "www.evil.com", "evil.рф", "1.", "1)", "---", "```", "&amp;"]),
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
    deadline=None,
)
@given(name=NAMES)
def test_a_name_is_text_in_every_format(places, name):
    query = {"application": name}
    answer = places.get("/v1/faqs/places", query_string=query)
    assume(answer.status_code == 200)

    texts = {
        format_: places.get("/v1/faqs/places", query_string={**query, "format": format_}).text
        for format_ in ("html", "md", "txt")
    }
    acme = {
        format_: places.get(f"/v1/faqs/places?application=Acme&format={format_}").text
        for format_ in ("html", "md")
    }
    page, plain = Elements(texts["html"]), Elements(acme["html"])
    again, plain_again = (Elements(LINKIFY.render(m)) for m in (texts["md"], acme["md"]))
    assert page.elements == plain.elements
    assert page.text.count(name) >= 8
    assert again.elements == plain_again.elements
    assert again.text.count(name) >= 8
    assert texts["txt"].count(name) >= 8


def test_a_fragment_can_do_nothing_in_the_page_that_embeds_it(client):
    page = client.get(f"{ANSWER}?format=html")

    assert page.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert page.get_data(as_text=True).startswith(
        '<article lang="en">\n<h2>What of addresses?</h2>'
    )
    assert page.headers["Content-Language"] == "en"


def test_a_link_of_a_fragment_leads_to_the_service_from_any_page(factory):
    factory.faq("a", '[B](/v1/faqs/b), [there](https://example.com/) and `href="/v1/faqs/b"`.\n')
    factory.faq("b", position=2)
    factory.publish()
    client = factory.client(public_url="https://faqts.example.com")

    page = client.get("/v1/faqs/a?format=html", headers={"Host": "evil.example"})

    assert re.findall(r'<a href="([^"]*)"', page.text) == [
        "https://faqts.example.com/faqs/b",
        "https://example.com/",
    ]
    assert "evil" not in page.text


def test_a_fragment_has_no_attribute_that_could_clash_and_runs_nothing(factory):
    factory.faq("a", "### One\n\n| a | b |\n|---|--:|\n| c | d |\n\n3. [B](/v1/faqs/a)\n")
    factory.publish()

    page = factory.client().get("/v1/faqs/a?format=html").text

    attributes = set(re.findall(r'<[a-z0-9]+(?: ([a-z]+)="[^"]*")?', page)) - {""}
    assert attributes == {"lang", "start", "href"}
    assert re.findall(r"<(h[1-6])>", page) == ["h2", "h3"]
    assert not re.search(r"<(script|style|img|iframe|link|base)|\s(id|class|style|on\w+)=", page)


def test_a_fragment_of_hostile_text_holds_no_markup_of_its_own(factory):
    factory.faq("bad", "Yes &amp; *no*.\n", question='Is <b>this</b> & "that" safe?')
    factory.publish()

    page = factory.client().get("/v1/faqs/bad?format=html").get_data(as_text=True)

    assert "<h2>Is &lt;b&gt;this&lt;/b&gt; &amp; &quot;that&quot; safe?</h2>" in page


def test_markdown_has_the_question_as_its_heading_and_text_has_it_underlined(client):
    md, txt = (client.get(f"{ANSWER}?format={f}").get_data(as_text=True) for f in ("md", "txt"))

    assert md.startswith("# What of addresses?\n\nClient 12345.\n\nAsk ")
    assert txt.startswith("What of addresses?\n==================\n\nClient 12345.\n\nAsk ")


def test_an_answer_names_every_fact_it_shows(client):
    used = client.get(ANSWER).get_json()["facts_used"]

    named = [f"{fact['collection']}/{fact['id']}" for fact in used]
    assert named == [
        *("data-centers/de", "data-centers/uk"),
        *("ip-ranges/de-1", "ip-ranges/uk-1", "ip-ranges/uk-2"),
        "oauth-clients/google",
    ]


def test_a_data_center_that_came_later_fills_nothing_in(factory):
    first = factory.world().publish("Before.")
    factory.facts("data-centers", {"id": "uk"}, {"id": "de"}, {"id": "us", "name": "America"})
    factory.publish("A new one.")

    answer = factory.client().get(f"{ANSWER}?dc=us&release={first.id}")

    assert "Find out which is yours." in answer.get_json()["answer"]["text"]


def test_a_sample_within_an_answer_is_marked(factory):
    factory.world()
    sample = {**COMMON, "sources": [SAMPLE]}
    factory.facts("ip-ranges", {"id": "s", "cidr": "192.0.2.0/28", **sample})
    factory.publish()

    text = factory.client().get(ANSWER).get_json()["answer"]["text"]

    assert "Do not use them in a firewall." in text
