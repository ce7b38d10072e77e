"""Embeds in pages and behind proxies that do what nobody expects of them."""

import json

import pytest

from tests.e2e.browser.elements.conftest import ANSWER
from tests.e2e.browser.elements.relays import Fault

SAID = "Failed to load resource"
#: An object of JSON that can be made neither a text nor a number.
UNSPEAKABLE = {"toString": None, "valueOf": None}
NO_ANSWER = "The service returned an unexpected response."


@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize("detail", [UNSPEAKABLE, [UNSPEAKABLE], {}, None, 5])
def test_a_problem_that_is_not_said_in_words_is_none(console, one_relay, status, detail):
    problem = json.dumps({"type": "/problems/a", "status": status, "detail": detail})
    one_relay.faults["/v1/"] = Fault(status, problem.encode(), "application/problem+json")
    console.page.reload()
    console.status(NO_ANSWER)

    assert console.told("faq-error")[0]["detail"] == NO_ANSWER
    console.forgive(SAID)


def test_an_answer_that_cannot_be_drawn_does_not_take_the_place_of_the_copy(visit_relay, relay):
    with visit_relay(ANSWER) as console:
        console.answer()
        console.wait_until("told.length === 1")
        (loaded,) = console.told("faq-load")
        broken = {**loaded["body"], "language": {"served": UNSPEAKABLE}}
        relay.faults["/v1/"] = Fault(200, json.dumps(broken).encode(), "application/json")
        for _ in range(2):
            console.open("/")
            console.status(f"UTC. {NO_ANSWER}")

            assert "Find out which is yours." in console.answer().inner_text()


def test_a_cache_that_looks_at_no_query_is_not_asked_without_end(visit_relay, relay):
    item = {"id": "a", "question": "Q?", "summary": "S."}
    page = json.dumps({"items": [item], "next_cursor": "abc"})
    relay.faults["/v1/faqs"] = Fault(200, page.encode(), "application/json")
    with visit_relay("<faq-list>Ask us.</faq-list>") as console:
        console.status(NO_ANSWER, "faq-list")

    assert len([path for path in relay.asked if path.startswith("/v1/faqs")]) == 2


@pytest.mark.parametrize("faq", [r"\ud800", r"a\udfffb", r"..", r"../..", "%", r"\0", "a?dc=uk"])
def test_an_id_that_is_none_is_said_in_the_place_of_the_answer_before(console, faq):
    console.page.reload()
    console.answer()
    console.page.evaluate(f"""document.querySelector("faq-answer").setAttribute("faq", "{faq}")""")
    console.status("Content not available. ")

    assert not console.find("faq-answer > [part=box] > [part=content]").is_visible()
    console.forgive(SAID)


def test_no_attribute_is_a_property_that_a_framework_cannot_set(visit):
    """React sets what an element has a property for, and stops where it cannot."""
    body = f'{ANSWER}<faq-list topic="network"></faq-list><ip-ranges dc="uk"></ip-ranges>'
    with visit(body) as console:
        refused = console.page.evaluate(
            """() => {
              "use strict";
              const refused = [];
              for (const element of document.querySelectorAll("faq-answer, faq-list, ip-ranges")) {
                for (const name of element.constructor.observedAttributes) {
                  try { element[name] = element[name]; } catch (error) { refused.push(name); }
                }
              }
              return refused;
            }"""
        )

        assert refused == []


def test_what_was_in_another_document_is_drawn_as_before(visit):
    there_and_back = """async () => {
      const element = document.querySelector("faq-answer");
      const home = element.parentNode;
      document.implementation.createHTMLDocument("").body.append(element);
      home.append(element);
      return getComputedStyle(element).display;
    }"""
    with visit(ANSWER) as console:
        console.answer()

        assert console.page.evaluate(there_and_back) == "block"


def test_a_listener_that_changes_what_it_is_told_breaks_nothing(visit):
    spoil = (
        """document.addEventListener("faq-load", ({ detail }) => { detail.body.answer = null; })"""
    )
    with visit(ANSWER, prepare=lambda page: page.add_init_script(spoil)) as console:
        console.answer()
        console.wait_until("told.length === 1")
        console.set(level="4")
        console.page.wait_for_timeout(200)

        assert "Find out which is yours." in console.answer().inner_text()
