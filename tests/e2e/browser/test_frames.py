"""An answer in a frame, in a page of another origin, in a real browser."""

import pytest

from tests.content_factory import COMMON, SAMPLE, ContentFactory
from tests.e2e.browser.conftest import DESKTOP, PHONE, reading
from tests.e2e.browser.elements.relays import Fault, relaying
from tests.e2e.browser.parents import (
    get_frame,
    get_origin,
    parenting,
    read_example,
    wait_until,
    wait_until_whole,
)
from tests.e2e.servers import serving

LONG = "\n\n".join(
    ["See [addresses](/v1/faqs/addresses).", *(f"### Part {n}\n\n{'Words. ' * 40}" for n in "1234")]
)

_ADD_FRAME = """address => {
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.append(frame);
}"""


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The world, a long answer that is a sample, and one that was withdrawn."""
    factory = ContentFactory(tmp_path_factory.mktemp("frames")).world()
    factory.faq("long", LONG, position=2, **{**COMMON, "sources": [SAMPLE]})
    factory.faq("old", position=3)
    factory.publish()
    factory.path("faqs/old.md").unlink()
    gone = {"collection": "faqs", "id": "old", "reason": "It was wrong."}
    factory.withdrawn({**gone, "successor": "faqs/long"})
    factory.publish()
    with serving(factory) as running:
        yield running


def write_frame(service, target: str, more: str = "") -> str:
    return f'<iframe title="An answer" src="{get_origin(service)}{target}" {more}></iframe>'


def test_the_documented_frame_gets_its_height_under_a_strict_policy(browser, service):
    with parenting(browser, service, read_example("frame", service)) as reader:
        height = wait_until_whole(reader)

        frame = get_frame(reader)
        assert frame.locator("h1").inner_text() == "What of addresses?"
        assert "Ask Acme;" in frame.locator("main").inner_text()
        assert 100 < height != 480


def test_the_message_is_what_is_documented(browser, service):
    target = "/embed/faqs/addresses?dc=uk"
    with parenting(browser, service, "") as reader:
        expected = reader.page.evaluate(
            """address => new Promise(resolve => {
                addEventListener("message", ({data, origin}) => resolve([data, origin]));
                const frame = document.createElement("iframe");
                frame.src = address;
                document.body.append(frame);
            })""",
            f"{get_origin(service)}{target}",
        )

    message, origin = expected
    assert origin == get_origin(service)
    assert message == {"type": "faqts:height", "height": message["height"], "faq": "addresses"}
    assert isinstance(message["height"], int)


def test_a_frame_that_gets_narrower_gets_higher(browser, service):
    body = write_frame(service, "/embed/faqs/long", 'width="100%"')
    with parenting(browser, service, body, viewport=DESKTOP) as reader:
        wide = wait_until_whole(reader)
        reader.page.set_viewport_size(PHONE)
        wait_until(reader.page, "height => document.querySelector('iframe').height > height", wide)

        assert wait_until_whole(reader) > wide
        assert not reader.is_wider_than_its_window()


def test_two_frames_have_a_height_each(browser, service):
    body = "".join(write_frame(service, f"/embed/faqs/{each}") for each in ("addresses", "long"))
    with parenting(browser, service, body) as reader:
        wait_until(
            reader.page, "() => [...document.querySelectorAll('iframe')].every(one => one.height)"
        )
        heights = [
            int(frame.get_attribute("height")) for frame in reader.page.query_selector_all("iframe")
        ]

    assert heights[0] < heights[1]


def test_a_frame_out_of_sight_has_its_height_before_somebody_gets_there(browser, service):
    far = '<div aria-hidden="true">' + "<br>" * 400 + "</div>"
    with parenting(browser, service, far + write_frame(service, "/embed/faqs/long")) as reader:
        wait_until(reader.page, "() => document.querySelector('iframe').height > 0")

        assert reader.page.evaluate("window.scrollY") == 0


def test_two_frames_of_different_releases_stand_side_by_side(browser, service):
    targets = ("/embed/faqs/old?release=2026-02-02.01", "/embed/faqs/old")
    body = "".join(write_frame(service, target) for target in targets)
    with parenting(browser, service, body) as reader:
        frames = [one.content_frame() for one in reader.page.query_selector_all("iframe")]
        texts = [frame.locator("main").inner_text() for frame in frames]
        reader.forgive("status of 410")

    assert "What of old?" in texts[0]
    assert "It was wrong." in texts[1]


@pytest.mark.parametrize(
    "fault",
    [Fault(is_down=True), Fault(404, b"None"), Fault(500, b"Oops"), Fault(seconds=1)],
    ids=["down", "404", "500", "slow"],
)
def test_a_frame_that_does_not_come_leaves_the_page_as_it_is(browser, service, fault):
    with relaying(service.port) as relay:
        relay.faults["/embed/"] = fault
        body = f"<p>Theirs.</p>{write_frame(relay, '/embed/faqs/long', 'height=200')}"
        with parenting(browser, relay, body) as reader:
            reader.page.wait_for_load_state()
            text = reader.page.locator("p").inner_text()
            height = reader.page.get_attribute("iframe", "height")
            if not fault.seconds:
                reader.forgive("/embed/faqs/long")
                assert height == "200"
            relay.faults.clear()
            reader.page.reload()

            assert text == "Theirs."
            assert wait_until_whole(reader) > 200


def test_nobody_else_can_say_how_high_it_is(browser, service):
    with parenting(browser, service, read_example("frame", service)) as reader:
        height = wait_until_whole(reader)
        reader.page.evaluate("""new Promise(resolve => {
            addEventListener("message", () => setTimeout(resolve));
            postMessage({type: "faqts:height", height: 9, faq: "addresses"}, "*");
        })""")

        assert int(reader.page.get_attribute("iframe", "height")) == height


@pytest.mark.parametrize("sandbox", ["", "sandbox=''", "sandbox='allow-scripts'"])
def test_it_is_readable_in_any_sandbox(browser, service, sandbox):
    body = write_frame(service, "/embed/faqs/addresses", sandbox)
    with parenting(browser, service, body) as reader:
        frame = get_frame(reader)

        assert frame.locator("td").first.inner_text() == "203.0.114.0/24"
        assert frame.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        if sandbox == "sandbox=''":
            # That the script may not run is what the sandbox is for, and Chromium says so.
            assert all("sandboxed" in each for each in reader.complaints)
            reader.complaints.clear()


def test_without_scripts_it_is_complete_and_scrolls(browser, service):
    body = write_frame(service, "/embed/faqs/long", 'height="200"')
    with parenting(browser, service, body, java_script_enabled=False) as reader:
        frame = get_frame(reader)
        last = frame.get_by_role("heading", name="Part 4")
        last.scroll_into_view_if_needed()

        assert last.is_visible()
        assert frame.locator("footer").inner_text().startswith("Sources")
        assert reader.page.get_attribute("iframe", "height") == "200"


def test_a_link_opens_in_a_new_tab_and_the_page_stays(browser, service):
    body = read_example("frame", service).replace("/addresses", "/long")
    with parenting(browser, service, body) as reader:
        with reader.page.context.expect_page() as opened:
            get_frame(reader).get_by_role("link", name="addresses").click()

        tab = opened.value
        tab.wait_for_load_state()
        assert tab.url == f"{get_origin(service)}/embed/faqs/addresses?dc=uk&application=Acme"
        assert tab.evaluate("window.opener") is None
        assert reader.page.url == f"{reader.origin}/"


def test_a_page_isolated_from_other_origins_may_frame_it(browser, service):
    headers = {
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    body = read_example("frame", service)
    # Isolation is for origins that can be trusted, and of those of http only loopback is one.
    with parenting(browser, service, body, headers=headers, host="127.0.0.1") as reader:
        assert wait_until_whole(reader) > 100
        assert reader.page.evaluate("crossOriginIsolated")


@pytest.mark.parametrize(
    ("target", "status", "expected"),
    [
        ("/embed/faqs/nothing", 404, "has no document 'nothing'"),
        ("/embed/faqs/addresses?datacenter=uk", 400, "Did you mean 'dc'?"),
        ("/embed/faqs/old?dc=uk", 410, "It was wrong."),
    ],
)
def test_a_failure_is_a_small_readable_page(browser, service, target, status, expected):
    with parenting(browser, service, write_frame(service, target)) as reader:
        height = wait_until_whole(reader)
        text = get_frame(reader).locator("main").inner_text()

        assert expected in text
        assert height < 400
        # A status that is a failure is a message of the browser.
        assert [f"status of {status}" in each for each in reader.complaints] == [True]
        reader.complaints.clear()


@pytest.mark.parametrize("target", ["/embed/faqs/long", "/embed/faqs/old"])
def test_nothing_keeps_anybody_from_reading_notes_and_failures(browser, service, target):
    with reading(browser, service.port) as reader:
        reader.open(target)

        reader.judge()
        reader.complaints[:] = [each for each in reader.complaints if "status of 410" not in each]


@pytest.mark.parametrize(("scheme", "letters"), [("light", "0, 0, 0"), ("dark", "255, 255, 255")])
def test_it_follows_the_colours_of_the_reader(browser, service, scheme, letters):
    body = write_frame(service, "/embed/faqs/long")
    with parenting(browser, service, body, color_scheme=scheme) as reader:
        seen = get_frame(reader).evaluate("getComputedStyle(document.body).color")

        assert seen == f"rgb({letters})"


def test_the_operator_decides_who_may_frame_it(browser, tmp_path):
    factory = ContentFactory(tmp_path).world()
    factory.publish()
    with (
        serving(factory, FAQTS_FRAME_ANCESTORS="https://console.example.com") as service,
        parenting(browser, service, "") as reader,
    ):
        address = f"{get_origin(service)}/embed/faqs/addresses"
        with reader.page.expect_console_message() as expected:
            reader.page.evaluate(_ADD_FRAME, address)

        assert "frame-ancestors" in expected.value.text
        assert not reader.page.get_attribute("iframe", "height")
        reader.complaints.clear()
