"""What embeds show while the service fails: never a blank box, never an error in the page."""

import json

import pytest

from tests.e2e.browser.conftest import HOST
from tests.e2e.browser.elements.conftest import ANSWER, FIRST
from tests.e2e.browser.elements.relays import SAID, Fault

HELP = "[href='/help']"
LINK = '<a href="/help">Ask us</a>'
BARE = '<faq-answer faq="addresses" open>\n</faq-answer>'
PROBLEM = json.dumps(
    {"type": "/problems/internal-error", "title": "T", "status": 500, "detail": "D"}
)
#: Beside what `test_every_element.py` tries: the service down, slow, answering 404 or 500.
PASSING = {
    "500 as a problem": (
        Fault(500, PROBLEM.encode(), "application/problem+json"),
        "The service returned an unexpected response.",
    ),
    "429": (Fault(429, b"", "text/plain"), "The service returned an unexpected response."),
    "503": (Fault(503, b"{}", "application/json"), "The service returned an unexpected response."),
    "garbage": (
        Fault(200, b"{oops", "application/json"),
        "The service returned an unexpected response.",
    ),
    "a page": (Fault(200, b"<html>Sign in"), "The service returned an unexpected response."),
    "other json": (
        Fault(200, b'{"id":1}', "application/json"),
        "The service returned an unexpected response.",
    ),
    "null": (
        Fault(200, b"null", "application/json"),
        "The service returned an unexpected response.",
    ),
}


@pytest.mark.parametrize(("fault", "why"), PASSING.values(), ids=PASSING)
def test_whatever_else_comes_the_copy_stays_with_its_date(console, one_relay, fault, why):
    console.page.reload()
    console.answer()
    one_relay.faults["/v1/"] = fault
    console.page.reload()
    message = console.status("Saved copy from ")

    assert "Find out which is yours." in console.answer().inner_text()
    assert why in message
    day = console.page.evaluate(
        "new Date().toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })"
    )
    assert message.startswith(f"Saved copy from {day} at ")
    assert not console.find(HELP).is_visible()
    assert len(console.told("faq-stale")) == 1
    assert console.told("faq-error") == []
    console.forgive(*fault.complaints)


@pytest.mark.parametrize(("fault", "why"), PASSING.values(), ids=PASSING)
def test_whatever_else_comes_without_a_copy_the_tags_stay(console, one_relay, fault, why):
    one_relay.faults["/v1/"] = fault
    console.page.reload()
    console.status("Content not available. ")

    assert console.find(HELP).is_visible()
    assert not console.find("[part=content]").is_visible()
    (problem,) = console.told("faq-error")
    assert problem["status"] == (fault.status if fault.status not in {None, 200} else 0)
    assert why in problem["detail"] or problem["detail"] == "D"
    console.forgive(*fault.complaints)


def test_an_empty_element_is_never_a_blank_box(visit_relay, relay):
    relay.faults["/v1/"] = Fault(500, b"", seconds=2)
    with visit_relay(BARE) as console:
        console.status("Loading")
        console.status("Content not available. The service returned an unexpected response.")
        console.forgive(SAID)


def test_a_page_whose_script_does_not_come_shows_what_is_between_the_tags(visit_relay, relay):
    relay.faults["/embed/"] = Fault(is_down=True)
    with visit_relay(ANSWER) as console:
        assert console.find(HELP).is_visible()
        console.forgive(SAID, "failed: ")


def test_a_slow_service_is_bridged_by_the_copy_and_then_believed(visit_relay, relay):
    with visit_relay(ANSWER) as console:
        console.answer()
        relay.faults["/v1/"] = Fault(seconds=5)
        console.page.reload()
        console.page.wait_for_timeout(1_000)
        waiting = console.find(HELP).is_visible()
        silence = console.find("[part=status]").text_content()
        message = console.status("Saved copy from ")
        console.find(
            "[part=status]",
        ).filter(has_not_text="Saved copy").wait_for(state="attached")
        console.wait_until("told.length === 2")

        assert waiting
        assert silence == ""
        assert "The service is slow to respond." in message
        assert [name for name, _ in console.page.evaluate("told")] == ["faq-stale", "faq-load"]
        assert "Saved copy" not in console.find("[part=status]").inner_text()


