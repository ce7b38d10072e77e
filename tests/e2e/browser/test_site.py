"""The site in a real browser: every page, on a phone and at a desk, with and without scripts."""

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.browser.conftest import DESKTOP, ENLARGED, PHONE, reading
from tests.e2e.browser.worlds import PAGES, UK_LIST, publish_world
from tests.e2e.proxies import proxying
from tests.e2e.servers import serving

#: The most that a page with all it loads may transfer, in bytes.
MAX_BYTES = 60 * 1_024
CLIPBOARD = ["clipboard-read", "clipboard-write"]

#: How many lines the first text of an element takes.
COUNT_LINES = """(cell) => {
  const range = document.createRange();
  range.selectNodeContents(document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode());
  return range.getClientRects().length;
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    factory = publish_world(ContentFactory(tmp_path_factory.mktemp("site")))
    with serving(factory) as running:
        yield running


@pytest.fixture(scope="module")
def plain_page(browser, server):
    with reading(browser, server.port, java_script_enabled=False) as reader:
        yield reader


@pytest.fixture
def plain(plain_page):
    """Somebody whose browser runs no scripts."""
    yield plain_page
    plain_page.check()


@pytest.fixture(scope="module")
def sizes(one_page):
    """What each response takes that the page asks for, in bytes; the browser keeps none."""
    session = one_page.page.context.new_cdp_session(one_page.page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_fits_every_window_and_leaves_nothing_to_complain_of(visitor, sizes, path):
    sizes.clear()
    visitor.open(path)
    for viewport in (DESKTOP, ENLARGED, PHONE):
        visitor.page.set_viewport_size(viewport)
        assert_whole(visitor, scripts=True)

    assert len(sizes) >= 3
    assert sum(sizes) <= MAX_BYTES


@pytest.mark.parametrize("path", PAGES)
def test_without_scripts_a_page_fits_every_window_too(plain, path):
    plain.open(path)
    for viewport in (DESKTOP, PHONE):
        plain.page.set_viewport_size(viewport)
        assert_whole(plain, scripts=False)


def test_long_words_fit_a_phone_and_no_address_is_broken(browser, tmp_path):
    factory = ContentFactory(tmp_path).world()
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    names = "cidr, data_center, traffic, effective_from, effective_until"
    table = f"{{{{ table ip-ranges: {names} }}}}"
    factory.faq("long", f"{table}\n\n### {long}\n", question=f"Is it {long}?", position=2)
    factory.facts("data-centers", {"id": "uk", "name": long[:60]}, {"id": "de"})
    factory.publish()
    with serving(factory) as running, reading(browser, running.port, viewport=PHONE) as reader:
        for path in ("/faqs/long", "/ip-ranges?dc=uk", "/embed/faqs/long"):
            page = reader.open(path).page

            assert not reader.is_wider_than_its_window()
            for cell in page.locator("td:first-child", has_text="203.0.114.0/24").all():
                assert cell.evaluate(COUNT_LINES) == 1


def assert_whole(reader, *, scripts: bool) -> None:
    """The page fits its window, all of it opened; what needs *scripts* is there with them alone."""
    closed = reader.page.locator("main details:not([open]) > summary")
    for _ in range(closed.count()):
        closed.first.click()

    assert not reader.is_wider_than_its_window()
    assert reader.page.locator("h1").count() == 1
    buttons = reader.page.locator("button.copy")
    assert [button.is_visible() for button in buttons.all()] == [scripts] * buttons.count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_follows_the_colours_of_the_reader(visitor, scheme):
    visitor.page.emulate_media(color_scheme=scheme)
    visitor.open("/")

    letters = int(visitor.read_style("color").split("(")[1].split(",")[0])
    assert (letters < 100) == (scheme == "light")


@pytest.fixture(scope="module")
def edge(server, tmp_path_factory):
    """The proxy in front of it."""
    with proxying(tmp_path_factory.mktemp("nginx"), server.port) as running:
        yield running


@pytest.fixture(params=[("server", DESKTOP), ("edge", PHONE)], ids=["gunicorn", "nginx, phone"])
def copier(request, browser):
    """Somebody who may copy, at a desk or on a phone before nginx."""
    name, viewport = request.param
    port = request.getfixturevalue(name).port
    with reading(browser, port, permissions=CLIPBOARD, viewport=viewport) as reader:
        yield reader


def test_three_clicks_lead_from_the_front_page_to_the_list_of_a_data_center(copier):
    page = copier.open("/").page
    page.get_by_role("navigation").get_by_role("link", name="IP ranges").click()
    page.get_by_role("link", name="United Kingdom").click()
    page.get_by_role("button", name="Copy the inbound list").click()
    page.get_by_role("button", name="Copied").wait_for()

    assert page.locator("h1").inner_text() == "IP ranges: United Kingdom"
    assert read_clipboard(page) == UK_LIST


def test_the_same_is_done_by_keyboard_alone(copier):
    page = copier.open("/").page
    press_on(page, "IP ranges")
    page.wait_for_url("**/ip-ranges")
    press_on(page, "United Kingdom")
    page.wait_for_url("**/ip-ranges?dc=uk")
    press_on(page, "Copy the inbound list")
    page.get_by_role("button", name="Copied").wait_for()

    assert read_clipboard(page) == UK_LIST


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Copy api.example.com", "api.example.com"),
        ("Copy this code", "curl https://example.com/a/long/path/that/never/breaks/ever"),
    ],
)
def test_a_value_in_an_answer_is_copied_by_keyboard(copier, name, text):
    page = copier.open("/faqs/ports").page
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    page.locator("#said").get_by_text("Copied").wait_for()

    assert page.locator("button.value").count() == 2
    assert read_clipboard(page) == text


def press_on(page, name: str) -> None:
    """Go on to what is called *name* with the Tab key, see where one is, and press Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = "document.activeElement"
        if page.evaluate(f"{focused}.textContent.trim()") == name:
            assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"No key leads to {name!r}.")


