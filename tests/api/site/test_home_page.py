"""The front page: search, topics, what changed, and how fresh everything is."""

import re

import pytest

from tests.api.site.browsing import browse
from tests.content_factory import SAMPLE


@pytest.fixture
def library(factory):
    factory.world()
    factory.facts("topics", {"id": "network"}, {"id": "mail", "title": "Mail", "position": 2})
    factory.faq("b", question="Which PORTS are open?", position=2, topics=["mail"])
    factory.faq("c", question="Who reads mail?", summary="Nobody.", position=3, topics=["mail"])
    factory.publish("A library.")
    return factory


def list_answers(page) -> list[str]:
    return [link[6:] for link in page.links if re.fullmatch(r"/faqs/[a-z]+", link)]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["addresses", "b", "c"]),
        ("q=ports", ["b"]),
        ("q=PORT+open", ["b"]),
        ("q=open+nobody", []),
        ("q=nobody", ["c"]),
        ("q=12345", ["addresses"]),
        ("q=oauth-clients", []),
        ("topic=mail", ["b", "c"]),
        ("topic=mail&q=ports", ["b"]),
        ("start=1", ["b", "c"]),
    ],
)
def test_answers_are_found_by_words_and_topics(library, query, ids):
    assert list_answers(browse(library.client(), f"/?{query}")) == ids


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("q=203.0.114.7", "203.0.114.7"),
        ("q=+203.0.114.7/24+", "203.0.114.7/24"),
        ("q=2A00:100::1", "2A00%3A100%3A%3A1"),
        ("q=203.0.114", None),
        ("q=12345", None),
        ("", None),
    ],
)
def test_an_address_that_is_searched_for_leads_to_where_addresses_are_looked_up(
    client, query, asked
):
    page = browse(client, f"/?{query}")

    assert [link for link in page.links if "ip=" in link] == (
        [f"/ip-ranges?ip={asked}#lookup"] if asked else []
    )
    if asked:
        assert "Try fewer words" not in page.text
        assert "is in this range" in browse(client, f"/ip-ranges?ip={asked}").text


def test_more_answers_than_a_page_holds_lead_to_the_next(factory):
    for number in range(60):
        factory.faq(f"f-{number}", position=number + 1)
    factory.publish()
    client = factory.client()

    first = browse(client, "/?q=what")
    (following,) = [link for link in first.links if "start=" in link]
    second = browse(client, following)

    shown = [link for page in (first, second) for link in page.links if link.startswith("/faqs/f-")]
    assert shown == [f"/faqs/f-{number}" for number in range(60)]
    assert not [link for link in second.links if "start=" in link]


def test_more_of_an_old_release_is_of_that_release(factory):
    for number in range(60):
        factory.faq(f"f-{number}", position=number + 1)
    factory.facts("topics", {"id": "network"})
    old = factory.publish().id
    factory.faq("f-55", question="What is new?", position=56)
    factory.publish()

    page = browse(factory.client(), f"/?q=what&release={old}")

    (more,) = [link for link in page.links if "start=" in link]
    assert "What of f-55?" in browse(factory.client(), more).text
    assert f"/?topic=network&release={old}" in page.links
    assert f"/?release={old}" in page.links
    assert f"/v1/faqs?release={old}" in page.links


def test_it_says_what_changed_lately_and_how_many_are_overdue(library):
    library.faq("b", reviewed_on="2026-02-01", review_by="2026-02-28", position=2)
    library.publish("Ports are looked at again.")

    now = browse(library.client(today="2026-02-28"), "/")
    later = browse(library.client(today="2026-03-01"), "/")

    assert "Ports are looked at again." in now.text
    assert "/releases/2026-02-03.01" in now.links
    assert re.search(
        r"1 of \d+ answers and facts have been reviewed, the last one on 1 February 2026",
        now.text,
    )
    assert "1 is overdue for review" in later.text
    assert "Next review by 28 February 2026" in now.text


def test_it_leads_to_the_list_of_each_data_center(library):
    page = browse(library.client(), "/")

    assert {"/ip-ranges?dc=uk", "/ip-ranges?dc=de"} <= set(page.links)


@pytest.mark.parametrize("what", ["answer", "fact"])
def test_an_answer_that_shows_samples_is_marked_wherever_it_is_linked(factory, what):
    factory.world()
    if what == "answer":
        factory.faq("made-up", sources=[SAMPLE], position=2)
    else:
        factory.facts("deadlines", {"id": "end", "sources": [SAMPLE]})
        factory.faq("made-up", "{{ deadlines.end.title }}\n", position=2)
    factory.faq("real", related=["made-up", "addresses"], position=3)
    factory.publish()
    client = factory.client()

    for path in ("/", "/faqs/real"):
        page = browse(client, path)
        assert "What of made-up? includes samples" in page.text, path
    assert page.text.count("samples") == 1
    assert browse(client, "/").text.count("samples") == 2
    assert browse(client, "/changes").text.count("includes samples") == 1
