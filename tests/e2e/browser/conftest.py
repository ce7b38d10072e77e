"""A real Chromium that reads pages of a real server, and fails a test for every complaint."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.content_factory import ContentFactory
from tests.e2e.servers import PATIENCE_SECONDS, Server, serving
from tests.programs import require_program

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
#: A desk on which everything is twice as large.
ENLARGED = {"width": DESKTOP["width"] // 2, "height": DESKTOP["height"] // 2}
#: Each colour scheme once, and each window once.
_LOOKS = (("light", DESKTOP), ("dark", PHONE))
#: What browsers here take for this machine. Pages have features for the loopback address alone.
HOST = "faqts.example"
_PATIENCE_MILLISECONDS = PATIENCE_SECONDS * 1_000
#: How every browser here is started.
ARGUMENTS = (
    "--no-sandbox",
    # Nothing leaves this machine, whatever a page asks for.
    "--no-proxy-server",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@dataclass
class Reader:
    """Somebody who reads pages of one origin; `reading` gives one.

    Attributes:
        origin: Where the pages are, without a slash at its end.
        page: What playwright knows of the page at hand.
        complaints: Messages on the console, errors of scripts, and requests to anywhere else.
        asked: The addresses asked for, in order.
        friends: Other origins that the pages may ask.
    """

    origin: str
    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    friends: tuple[str, ...] = ()

    def __post_init__(self):
        self.page.set_default_timeout(_PATIENCE_MILLISECONDS)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("requestfailed", self._note_failure)
        self.page.context.on("request", self._note_request)

    def open(self, path: str) -> "Reader":
        """Go to *path* and wait until all that stands in the page is loaded."""
        self.page.goto(f"{self.origin}{path}")
        return self

    def read_style(self, name: str) -> str:
        """What the property *name* of the page came to."""
        return self.page.evaluate("name => getComputedStyle(document.body)[name]", name)

    def is_wider_than_its_window(self) -> bool:
        """Whether the page has to be moved sideways."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def judge(self, *left_out: str) -> None:
        """Fail for what axe finds at a desk in light colors or on a phone in dark ones.

        *left_out* are rules of axe.
        """
        options = {
            "resultTypes": ["violations"],
            "rules": {rule: {"enabled": False} for rule in left_out},
        }
        for scheme, viewport in _LOOKS:
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size(viewport)
            found = Axe().run(self.page, options=options)
            assert found.violations_count == 0, found.generate_report()
            assert not self.is_wider_than_its_window()

    def check(self) -> None:
        """Fail for every complaint so far, and forget it."""
        # Every message that came before the answer to this has been noted.
        self.page.title()
        complaints, self.complaints[:] = "\n".join(self.complaints), []
        assert not complaints, complaints

    def forgive(self, *known: str) -> None:
        """Forget the complaints that hold one of *known*; at least one has to be there for each."""
        for text in known:
            assert any(text in expected for expected in self.complaints), (text, self.complaints)
            self.complaints[:] = [expected for expected in self.complaints if text not in expected]

    def _note_message(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"{message.type}: {message.text} {message.location}")

    def _note_failure(self, request: Request) -> None:
        # What had not come when the page was left is nothing to complain of.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)
        known = (self.origin, *self.friends)
        if not any(request.url.startswith(f"{origin}/") for origin in known):
            self.complaints.append(f"foreign: {request.url}")


@contextmanager
def reading(
    browser: Browser, port: int, *, friends: tuple[str, ...] = (), **options
) -> Iterator[Reader]:
    """Read pages of the server on *port*; a complaint fails the test when the block ends.

    The pages may ask *friends* too, which are other origins.

    *options* are those of a browser context: `viewport`, `color_scheme`, `java_script_enabled`.
    """
    context = browser.new_context(**{"viewport": DESKTOP, **options})
    try:
        reader = Reader(f"http://{HOST}:{port}", context.new_page(), friends=friends)
        yield reader
        reader.check()
    finally:
        context.close()


@contextmanager
def launching() -> Iterator[Browser]:
    """Run Chromium until the block ends."""
    executable = require_program("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Of a package: while it runs, no test of the same process can have a loop."""
    with launching() as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """A real gunicorn over one release of the small world."""
    factory = ContentFactory(tmp_path_factory.mktemp("browser")).world()
    factory.publish("The world.")
    with serving(factory) as running:
        yield running


@pytest.fixture
def reader(browser, server) -> Iterator[Reader]:
    """Somebody at a desk; a complaint of the browser fails the test."""
    with reading(browser, server.port) as reader:
        yield reader


@pytest.fixture(scope="module")
def one_page(browser, server) -> Iterator[Reader]:
    """Somebody who opens page after page where they are, which is faster than a page for each."""
    with reading(browser, server.port) as reader:
        yield reader


@pytest.fixture
def visitor(one_page) -> Iterator[Reader]:
    """The same, at a desk again; a complaint fails the test. For tests that only look."""
    one_page.page.emulate_media(media="screen", color_scheme="light")
    one_page.page.set_viewport_size(DESKTOP)
    one_page.asked.clear()
    yield one_page
    one_page.check()
