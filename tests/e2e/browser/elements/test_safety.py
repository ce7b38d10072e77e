"""Embeds beside what attacks them, and in pages that allow next to nothing."""

import json
import time

import pytest

from tests.e2e.browser.elements.conftest import ANSWER
from tests.e2e.browser.elements.consoles import POLICY
from tests.e2e.browser.elements.relays import Fault

SAID = "Failed to load resource"
#: What a copy may hold that somebody tampered with, and what of it may be drawn.
POISONS = {
    "a script": ("<script>window.hit = 1</script>", "window.hit = 1"),
    "a picture": (
        "<p>a<img src=x onerror=window.hit=1>b</p>",
        "a<img src=x onerror=window.hit=1>b",
    ),
    "a quoted picture": ('<img src="x" onerror="window.hit=1">b', "b"),
    "a handler": ('<p onclick="window.hit=1" onpointerover="window.hit=1">a</p>', "a"),
    "a style": (
        '<p style="position:fixed;inset:0">a</p><style>p{color:red}</style>',
        "ap{color:red}",
    ),
    "a frame": ('<iframe srcdoc="<script>parent.hit=1</script>"></iframe>', ""),
    "a drawing": ('<svg><a href="javascript:window.hit=1">a</a></svg>', "a"),
    "a form": ('<form action="https://evil.example/"><button>a</button></form>', "a"),
    "an embed": ('<faq-answer faq="x"></faq-answer><template><p>a</p></template>', "a"),
    "a link": ('<a href="javascript:window.hit=1">a</a>', "a"),
    "a hidden link": ('<a href="java&#115;cript&#58;window.hit=1">a</a>', "a"),
    "a spaced link": ('<a href=" &#1;java\tscript:window.hit=1">a</a>', "a"),
    "data": ('<a href="data:text/html,<script>hit=1</script>" target="_top">a</a>', "a"),
    "a wrong number": ("<p>&#999999;&#0;&constructor;&amp;lt;</p>", None),
    "unclosed": ("<p><strong>a<em>b</p></table><p>c", "abc"),
    "deep": ("<blockquote>" * 5_000 + "a", "a"),
}
#: The elements that may stand in the text of an answer, and their attributes.
LIST_DRAWN = """(root) => [...root.querySelectorAll("*")].map(
  (node) => [node.localName, ...[...node.attributes].map((one) => `${one.name}=${one.value}`)])"""
HARMLESS = {"p", "strong", "em", "blockquote", "a"}


def poison(html: str) -> str:
    """A copy of the answer whose text is *html*."""
    body = {
        "id": "addresses",
        "question": "<img src=x onerror=window.hit=1>",
        "summary": "S",
        "answer": {"html": html},
        "language": {"served": "en"},
        "freshness": {"review_by": "<b>", "reviewed_on": {}},
        "updated_at": "javascript:1",
    }
    return json.dumps({"at": int(time.time() * 1_000), "body": body})


@pytest.fixture
def stored(console, one_relay):
    """Says what the page has stored as its copy of the answer, while the service fails."""
    one_relay.faults["/v1/"] = Fault(500)

    def store(copy: str):
        key = f"faqts:{console.service}/v1/faqs/addresses?format=json"
        console.page.evaluate("pair => localStorage.setItem(...pair)", [key, copy])
        console.page.reload()
        return console

    yield store
    console.forgive(SAID)


@pytest.mark.parametrize(("html", "text"), POISONS.values(), ids=POISONS)
def test_a_copy_that_was_tampered_with_does_nothing(stored, html, text):
    console = stored(poison(html))
    console.status("Saved copy from ")
    drawn = console.answer().locator("[part=answer]")
    for link in drawn.locator("a").all():
        link.click()
    nodes = drawn.evaluate(LIST_DRAWN)

    assert console.page.evaluate("window.hit") is None
    assert {node[0] for node in nodes} <= HARMLESS
    assert {one for node in nodes for one in node[1:]} <= {"rel=noopener noreferrer"}
    assert len(nodes) < 40
    if text is not None:
        assert drawn.text_content() == text
    assert console.answer().locator("[part=question]").inner_text().startswith("<img")


@pytest.mark.parametrize(
    "copy",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"at":1}',
        '{"at":"x","body":{}}',
        '{"at":1e999,"body":null}',
        "{oops",
    ],
)
def test_a_copy_that_is_none_is_not_shown(stored, copy):
    stored(copy).status("Content not available. ")


def test_a_page_that_requires_trusted_types_would_have_refused_a_sink(visit):
    """The policy of all these tests is in force: what they leave out would be caught by it."""
    with visit(ANSWER, head="<style>p { color: red }</style>") as console:
        console.answer()
        refused = console.page.evaluate(
            """() => {
              try { document.createElement("p").innerHTML = "<b>a</b>"; } catch (error) {
                return error.name;
              }
            }"""
        )

        assert refused == "TypeError"
        console.forgive("style-src", "TrustedHTML")


@pytest.mark.parametrize("missing", ["connect-src {service}", "script-src {service}"])
def test_a_policy_that_lets_less_in_leaves_what_is_between_the_tags(visit, missing):
    with visit(ANSWER, policy=POLICY.replace(missing, "font-src 'none'")) as console:
        if "connect" in missing:
            console.status("The service cannot be reached.")
        else:
            console.forgive("failed: ")

        assert console.find("faq-answer").is_visible()
        assert "Ask us" in console.find("main").inner_text()
        console.forgive("Content Security Policy")


@pytest.mark.parametrize("again", ["/embed/v1/faq-answer.js?again", "/embed/v1/faq-answer.js"])
def test_the_module_loaded_twice_is_loaded_once(visit, again):
    head = f'<script type="module" src="{{service}}{again}"></script>'
    with visit(ANSWER, head=head) as console:
        console.answer()

        assert len(console.told("faq-load")) == 1


def test_a_listener_that_fails_does_not_keep_the_answer_away(visit):
    prepare = """document.addEventListener("faq-load", () => { throw new Error("theirs"); })"""
    with visit(ANSWER, prepare=lambda page: page.add_init_script(prepare)) as console:
        assert "Find out which is yours." in console.answer().inner_text()
        console.forgive("error: theirs")


def test_copies_do_not_fill_the_space_of_the_page(visit):
    fill = """for (let n = 0; n < 60; n += 1) localStorage.setItem(`faqts:${n}`, "{}");
      localStorage.setItem("theirs", "kept");"""
    with visit(ANSWER, prepare=lambda page: page.add_init_script(fill)) as console:
        console.answer()
        console.wait_until("told.length === 1")
        keys = console.page.evaluate("Object.keys(localStorage).sort()")

    assert keys == [f"faqts:{console.service}/v1/faqs/addresses?format=json", "theirs"]
