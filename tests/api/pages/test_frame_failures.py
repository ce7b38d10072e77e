"""What a frame shows where it can show no answer: a small page, with the status that it has."""

import pytest

from tests.api.pages.test_frame import PATH
from tests.pages import Page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("datacenter=uk", "Did you mean &#39;dc&#39;?"),
        ("dc=france", "Unknown data center &#39;france&#39;."),
        ("application=evil.example/x", "looks like a URL"),
        ("format=html", "Unknown parameter &#39;format&#39;."),
        ("release=x", "release: "),
        ("dc=uk&dc=de", "Use it once."),
    ],
)
def test_a_typo_is_said_in_the_frame_and_in_words(client, query, message):
    answer = client.get(f"{PATH}?{query}")

    Page(answer.text)
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"
    assert message in answer.text


def test_every_fault_is_said(client):
    text = client.get(f"{PATH}?datacenter=uk&application=a.example/x").text

    assert text.count("<p>") == 3


def test_what_is_not_there_is_a_page_with_the_status(client):
    answer = client.get("/embed/faqs/addrsses")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Did you mean &#39;addresses&#39;?" in answer.text


def test_an_unknown_release_is_a_page_that_nobody_keeps(client):
    answer = client.get(f"{PATH}?release=2030-01-01.01")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.fixture
def changed(factory):
    """A client of the world after an answer was renamed and another withdrawn."""
    factory.world()
    factory.faq("old", position=2)
    factory.publish()
    for name in ("old", "addresses"):
        factory.path(f"faqs/{name}.md").unlink()
    gone = {"collection": "faqs", "id": "old", "reason": "It was <wrong>."}
    factory.withdrawn({**gone, "successor": "faqs/ranges"})
    factory.faq("ranges", aliases=["addresses"], topics=["network"])
    factory.facts("clouds", {"id": "workspace", "faq": "ranges"})
    factory.publish()
    return factory.client()


def test_a_former_id_leads_to_the_frame_of_the_new_one(changed):
    answer = changed.get(f"{PATH}?dc=uk&application=A%20%26%20B")

    assert answer.status_code == 308
    assert answer.headers["Location"] == "/embed/faqs/ranges?dc=uk&application=A%20%26%20B"


def test_a_withdrawn_answer_says_why_and_what_to_read(changed):
    answer = changed.get("/embed/faqs/old?dc=uk")

    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Link"] == '</embed/faqs/ranges?dc=uk>; rel="successor-version"'
    assert "It was &lt;wrong&gt;." in answer.text
    assert '<a href="/embed/faqs/ranges?dc=uk">' in answer.text


def test_before_the_first_release_a_page_asks_for_patience(factory):
    answer = factory.client().get(PATH)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "<h1>Not ready</h1>" in answer.text
