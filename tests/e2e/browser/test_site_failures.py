"""The site while the service fails: an open page keeps what it shows, says so, and recovers."""

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.browser.conftest import PHONE, reading
from tests.e2e.browser.elements.relays import Fault, relaying
from tests.e2e.browser.test_site import CLIPBOARD, read_clipboard
from tests.e2e.browser.worlds import PAGES, UK_LIST, publish_world
from tests.e2e.servers import serving

FAILED = (
    "The search failed. The results below are from your previous search. Press Search to try again."
)
FAULTS = {
    "down": Fault(is_down=True),
    "404": Fault(404, b"<h1>Not found"),
    "500": Fault(500, b"<h1>Oops"),
    "another page": Fault(200, b"<h1>Sign in"),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    factory = publish_world(ContentFactory(tmp_path_factory.mktemp("failures")))
    with serving(factory) as running:
        yield running


@pytest.fixture
def relay(service):
    with relaying(service.port) as running:
        yield running


@pytest.fixture
def reader(browser, relay):
    with reading(browser, relay.port, permissions=CLIPBOARD, viewport=PHONE) as reader:
        yield reader


def find_said(reader):
    """What a search says where its reader looks."""
    return reader.page.locator("#results [role=status]")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_search_that_fails_leaves_the_answers_says_so_and_is_done_again(reader, relay, fault):
    page = reader.open("/").page
    relay.faults["/?q="] = fault
    page.get_by_role("searchbox").fill("ports")
    find_said(reader).get_by_text("The search failed.").wait_for()
    message, total = find_said(reader).inner_text(), page.locator("#results .cards > li").count()
    address = page.url
    page.get_by_role("button", name="Search").click()
    page.wait_for_load_state("networkidle")
    still = find_said(reader).inner_text()
    relay.faults.clear()
    page.get_by_role("button", name="Search").click()
    find_said(reader).get_by_text("1 answer found.").wait_for()

    assert message == still == FAILED
    assert total == 2
    assert address == f"{reader.origin}/"
    assert page.url.endswith("/?q=ports")
    assert page.locator("#results .cards > li").count() == 1
    assert sum(path == "/?q=ports" for path in relay.asked) >= 3
    reader.forgive(*fault.complaints)


def test_a_slow_search_says_so_and_is_shown_when_it_comes(reader, relay):
    page = reader.open("/").page
    relay.faults["/?q="] = Fault(seconds=4)
    page.get_by_role("searchbox").fill("ports")
    find_said(reader).get_by_text("Still searching.").wait_for()
    total = page.locator("#results .cards > li").count()
    find_said(reader).get_by_text("1 answer found.").wait_for()

    assert total == 2


@pytest.mark.parametrize("late", [Fault(seconds=1.5), Fault(500, seconds=1.5)], ids=["200", "500"])
def test_an_answer_that_comes_late_never_replaces_a_newer_one(reader, relay, late):
    page = reader.open("/").page
    relay.faults["/?q=ports"] = late
    with page.expect_request("**/?q=ports"):
        page.get_by_role("searchbox").fill("ports")
    page.get_by_role("searchbox").fill("nothing-like-it")
    find_said(reader).get_by_text("No answers found.").wait_for()
    # Long enough for the first to have come.
    page.wait_for_timeout(2_500)

    assert find_said(reader).inner_text().startswith("No answers found.")
    assert page.url.endswith("/?q=nothing-like-it")
    assert "/?q=ports" in relay.asked


def test_what_is_shown_is_copied_without_the_service(reader, relay):
    page = reader.open("/ip-ranges?dc=uk").page
    # A browser asks for the icon when it likes.
    relay.faults = {"/docs/icon": Fault(), "/": Fault(is_down=True)}
    page.get_by_role("button", name="Copy the inbound list").click()
    page.get_by_role("button", name="Copied").wait_for()

    assert page.locator("#said").inner_text() == "Copied"
    assert read_clipboard(page) == UK_LIST


@pytest.mark.parametrize("name", ["down", "404", "500"])
def test_no_failure_is_saved_as_a_list(reader, relay, name):
    page = reader.open("/ip-ranges?dc=uk").page
    link = page.get_by_role("link", name="Download this list").first
    relay.faults["/v1/"] = FAULTS[name]
    with page.expect_download() as waiting:
        link.click()
    failure = waiting.value.failure()
    relay.faults.clear()
    with page.expect_download() as waiting:
        link.click()

    assert failure
    assert waiting.value.path().read_text() == UK_LIST
    assert page.url.endswith("/ip-ranges?dc=uk")


def test_a_link_that_leads_nowhere_leads_back_to_the_page_as_it_was(reader, relay):
    page = reader.open("/?q=ports").page
    relay.faults = {"/clouds": Fault(is_down=True), "/?": Fault(is_down=True)}
    page.get_by_role("link", name="Clouds").click()
    page.wait_for_url("chrome-error://**")
    page.go_back()

    assert find_said(reader).inner_text() == "1 answer found."
    assert page.get_by_role("searchbox").input_value() == "ports"
    relay.faults.clear()
    page.get_by_role("link", name="Clouds").click()
    page.get_by_role("heading", level=1, name="cloud").wait_for()
    reader.forgive("failed: ")


@pytest.mark.parametrize("fault", [*FAULTS.values(), Fault(seconds=1)], ids=[*FAULTS, "slow"])
def test_a_page_whose_style_and_script_do_not_come_is_complete(reader, relay, fault):
    relay.faults["/docs/"] = fault
    for path in PAGES:
        main = reader.open(path).page.locator("main")

        assert main.locator("h1").is_visible(), path
        assert len(main.inner_text()) > 100, path
        # What does nothing without the script is not there.
        is_scripted = fault.status is None and not fault.is_down
        buttons = main.locator("button.copy").all()
        assert [one.is_visible() for one in buttons] == [is_scripted] * len(buttons), path
    if not is_scripted:
        reader.complaints.clear()