@pytest.mark.parametrize(
    ("element", "status", "message"),
    [
        ('faq="nope"', 404, "faqs has no document 'nope'."),
        ('faq="../releases"', 404, "does not exist"),
        ('faq="addresses" dc="ukk"', 400, "Did you mean 'uk'?"),
        ('faq="addresses" release="2026-02-09.01"', 404, "2026-02-09.01"),
        ('faq="old"', 410, "Withdrawn. "),
    ],
)
def test_a_word_of_the_service_is_said_and_removes_the_copy(visit, element, status, message):
    with visit(f"<faq-answer {element}>{LINK}</faq-answer>") as console:
        console.status(message)
        (problem,) = console.told("faq-error")
        console.forgive(SAID)

        assert problem["status"] == status
        assert problem["type"].startswith("/problems/")
        assert console.find(HELP).is_visible()
        address = next(url for url in console.asked if "/v1/faqs" in url)
        assert console.page.evaluate("key => localStorage[key]", f"faqts:{address}") is None


def test_a_copy_does_not_outlive_the_word_that_there_is_no_answer(visit_relay, relay):
    gone = json.dumps({"type": "/problems/withdrawn", "status": 410, "detail": "It was wrong"})
    with visit_relay(ANSWER) as console:
        console.answer()
        relay.faults["/v1/"] = Fault(410, gone.encode(), "application/problem+json")
        console.page.reload()
        message = console.status("Withdrawn. ")
        relay.faults["/v1/"] = Fault(is_down=True)
        console.page.reload()
        console.status("cannot be reached")

        assert message == "Withdrawn. It was wrong."
        assert console.find(HELP).is_visible()
        console.forgive(SAID, "failed: ")


def test_what_was_withdrawn_leads_to_its_successor(visit):
    with visit('<faq-answer faq="old" dc="uk"></faq-answer>') as console:
        message = console.status("It was wrong.")
        link = console.find("[part=status] a")

        assert message.endswith("Read this instead")
        assert link.get_attribute("href") == f"{console.service}/faqs/addresses?dc=uk"
        console.forgive(SAID)


def test_what_was_withdrawn_can_be_read_as_it_was(visit):
    with visit(f'<faq-answer faq="old" release="{FIRST}" open></faq-answer>') as console:
        assert "What of old?" in console.answer().inner_text()


def test_an_element_that_names_no_answer_says_so(visit):
    with visit(f'<faq-answer dc="uk" level="3" open>{LINK}</faq-answer>') as console:
        console.status("Set the attribute faq to the ID of an answer.")
        console.set(dc="de", level="4")
        console.wait_until("told.length === 2")

        assert console.find(HELP).is_visible()
        assert not any("/v1/faqs" in url for url in console.asked)


def test_the_last_of_two_questions_wins_whatever_comes_first(visit_relay, relay):
    relay.faults["/v1/faqs/addresses?dc=uk"] = Fault(seconds=3)
    with visit_relay('<faq-answer faq="addresses" dc="uk" open></faq-answer>') as console:
        console.set(dc="de")
        console.answer().get_by_text("Yours is Germany.").wait_for()
        console.page.wait_for_timeout(4_000)

        assert "Yours is Germany." in console.answer().inner_text()
        assert len(console.told("faq-load")) == 1
        assert console.told("faq-error") == []


def test_addresses_of_one_data_center_do_not_stay_while_another_is_asked_for(visit_relay, relay):
    with visit_relay(f'<faq-answer faq="addresses" dc="uk" open>{LINK}</faq-answer>') as console:
        console.answer()
        relay.faults["/v1/faqs/addresses?dc=de"] = Fault(500, seconds=4)
        console.set(dc="de")
        # Long before the service has answered.
        console.find(HELP).wait_for(timeout=2_000)
        console.status("Content not available. ")

        assert not console.find("[part=content]").is_visible()
        console.forgive(SAID)


def test_what_is_taken_out_of_the_page_asks_and_says_nothing_more(visit_relay, relay):
    relay.faults["/v1/"] = Fault(500, seconds=3)
    with visit_relay(ANSWER) as console:
        console.page.evaluate("document.querySelector('faq-answer').remove()")
        console.page.wait_for_timeout(4_000)

        assert console.page.evaluate("told") == []


def test_a_frame_without_storage_shows_the_answer_and_does_without_a_copy(visit, service):
    script = f'<script type="module" src="http://{HOST}:{service.port}/embed/v1/faq-answer.js">'
    inner = f"{script}</script>{ANSWER}".replace('"', "&quot;")
    body = f'<iframe sandbox="allow-scripts" title="Help" srcdoc="{inner}"></iframe>'
    with visit(body) as console:
        frame = console.page.frame_locator("iframe")
        frame.get_by_text("Find out which is yours.").wait_for()

        assert console.page.evaluate("localStorage.length") == 0
