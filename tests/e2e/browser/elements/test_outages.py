"""The service is stopped: a console with the one line keeps its answer, with its date."""

import pytest

from tests.blocks import ROOT, read_blocks
from tests.content_factory import ContentFactory
from tests.e2e.browser.elements.consoles import consoling
from tests.e2e.browser.elements.relays import Fault, relaying
from tests.e2e.servers import serving

MOVING = "/embed/v1/faq-answer.js"
(ONE_LINE, *_) = (
    block.text for block in read_blocks(ROOT / "docs" / "embedding.md") if block.language == "html"
)
BARE = "<!doctype html><html lang=en><title>Console</title><body>{body}"
DAY = "new Date().toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })"
#: How old the script is when it comes, in seconds, and whether it is run without the service.
AGES = {
    "of now": (0, True),
    "older than its max-age": (400, True),
    "of a week": (604_800, True),
    "older than that": (605_200, False),
}


def test_the_documented_line_outlasts_the_service(browser, tmp_path):
    factory = ContentFactory(tmp_path).world()
    text = '{{ application or "the vendor" }} has fixed addresses.'
    factory.faq("fixed-ip-addresses", text, position=2)
    factory.publish()
    body = ONE_LINE.replace("https://faq.example.com", "{service}")
    with serving(factory) as server, consoling(browser, server.port, body, page=BARE) as console:
        console.answer()
        server.kill()
        console.page.reload()
        message = console.status("Saved copy from ")

        assert message.startswith(f"Saved copy from {console.page.evaluate(DAY)} at ")
        assert message.endswith(". The service cannot be reached.")
        console.answer().locator("summary").click()
        assert "Acme has fixed addresses." in console.answer().inner_text()
        assert console.told("faq-error") == []
        console.forgive("Failed to load resource", "failed: ")


@pytest.mark.parametrize(("age", "is_run"), AGES.values(), ids=AGES)
def test_an_old_script_is_run_for_a_week_while_nobody_answers(browser, server, age, is_run):
    body = '<faq-answer faq="addresses" open>Ask us.</faq-answer>'
    with relaying(server.port) as relay:
        relay.faults[MOVING] = Fault(headers={"Age": str(age)})
        with consoling(browser, relay.port, body) as console:
            console.answer()
            relay.faults = {"/": Fault(is_down=True)}
            # The second time the browser has already asked for the script in vain.
            for _ in range(2):
                console.page.reload()
                if is_run:
                    console.status("Saved copy from ")
                console.page.wait_for_load_state("networkidle")

                assert console.find("faq-answer [part=content]").count() == is_run
            assert (relay.asked.count(MOVING) > 1) == (age > 0)
            console.forgive("Failed to load resource", "failed: ")
