"""The preview in a browser: pages follow what is saved, and stay at the same place."""

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.browser.conftest import reading
from tests.e2e.previews import previewing

LONG = "".join(f"Paragraph {number} of many.\n\n" for number in range(80))


@pytest.fixture
def editor(tmp_path):
    editor = ContentFactory(tmp_path).world()
    editor.publish()
    editor.faq("long", LONG, related=["addresses"])
    return editor


@pytest.fixture
def reader(browser, editor):
    with previewing(editor) as (_, address), reading(browser, 0) as reader:
        reader.origin = address
        yield reader


def test_a_page_follows_a_save_and_stays_where_it_was(editor, reader):
    page = reader.open("/faqs/long").page
    page.click(".preview summary >> nth=0")
    page.evaluate("scrollTo(0, 1500)")

    editor.faq("long", LONG.replace("many", "very many"))
    page.get_by_text("Paragraph 7 of very many.", exact=True).wait_for()
    page.wait_for_load_state()

    assert page.evaluate("scrollY") == 1500
    assert page.evaluate("document.querySelector('.preview details').open")
    # Nothing was saved since.
    loads = []
    page.on("load", lambda _: loads.append(1))
    page.wait_for_timeout(1_500)
    assert loads == []


def test_faults_come_into_sight_and_go(editor, reader):
    page = reader.open("/faqs/long").page
    page.evaluate("scrollTo(0, 1500)")

    editor.faq("long", LONG, position="first")
    fault = page.locator(".faults li")
    fault.wait_for()
    shown = fault.inner_text()
    at = fault.bounding_box()["y"]
    reader.judge()
    editor.faq("long", LONG)
    fault.wait_for(state="detached")

    assert "content/faqs/long.md:5:11 position: 'first' is not a whole number." in shown
    assert 0 <= at < page.viewport_size["height"]


def test_pages_of_the_preview_are_read_by_everybody(editor, reader):
    for path in ("/faqs/long", "/", "/terms", "/nothing"):
        page = reader.open(path).page
        for part in page.query_selector_all(".preview summary"):
            part.evaluate("part => { part.parentElement.open = true; }")
        reader.judge()
    reader.forgive("404")
