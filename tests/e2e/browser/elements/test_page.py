"""docs/embedding.md: every block of it works in a real browser, and nothing is left out of it."""

import re

import pytest

from tests.blocks import ROOT, read_blocks
from tests.content_factory import ContentFactory
from tests.e2e.browser.elements.consoles import POLICY, consoling
from tests.e2e.servers import serving

PAGE = ROOT / "docs" / "embedding.md"
TEXT = PAGE.read_text(encoding="utf-8")
SOURCE = (ROOT / "api" / "static" / "embed" / "faq-answer.js").read_text(encoding="utf-8")
#: A block with a word of its own is of a frame: `tests/e2e/browser/test_frames.py` tries it.
BLOCKS = [block.text for block in read_blocks(PAGE) if block.language == "html" and not block.file]
ADDRESS = "https://faq.example.com"
SCRIPT, ELEMENT = BLOCKS[0].splitlines()[:2]
BARE = "<!doctype html><html lang=en><title>Console</title><body>{body}"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The service with the releases of this checkout."""
    factory = ContentFactory(tmp_path_factory.mktemp("shipped"))
    with serving(factory, FAQTS_LEDGER=str(ROOT / "content" / "releases")) as running:
        yield running


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_block_works_under_the_policy_of_the_page(browser, shipped, block):
    body = (block if "<script" in block else f"{SCRIPT}\n{block}").replace(ADDRESS, "{service}")
    body += "" if re.search("<(?:faq|ip)-", body) and "<style" not in block else ELEMENT
    (policy,) = (one.text.strip() for one in read_blocks(PAGE) if one.language == "text")
    policy = f"default-src 'none'; img-src 'self'; {policy.replace(ADDRESS, '{service}')}"
    # Only what the page itself writes into itself needs this.
    policy += "; style-src 'unsafe-inline'" if "<style" in block else ""

    with consoling(browser, shipped.port, body, page=BARE, policy=policy) as console:
        names = re.findall(r"^<((?:faq|ip)-\w+)", body, re.MULTILINE) or ["faq-answer"]
        for name in names:
            console.answer(name)
        total = console.page.evaluate("document.querySelectorAll(':defined').length")

        assert len(console.told("faq-load")) == len(names)
        assert total > len(names)


def test_a_file_that_is_not_the_one_pinned_is_not_run(browser, shipped):
    pinned = next(block for block in BLOCKS if "integrity" in block)
    body = (pinned + ELEMENT).replace(ADDRESS, "{service}").replace("v1.0.0", "v1")
    body = re.sub("sha384-.", "sha384-x", body)

    with consoling(browser, shipped.port, body, page=BARE, policy=POLICY) as console:
        console.page.wait_for_timeout(500)

        assert not console.page.evaluate("!!customElements.get('faq-answer')")
        console.forgive("integrity")


def read_rows(title: str) -> list[str]:
    """What stands between backticks in the first cells of the tables below the heading *title*."""
    section = TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| ([^|]*) \|", section, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_every_attribute_is_described():
    observed = {
        name
        for names in re.findall(r'observedAttributes =\s+"([^"]+)"', SOURCE)
        for name in names.split()
    }

    assert set(read_rows("Attributes")) == observed


def test_every_event_is_described():
    assert set(read_rows("Events")) == set(re.findall(r'#fire\("([\w-]+)"', SOURCE))


def test_every_property_and_part_is_described():
    rows = set(read_rows("Look")) - {"::part(…)"}

    properties = {f"--{name}" for name in re.findall(r"var\(--(faq-[\w-]+)", SOURCE)}
    parts = set(re.findall(r'part: "(\w+)"', SOURCE))
    assert {row for row in rows if row.startswith("--")} == properties
    assert {row for row in rows if not row.startswith("--")} == parts


@pytest.mark.parametrize(
    ("constant", "message"),
    [
        ("SLOW_MS = 3_000", "after 3 seconds"),
        ("TIMEOUT_MS = 30_000", "after 30 seconds"),
        ("MAX_COPIES = 50", "at most 50"),
        ('COPY_PREFIX = "faqts:"', "begin with `faqts:`"),
    ],
)
def test_every_number_of_the_page_is_that_of_the_script(constant, message):
    assert constant in SOURCE
    assert message in " ".join(TEXT.split())
