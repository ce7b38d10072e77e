"""`<faq-answer>` in the page of a vendor, in a real browser, under the strictest policy."""

import re

import pytest

from tests.e2e.browser.elements.conftest import FIRST

ONE_LINE = '<faq-answer faq="addresses" dc="uk" application="Acme"></faq-answer>'
OPEN = '<faq-answer faq="addresses" open></faq-answer>'


def test_one_line_shows_the_answer_filled_in(visit):
    with visit(ONE_LINE) as console:
        box = console.answer()
        box.get_by_text("What of addresses?").click()

        assert "Ask Acme; the client is 67890." in box.inner_text()
        assert "Yours is United Kingdom." in box.inner_text()
        assert box.locator("td").first.inner_text() == "203.0.114.0/24"
        assert "Not yet reviewed. Changed 3 February 2026." in box.inner_text()


def test_every_tag_of_an_answer_is_there_and_nothing_else(visit, service):
    with visit('<faq-answer faq="rich" show="answer"></faq-answer>') as console:
        text = console.answer().locator("[part=answer]")
        drawn = text.evaluate(
            """(root) => {
              const clean = root.cloneNode(true);
              for (const box of clean.querySelectorAll("[part=scroll]")) {
                box.replaceWith(...box.childNodes);
              }
              for (const th of clean.querySelectorAll("th")) th.removeAttribute("scope");
              return clean.getHTML();
            }"""
        )

    sent = service.ask("/v1/faqs/rich").json()["answer"]["html"]
    expected = sent
    for data, page in (
        ("faqs/addresses", "faqs/addresses"),
        ("ip-ranges", "ip-ranges"),
        ("clouds/workspace", "clouds#workspace"),
        ("ip-ranges?format=csv", "v1/ip-ranges?format=csv"),
    ):
        expected = expected.replace(f'"/v1/{data}"', f'"{console.service}/{page}"')
    assert drawn == expected
    assert set(re.findall(r"<(\w+)", sent)) == {
        *("p", "br", "hr", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "em"),
        *("strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
    }


def test_headings_stand_at_the_level_of_the_page(visit):
    levels = {"1": ["H1", "H2", "H3"], "3": ["H3", "H4", "H5"], "6": ["H6", "H6", "H6"]}
    levels |= {wrong: ["H2", "H3", "H4"] for wrong in ("", "zero", "-1e9x")}
    body = "".join(f'<faq-answer faq="rich" open level="{level}"></faq-answer>' for level in levels)
    with visit(body) as console:
        for level, headings in levels.items():
            found = console.answer(f"[level='{level}']").locator("h1, h2, h3, h4, h5, h6")

            assert found.evaluate_all("all => all.map(one => one.tagName)") == headings


def test_a_summary_has_the_whole_answer_behind_it(visit):
    with visit('<faq-answer faq="addresses" show="summary"></faq-answer>') as console:
        box = console.answer()

        assert box.locator("[part=summary]").inner_text() == "Client 67890."
        assert not box.locator("[part=answer]").is_visible()
        box.get_by_text("Full answer").click()
        assert box.locator("[part=answer]").is_visible()


@pytest.mark.parametrize("show", ["summary", "answer", ""])
def test_the_summary_is_the_lead_and_stands_there_once(visit, show):
    with visit(f'<faq-answer faq="addresses" open show="{show}"></faq-answer>') as console:
        text = console.answer().inner_text()

    assert text.count("Client 67890.") == 1
    assert text.index("Client 67890.") < text.index("Find out which is yours.")


def test_doubts_are_left_out_unless_asked_for_and_then_folded(visit):
    with visit('<faq-answer faq="ending" open></faq-answer>') as console:
        notes = console.answer().locator("[part=caveats]")
        assert notes.count() == 0

        console.set(caveats="")
        notes.get_by_text("Notes on sources").click()
        assert notes.locator("li").all_inner_texts() == ["Nobody agrees."]


def test_an_answer_alone_has_no_question_and_does_not_collapse(visit):
    with visit('<faq-answer faq="addresses" show="answer"></faq-answer>') as console:
        box = console.answer()

        assert "Find out which is yours." in box.inner_text()
        assert box.locator("summary, [part=question]").count() == 0


def test_a_pinned_answer_says_as_of_which_release(visit):
    with visit(f'<faq-answer faq="addresses" open release="{FIRST}"></faq-answer>') as console:
        text = console.answer().inner_text()

    assert "client is 12345" in text
    assert f"Release {FIRST}." in text


def test_it_is_opened_and_closed_by_keyboard_alone(visit):
    with visit(ONE_LINE) as console:
        text = console.answer().locator("[part=answer]")
        console.page.keyboard.press("Tab")
        console.page.keyboard.press("Enter")
        text.wait_for()
        console.page.keyboard.press("Space")
        text.wait_for(state="hidden")


def test_the_attribute_open_opens_and_closes(visit):
    with visit(OPEN) as console:
        text = console.answer().locator("[part=answer]")
        text.wait_for()
        console.page.evaluate("document.querySelector('faq-answer').removeAttribute('open')")
        text.wait_for(state="hidden")
        console.set(open="")
        text.wait_for()

        assert sum("/v1/faqs/" in url for url in console.asked) == 1


def test_a_new_attribute_asks_anew_and_leaves_it_open_and_focused(visit):
    with visit(ONE_LINE) as console:
        console.answer().locator("summary").click()
        console.set(dc="de", level="4")
        console.answer().get_by_text("Yours is Germany.").wait_for()

        assert console.answer().locator("td").first.inner_text() == "203.0.115.0/24"
        assert console.answer().locator("h4").count() == 1
        assert "Updated." in console.find("[part=status]").text_content()


def test_many_changes_at_once_are_one_question(visit):
    with visit(ONE_LINE) as console:
        console.answer()
        console.page.evaluate(
            """() => {
              const element = document.querySelector("faq-answer");
              for (const dc of ["de", "uk", "de"]) element.setAttribute("dc", dc);
              element.setAttribute("application", "Other");
            }"""
        )
        console.answer().get_by_text("What of addresses?").click()
        console.answer().get_by_text("Ask Other").wait_for()

        asked = [url for url in console.asked if "/v1/faqs/" in url]
        assert len(asked) == 2
        assert "dc=de&application=Other" in asked[1]


def test_what_is_moved_within_the_page_keeps_its_answer(visit):
    with visit(OPEN) as console:
        console.answer()
        console.page.evaluate("document.body.append(document.querySelector('faq-answer'))")
        console.answer().get_by_text("Find out which is yours.").wait_for()

        assert sum("/v1/faqs/" in url for url in console.asked) == 1


def test_what_comes_later_by_script_is_drawn_too(visit):
    with visit("") as console:
        console.page.evaluate(
            """() => {
              const element = document.createElement("faq-answer");
              document.body.append(element);
              element.setAttribute("faq", "addresses");
            }"""
        )

        assert "What of addresses?" in console.answer().inner_text()
        assert console.told("faq-error") == []


def test_the_page_is_told_what_was_loaded(visit):
    with visit(ONE_LINE) as console:
        console.answer()

        (told,) = console.told("faq-load")
        assert (
            told["url"] == f"{console.service}/v1/faqs/addresses?dc=uk&application=Acme&format=json"
        )
        assert told["body"]["id"] == "addresses"
        assert told["body"]["revision"] == 2


@pytest.mark.parametrize(("day", "is_over"), [("2027-01-01", False), ("2027-01-02", True)])
def test_a_review_that_is_due_is_told_on_the_day_of_the_reader(visit, day, is_over):
    with visit(OPEN, prepare=lambda page: page.clock.set_fixed_time(f"{day}T12:00:00Z")) as console:
        message = console.answer().inner_text()

    assert ("This answer was due for review on 1 January 2027." in message) == is_over


def test_an_answer_that_is_no_longer_current_says_so(visit):
    with visit('<faq-answer faq="ending" open></faq-answer>') as console:
        assert "Do not use this answer for new work." in console.answer().inner_text()


def test_nothing_is_stored_but_the_copy_and_nothing_is_sent_but_the_question(visit):
    with visit(OPEN) as console:
        console.answer()
        stored = console.page.evaluate("Object.keys(localStorage)")
        cookies = console.page.context.cookies()
        request = console.page.evaluate(
            "performance.getEntriesByType('resource').map(({ name }) => name)"
        )

    address = f"{console.service}/v1/faqs/addresses?format=json"
    assert stored == [f"faqts:{address}"]
    assert cookies == []
    assert [url for url in request if "favicon" not in url] == [
        f"{console.service}/embed/v1/faq-answer.js",
        address,
    ]


def test_links_lead_to_pages_and_keep_what_is_known_of_the_reader(visit):
    with visit('<faq-answer faq="rich" dc="uk" open></faq-answer>') as console:
        links = console.answer().locator("[part=answer] a").all()
        found = [link.get_attribute("href").removeprefix(console.service) for link in links]

    assert [link for link in found if link.startswith("/")] == [
        "/faqs/addresses?dc=uk",
        "/ip-ranges?dc=uk",
        "/clouds?dc=uk#workspace",
        "/v1/ip-ranges?format=csv",
    ]
