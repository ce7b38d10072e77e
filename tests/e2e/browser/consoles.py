"""A vendor's console: pages of an origin of its own that embed what the service has."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Request

from tests.e2e.browser.conftest import DESKTOP, HOST, Reader
from tests.e2e.origins import making_up
from tests.e2e.servers import find_port

#: The least that a page has to let in, and that it may require.
POLICY = (
    "default-src 'none'; script-src {service}; connect-src {service}; "
    "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Console</title>
<meta name="viewport" content="width=device-width">
<script type="module" src="{service}/embed/v1/faq-answer.js"></script></head>
<body><main><h1>Settings</h1>
{body}
</main></body></html>"""


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
        """The box of an element that shows an answer, once it does."""
        found = self.find(f"{element} [part=content]").first
        found.wait_for()
        return found

    def forgive(self, *known: str) -> None:
        """Forget the complaints that hold one of *known*; at least one has to be there for each."""
        for text in known:
            assert any(text in said for said in self.complaints), (text, self.complaints)
            self.complaints[:] = [said for said in self.complaints if text not in said]

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.startswith((f"{self.origin}/", f"{self.service}/")):
            self.complaints.append(f"foreign: {request.url}")


@contextmanager
def consoling(
    browser: Browser, port: int, body: str, *, page: str = _PAGE, policy: str = POLICY, **options
) -> Iterator[Console]:
    """Read a page with *body* of a console that embeds the service on *port*.

    A complaint of the browser fails the test when the block ends.

    Args:
        page: The whole page, with `{service}` and `{body}` in it; *policy* likewise.
        options: Those of a browser context.
    """
    service = f"http://{HOST}:{port}"
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy.replace("{service}", service),
    }
    text = page.replace("{body}", body).replace("{service}", service)
    context = browser.new_context(**{"viewport": DESKTOP, **options})
    try:
        with making_up(find_port(), headers=headers, body=text.encode()) as origin:
            opened = context.new_page()
            console = Console(f"http://{HOST}:{origin.port}", opened, service=service)
            console.open("/")
            yield console
            console.page.title()
            assert not console.complaints, "\n".join(console.complaints)
    finally:
        context.close()
