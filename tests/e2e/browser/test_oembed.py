"""`/oembed` read by a consumer of others, and what that got put into a page."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.blocks import ROOT
from tests.e2e.browser.parents import get_frame, get_origin, parenting, wait_until_whole
from tests.e2e.servers import PATIENCE_SECONDS
from tests.programs import require_path, require_program

CONSUMER = Path(__file__).with_name("consumer.mjs")
LIBRARY = ROOT / "tests" / "node" / "node_modules" / "@extractus" / "oembed-extractor"
TARGET = "/embed/faqs/addresses?dc=uk&application=Acme"


def consume(server, target: str, *, listed: bool = False, **parameters) -> dict:
    """What the consumer says of *target*: it reads the page, or knows the endpoint where *listed*.

    A consumer that fails fails the test.
    """
    origin = get_origin(server)
    library = require_path(LIBRARY / "esm" / "mod.js").as_uri()
    endpoint = [f"{origin}/oembed"] if listed else []
    done = subprocess.run(
        [
            *(require_program("node"), CONSUMER, library, f"{origin}{target}"),
            *(json.dumps(parameters), *endpoint),
        ],
        env={"PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1"},
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    return json.loads(done.stdout)


def test_a_consumer_finds_the_description_in_the_page(server):
    found = consume(server, TARGET)

    assert found["method"] == "auto-discovery"
    assert found["type"] == "rich"
    assert found["title"] == "What of addresses?"
    assert found["asked"][0] == f"{get_origin(server)}{TARGET}"
    assert len(found["asked"]) == 2


@pytest.mark.parametrize("target", [TARGET, "/faqs/addresses?dc=uk&utm_source=mail"])
def test_a_consumer_that_knows_the_endpoint_asks_there(server, target):
    found = consume(server, target, listed=True, maxwidth=300, maxheight=200, theme="dark")

    assert found["method"] == "provider-api"
    assert (found["width"], found["height"]) == (300, 200)
    assert len(found["asked"]) == 1


def test_a_consumer_is_told_where_there_is_nothing(server):
    with pytest.raises(subprocess.CalledProcessError) as caught:
        consume(server, "/faqs/nothing", listed=True)

    assert "404" in caught.value.stderr


@pytest.mark.parametrize("listed", [False, True], ids=["discovery", "list"])
def test_what_it_got_stands_in_a_page_and_gets_its_height(browser, server, listed):
    found = consume(server, TARGET, listed=listed, maxwidth=320)

    with parenting(browser, server, found["html"]) as reader:
        height = wait_until_whole(reader)

        frame = get_frame(reader)
        assert "Ask Acme;" in frame.locator("main").inner_text()
        assert frame.evaluate("window.innerWidth") == 320
        assert height != found["height"] == 480
