"""Answers as JSON-LD: the words of schema.org, whole addresses, safe in a page."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.settings import Settings
from content.formats.answer_jsonld import render_jsonld

PATH = "/v1/faqs/addresses?format=jsonld"


def read(client, query: str = "") -> dict:
    answer = client.get(PATH + query)
    assert answer.status_code == 200
    return json.loads(answer.data)


def test_an_answer_is_a_page_of_one_question(client):
    faq = client.get("/v1/faqs/addresses").get_json()
    page = read(client)

    (question,) = page["mainEntity"]
    assert (page["@context"], page["@type"]) == ("https://schema.org", "FAQPage")
    assert (question["@type"], question["name"]) == ("Question", faq["question"])
    assert question["acceptedAnswer"]["@type"] == "Answer"
    summary = f"<p>{faq['summary']}</p>"
    assert question["acceptedAnswer"]["text"] == f"{summary}\n{faq['answer']['html']}"
    for part in (page, question, question["acceptedAnswer"]):
        assert (part["inLanguage"], part["dateModified"]) == ("en", faq["updated_at"])


def test_its_media_type_has_no_charset(client):
    assert client.get(PATH).content_type == "application/ld+json"


def test_the_partner_is_filled_in(client):
    (question,) = read(client, "&dc=uk&application=Acme")["mainEntity"]

    assert "Ask Acme" in question["acceptedAnswer"]["text"]
    assert "United Kingdom" in question["acceptedAnswer"]["text"]


@pytest.mark.parametrize("public_url", ["https://faqts.example.com", "http://127.0.0.1:8000"])
def test_every_address_is_whole(factory, public_url):
    factory.world()
    factory.faq("other")
    factory.faq(
        "addresses",
        'See [other](/v1/faqs/other), [there](https://example.com/v1/a), `<a href="/x">`.\n',
    )
    factory.publish()
    settings = Settings(ledger=factory.place.ledger.folder, public_url=public_url)
    app = create_app(replace(settings, today="2026-03-01"))
    app.extensions["faqts"].follower.refresh()

    answer = app.test_client().get(PATH, headers={"Host": "evil.example"})
    page = json.loads(answer.data)

    text = page["mainEntity"][0]["acceptedAnswer"]["text"]
    assert page["url"] == page["@id"] == f"{public_url}/v1/faqs/addresses"
    assert f'href="{public_url}/faqs/other"' in text
    assert 'href="https://example.com/v1/a"' in text
    assert '&lt;a href="/x"&gt;' in text
    assert b"evil" not in answer.data


class ScriptReader(HTMLParser):
    """Collects what a browser takes for the text of scripts, and other elements."""

    def __init__(self):
        super().__init__()
        self.script, self.tags = "", []

    def handle_starttag(self, tag, _attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.script += data


def test_it_can_stand_in_a_script_element(factory):
    factory.world()
    factory.faq(
        "addresses",
        "Never `</script><img src=x onerror=alert(1)>`, `<!-- <script>` or `]]>` & so on.\n",
        question="Is </script> or <!-- a danger?",
    )
    factory.publish()
    text = factory.client().get(PATH).get_data(as_text=True)

    reader = ScriptReader()
    reader.feed(f'<script type="application/ld+json">{text}</script>')
    reader.close()

    assert reader.tags == ["script"]
    assert set("<>&") & set(text) == set()
    assert json.loads(reader.script) == json.loads(text)
    assert json.loads(text)["mainEntity"][0]["name"] == "Is </script> or <!-- a danger?"


@given(st.text())
def test_every_text_comes_back_as_it_was_and_never_leaves_its_script(text):
    body = {
        "links": {"self": "/v1/faqs/a"},
        "language": {"served": "en"},
        "updated_at": "2026-11-23T08:00:00Z",
        "revision": 1,
        "question": text,
        "summary": "Yes.",
        "answer": {"html": "<p>Yes.</p>"},
    }

    rendered = render_jsonld(body, public_url="https://faqts.example.com").text

    assert json.loads(rendered)["mainEntity"][0]["name"] == text
    assert set("<>&\u2028\u2029") & set(rendered) == set()
