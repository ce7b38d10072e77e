"""The page of an answer: what it says, where that comes from, what it was, how to take it along."""

import json

import pytest

from tests.api.site.browsing import BROWSER, browse
from tests.content_factory import COMMON, SAMPLE
from tests.pages import Page

PATH = "/faqs/addresses"
DATA = f"{PATH}/data"


def test_it_says_the_answer_its_facts_and_where_they_come_from(client):
    page = browse(client, PATH)

    assert "What of addresses?" in page.text
    assert "Find out which is yours." in page.text
    assert "203.0.114.0/24" in page.text
    assert "/oauth-clients#google" in page.links
    assert "/v1/ip-ranges/uk-1" in page.links
    assert "confirmed" in page.text
    assert "Not yet reviewed" in page.text
    assert "https://example.com/a" in page.links


def test_it_is_filled_in_for_a_data_center(client):
    page = browse(client, f"{PATH}?dc=uk")

    assert "Yours is United Kingdom." in page.text
    assert "203.0.114.0/24" in page.text
    assert "203.0.115.0/24" not in page.text
    assert "/v1/ip-ranges/de-1" not in page.links
    assert [option["value"] for option in page.find("option") if "selected" in option] == ["uk"]
    data = browse(client, f"{DATA}?dc=uk")
    assert f"{DATA}?dc=uk" in page.links
    assert "/v1/faqs/addresses?dc=uk&format=md" in data.links
    assert 'dc="uk"' in data.text


def test_an_answer_that_is_the_same_everywhere_asks_for_no_data_center(factory):
    factory.world().faq("plain", "It is the same everywhere.\n", position=2)
    factory.publish()

    assert browse(factory.client(), "/faqs/plain").find("select") == []


def test_it_leads_to_every_form(client):
    page = browse(client, PATH)

    *formats, oembed = page.find("link", rel="alternate")
    assert [link["type"] for link in formats] == [
        *("application/json", "text/html", "text/markdown", "text/plain", "application/ld+json"),
    ]
    assert oembed["type"] == "application/json+oembed"
    for link in formats:
        answer = client.get(link["href"])
        assert answer.headers["Content-Type"].startswith(link["type"])
        assert link["href"] in browse(client, DATA).links
    assert page.find("link", rel="canonical")[0]["href"].endswith(PATH)


@pytest.mark.parametrize("query", ["", "?dc=uk", "?dc=uk&release=2026-02-02.01"])
def test_a_program_finds_the_frame_of_the_same_answer(factory, query):
    factory.world().publish("The world.")
    client = factory.client(public_url="https://faqts.example.com")
    page = browse(client, f"{PATH}{query}")

    (link,) = page.find("link", type="application/json+oembed")
    answer = client.get(link["href"].removeprefix("https://faqts.example.com"))

    assert link["title"] == answer.get_json()["title"] == "What of addresses?"
    source = f"https://faqts.example.com/embed{PATH}{query.replace('&', '&amp;')}"
    assert f'src="{source}"' in answer.get_json()["html"]


def test_its_json_ld_is_that_of_the_form_about_the_page(client):
    page = browse(client, PATH)
    form = client.get(f"/v1{PATH}?format=jsonld").text

    (data,) = (json.loads(data) for data in page.data if data)
    assert data == json.loads(form.replace("/v1/faqs/", "/faqs/"))
    assert [{"href": data["url"], "rel": "canonical"}] == page.find("link", rel="canonical")


def test_its_history_shows_what_each_revision_changed_and_why(factory):
    factory.world().publish("The world.")
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    factory.publish("A new client.")
    page = browse(factory.client(), DATA)

    assert "/faqs/addresses?release=2026-02-02.01" in page.links
    assert "/releases/2026-02-03.01" in page.links
    assert "Caused by oauth-clients/google" in page.text
    assert len(page.find("del")) == len(page.find("ins")) == 2


def test_of_a_long_history_the_newest_revisions_are_shown_and_the_rest_is_led_to(factory):
    factory.world()
    for number in range(22):
        factory.faq("a", f"Number {number}.\n", position=2)
        factory.publish(f"Release {number}.")
    page = browse(factory.client(), "/faqs/a/data")

    shown = [link for link in page.links if link.startswith("/faqs/a?release=")]
    assert shown == [f"/faqs/a?release={day}.01" for day in reversed(list_days(3, 22))]
    assert "Revision 22" in page.text
    assert "Revision 3," in page.text
    assert "2 older revisions in the API" in page.text
    assert "/v1/faqs/a/revisions" in page.links


def list_days(first: int, last: int) -> list[str]:
    """The days of so many releases of an editor, who begins in February 2026."""
    return [f"2026-02-{number + 1:02}" for number in range(first, last + 1)]