def read_clipboard(page) -> str:
    """What was copied, pasted into a field: the pages are of no secure origin here."""
    page.keyboard.press("Escape")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('textarea'), {id: 'paste'}))"
    )
    page.locator("#paste").focus()
    page.keyboard.press("Control+V")
    return page.locator("#paste").input_value()


def test_the_first_key_skips_to_the_content(visitor):
    page = visitor.open("/").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


def test_answers_are_found_as_one_types(visitor):
    page = visitor.open("/").page
    cards = page.locator("#results .cards > li")
    total = cards.count()
    page.get_by_role("searchbox").press_sequentially("ports")
    cards.nth(1).wait_for(state="detached")
    page.wait_for_url("**/?q=ports")

    assert total == 2
    assert page.locator("#results").inner_text().startswith("1 answer found")
    assert page.locator("#said").inner_text() == "1 answer found."
    page.get_by_role("searchbox").fill("")
    cards.nth(total - 1).wait_for()


def test_without_scripts_the_same_words_find_the_same(plain):
    page = plain.open("/").page
    page.get_by_role("searchbox").fill("ports")
    page.get_by_role("button", name="Search").click()

    assert page.locator("#results .cards > li").count() == 1
    assert page.url.endswith("/?q=ports")


def test_without_scripts_a_form_leads_to_each_list(plain):
    page = plain.open("/ip-ranges").page
    page.get_by_label("Your data center").select_option("uk")
    page.get_by_text("More options").click()
    page.get_by_label("Traffic").select_option("from-service")
    page.get_by_label("IP version").select_option("ipv6")
    page.get_by_label("Format").select_option("nft")
    page.get_by_role("button", name="Show").click()

    assert "2a00:100::/48" in page.locator("#list-from-service").inner_text()
    assert page.locator("figure.direction").inner_text().count("inbound") == 2


def test_without_scripts_an_address_is_looked_up(plain):
    page = plain.open("/ip-ranges").page
    page.get_by_label("Address or network").fill("203.0.114.9")
    page.get_by_role("button", name="Look up").click()

    assert "is in this range" in page.locator("#found").inner_text()


def test_a_list_is_downloaded_as_a_file_of_its_name(visitor):
    page = visitor.open("/ip-ranges?dc=uk").page
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download this list").first.click()

    assert waiting.value.suggested_filename == "uk-from-service.txt"
    assert waiting.value.path().read_text() == UK_LIST


def test_what_cannot_be_found_is_said_on_a_page(visitor):
    # A browser says of each failed page that it failed.
    assert visitor.page.goto(f"{visitor.origin}/faqs/never").status == 404
    assert visitor.page.locator("h1").inner_text() == "Page not found"
    assert len(visitor.complaints) == 1
    visitor.complaints.clear()


def test_on_paper_there_is_the_answer_and_no_navigation(visitor):
    page = visitor.open("/faqs/addresses").page
    page.emulate_media(media="print")

    assert not page.get_by_role("navigation").is_visible()
    assert page.locator(".answer").is_visible()


def test_what_is_printed_has_no_form_to_fill_in(visitor):
    visitor.open("/ip-ranges?dc=uk")
    page = visitor.page
    assert page.locator("form").count() == 2
    page.emulate_media(media="print")

    assert page.locator("form:visible, button:visible").count() == 0
    assert not page.get_by_text("Look an address up").is_visible()
    assert page.get_by_text(UK_LIST.split()[0]).first.is_visible()


def test_a_network_and_a_port_are_not_broken_within_a_word_on_a_phone(visitor):
    lines = """(cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return new Set([...range.getClientRects()].map((one) => one.y)).size;
    }"""
    visitor.page.set_viewport_size(PHONE)
    visitor.open("/ip-ranges?dc=uk")
    table = visitor.page.locator("table").first
    cells = table.locator("thead th, td:nth-child(1) code, td:nth-child(2)").all()

    for cell in cells:
        assert cell.evaluate(lines) <= len(cell.inner_text().split())
