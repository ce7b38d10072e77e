"""A vendor's console: pages of an origin of its own that embed what the service has."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, Request

from tests.e2e.browser.conftest import DESKTOP, HOST, Reader
from tests.e2e.origins import making_up
from tests.e2e.servers import PATIENCE_SECONDS, find_port

#: The least that a page has to let in, and the most that it can require. `img-src` is for nothing
#: but the icon that a browser asks for by itself.
POLICY = (
    "default-src 'none'; script-src {service}; connect-src {service}; img-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Console</title>
<meta name="viewport" content="width=device-width">
<script type="module" src="{service}/embed/v1/faq-answer.js"></script>{head}</head>
<body><main><h1>Settings</h1>
{body}
</main></body></html>"""
_PAUSE_MILLISECONDS = 50
#: Puts down what elements tell, before any of them can: `[name, detail]` each.
NOTE_EVENTS = """() => {
  window.told = [];
  for (const name of ["faq-load", "faq-stale", "faq-error"]) {
    document.addEventListener(name, (event) => told.push([name, event.detail]));
  }
}"""


@dataclass
class Console(Reader):
    """Somebody who reads the page of a vendor; `consoling` gives one.

    Attributes:
        service: Where the service is, without a slash at its end.
    """

    service: str = ""

    def find(self, selector: str) -> Locator:
        """What stands at *selector*, within the elements too."""
        return self.page.locator(selector)

    def answer(self, element: str = "faq-answer") -> Locator:
        """What an element shows, once it has an answer."""
        found = self.find(f"{element} > [part=box] > [part=content]").first
        found.wait_for()
        return found

    def status(self, message: str, element: str = "faq-answer") -> str:
        """What an element says beside its answer, once *message* is a part of it."""
        found = self.find(f"{element} [part=status]").filter(has_text=message).first
        found.wait_for()
        return found.inner_text()

    def set(self, **attributes: str) -> None:
        """Set attributes of the first element on the page, all at once."""
        self.page.evaluate(
            """(attributes) => {
              const element = document.querySelector("faq-answer, faq-list, ip-ranges");
              for (const [name, value] of Object.entries(attributes)) {
                element.setAttribute(name, value);
              }
            }""",
            attributes,
        )

    def told(self, name: str) -> list[dict]:
        """The details of the events *name* so far, in order."""
        return [detail for message, detail in self.page.evaluate("told") if message == name]

    def wait_until(self, expression: str) -> None:
        """Wait until *expression* holds in the page; its policy forbids playwright's own way."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, f"never: {expression}"
            self.page.wait_for_timeout(_PAUSE_MILLISECONDS)

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.startswith((f"{self.origin}/", f"{self.service}/")):
            self.complaints.append(f"foreign: {request.url}")


@contextmanager
def consoling(
    browser: Browser,
    port: int,
    body: str,
    *,
    head: str = "",
    page: str = PAGE,
    policy: str = POLICY,
    prepare: Callable[[Page], None] = lambda _: None,
    **options,
) -> Iterator[Console]:
    """Read a page with *body* of a console that embeds the service on *port*.

    A complaint of the browser fails the test when the block ends.

    Args:
        page: The whole page, with `{service}`, `{head}` and `{body}` in it; *policy* likewise.
        prepare: Is done before the page is opened.
        options: Those of a browser context.
    """
    service = f"http://{HOST}:{port}"
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy.replace("{service}", service),
    }
    text = page.replace("{head}", head).replace("{body}", body).replace("{service}", service)
    context = browser.new_context(**{"viewport": DESKTOP, **options})
    try:
        with making_up(find_port(), headers=headers, body=text.encode()) as origin:
            opened = context.new_page()
            console = Console(f"http://{HOST}:{origin.port}", opened, service=service)
            # What a debugger does is not held to the policy of the page.
            opened.add_init_script(f"({NOTE_EVENTS})()")
            prepare(opened)
            console.open("/")
            yield console
            console.page.title()
            assert not console.complaints, "\n".join(console.complaints)
    finally:
        context.close()
