"""`<faq-list>`: questions that open, each with an answer of its own."""

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.browser.elements.conftest import FIRST
from tests.e2e.browser.elements.consoles import consoling
from tests.e2e.browser.elements.relays import Fault
from tests.e2e.servers import serving

LIST = '<faq-list topic="network" dc="uk" application="Acme">Ask us.</faq-list>'


def list_questions(console) -> list[str]:
    return console.answer("faq-list").locator("[part=question]").all_inner_texts()


def test_questions_of_a_topic_stand_in_their_order_and_ask_for_nothing_yet(visit):
    with visit(LIST) as console:
        assert list_questions(console) == ["What of addresses?", "What of rich?"]
        assert [url for url in console.asked if "/v1/" in url and "embed" not in url] == [
            f"{console.service}/v1/faqs?topic=network&format=json"
        ]
        assert [name for name, _ in console.page.evaluate("told")] == ["faq-load"]


def test_a_question_that_is_opened_shows_its_answer_filled_in(visit):
    with visit(LIST) as console:
        console.answer("faq-list").get_by_text("What of addresses?").click()
        console.answer().get_by_text("Ask Acme").wait_for()

        assert "Yours is United Kingdom." in console.answer().inner_text()
        assert console.answer().locator("summary").count() == 0
        console.answer("faq-list").get_by_text("What of addresses?").click()
        console.answer("faq-list").get_by_text("What of addresses?").click()
        assert sum("/v1/faqs/addresses" in url for url in console.asked) == 1


def test_an_answer_that_does_not_come_leaves_its_summary(visit_relay, relay):
    relay.faults["/v1/faqs/"] = Fault(500)
    with visit_relay(LIST) as console:
        console.answer("faq-list").get_by_text("What of addresses?").click()
        console.status("Content not available. ")

        assert console.find("faq-answer p").first.is_visible()
        assert console.find("faq-answer p").first.inner_text() == "Client 67890."
        console.forgive("Failed to load resource")


def test_a_list_stays_with_its_date(visit_relay, relay):
    with visit_relay(LIST) as console:
        console.answer("faq-list")
        relay.faults["/v1/"] = Fault(is_down=True)
        console.page.reload()
        console.status("Saved copy from ", "faq-list")

        assert list_questions(console) == ["What of addresses?", "What of rich?"]
        console.forgive("Failed to load resource", "failed: ")


def test_all_questions_of_all_pages_are_there(browser, tmp_path):
    factory = ContentFactory(tmp_path).world()
    for number in range(120):
        factory.faq(f"f{number}", position=number + 2)
    factory.publish()

    with serving(factory) as server, consoling(browser, server.port, "<faq-list/>") as console:
        questions = list_questions(console)

        assert questions == ["What of addresses?", *(f"What of f{n}?" for n in range(120))]
        assert sum("/v1/faqs?" in url for url in console.asked) == 2


def test_another_level_leaves_open_what_is_open(visit):
    with visit(LIST) as console:
        console.answer("faq-list").get_by_text("What of addresses?").click()
        console.answer()
        console.set(level="4")
        console.answer("faq-list").locator("h4").first.wait_for()
        console.answer().get_by_text("Ask Acme").wait_for()

        assert console.answer("faq-list").locator("details[open]").count() == 1


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ('topic="netwrok"', "Did you mean 'network'?"),
        ('release="2026-02-09.01"', "2026-02-09.01"),
    ],
)
def test_a_list_says_what_is_wrong(visit, attributes, message):
    with visit(f"<faq-list {attributes}></faq-list>") as console:
        console.status(message, "faq-list")
        console.forgive("Failed to load resource")


def test_a_list_of_nothing_says_so(visit):
    with visit(f'<faq-list topic="network" release="{FIRST}"></faq-list>') as console:
        assert list_questions(console) == ["What of addresses?"]
        console.set(lang="en", release="2026-02-03.01", topic="network")
        console.answer("faq-list").get_by_text("What of rich?").wait_for()