def test_of_many_facts_some_are_shown_and_the_rest_is_led_to(factory):
    factory.world()
    factory.facts("ip-ranges", *({"id": f"r-{n}", "cidr": f"203.0.114.{n}/32"} for n in range(60)))
    factory.publish()
    page = browse(factory.client(), PATH)

    assert len([link for link in page.links if link.startswith("/v1/ip-ranges/r-")]) == 50
    assert "10 more in the API" in page.text
    assert page.text.count("203.0.114.59/32") == 1


def test_doubts_are_folded_below_the_sources_and_left_out_of_frames(factory):
    factory.world()
    factory.faq("doubtful", caveats=["Two pages disagree."], reviewed_on="2026-01-15", position=2)
    factory.publish()
    client = factory.client()

    page = browse(client, "/faqs/doubtful")

    assert "Notes on sources Two pages disagree." in page.text
    assert "Reviewed 15 January 2026" in page.text
    assert "disagree" not in client.get("/embed/faqs/doubtful").text


def test_a_long_answer_lists_its_sections_and_each_can_be_linked_to(factory):
    factory.world()
    text = "### Use it\n\n#### How\n\n### Sources\n\n### [Limit](/v1/clouds) `it`\n\n### Use it\n"
    factory.faq("long", text, position=2)
    factory.publish()

    page = browse(factory.client(), "/faqs/long")

    sections = ["use-it", "sources-2", "limit-it", "use-it-2"]
    assert page.text.count("On this page Use it Sources Limit it Use it Sources") == 1
    assert [name for name in page.ids if name in sections] == sections
    assert [level for level, _ in page.elements if level in ("h2", "h3")][:3] == ["h2", "h3", "h2"]


def test_what_is_no_sample_says_nothing_of_samples(client):
    assert "Sample data." not in browse(client, PATH).text


@pytest.mark.parametrize("what", ["the answer", "a fact that it shows"])
def test_samples_are_marked(factory, what):
    factory.world()
    if what == "the answer":
        factory.faq("addresses", **{**COMMON, "sources": [SAMPLE]})
    else:
        factory.facts("oauth-clients", {"id": "google", "sources": [SAMPLE]})
    factory.publish("Samples.")

    page = browse(factory.client(), PATH)
    assert "Sample data. Some values on this page are placeholders." in page.text
    assert page.find("span", **{"class": "tag sample"})


@pytest.mark.parametrize(("today", "message"), [("2027-01-01", False), ("2027-01-02", True)])
def test_what_is_overdue_says_so_from_the_day_after(factory, today, message):
    factory.world().publish("The world.")

    page = browse(factory.client(today=today), PATH)

    assert ("Review overdue." in page.text) == message


def test_a_page_may_be_kept_until_one_of_its_facts_changes_by_itself(factory):
    factory.world()
    factory.facts("ip-ranges", {"id": "uk-1", "effective_until": "2026-03-01"})
    factory.publish("The world.")

    answer = factory.client(today="2026-03-01").get(PATH)

    assert "stale-while-revalidate=3600" in answer.headers["Cache-Control"]
    late = factory.instant.replace(month=3, day=1, hour=23, minute=58).timestamp()
    client = factory.client(clock=lambda: late)
    assert client.get(PATH).headers["Cache-Control"].startswith("public, max-age=120, ")


def test_a_former_id_moves_and_keeps_its_query(factory):
    factory.world()
    factory.faq("second", aliases=["first"], position=2)
    factory.publish()

    answer = factory.client().get("/faqs/first?dc=uk")

    assert answer.status_code == 308
    assert answer.headers["Location"] == "/faqs/second?dc=uk"


@pytest.mark.parametrize(
    ("successor", "page_of_it"),
    [("faqs/addresses", "/faqs/addresses"), ("clouds/workspace", "/clouds#workspace")],
)
@pytest.mark.parametrize("folder", ["/faqs", "/embed/faqs"])
def test_a_withdrawn_answer_says_why_and_what_to_read_instead(
    factory, folder, successor, page_of_it
):
    factory.world().faq("old", position=2)
    factory.publish()
    factory.path("faqs/old.md").unlink()
    factory.withdrawn(
        {"collection": "faqs", "id": "old", "reason": "It is over.", "successor": successor}
    )
    factory.publish()

    answer = factory.client().get(f"{folder}/old", headers=BROWSER)
    page = Page(answer.get_data(as_text=True))

    assert answer.status_code == 410
    assert "It is over." in page.text
    assert any(link.removeprefix("/embed") == page_of_it for link in page.links)


def test_markup_in_content_stays_text(factory):
    evil = "<script>alert(1)</script>"
    factory.world()
    factory.faq("evil", "Text.\n", question=f"{evil}?", summary=evil, position=2)
    factory.publish()

    page = browse(factory.client(), "/faqs/evil")

    assert evil in page.text
    assert len(page.find("script")) == 2
