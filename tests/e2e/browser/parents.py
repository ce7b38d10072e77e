"""Pages of somebody else's, of another origin, that answers are put into."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, Frame, Page

from tests.blocks import ROOT, read_blocks
from tests.e2e.browser.conftest import HOST, Reader, reading
from tests.e2e.origins import making_up
from tests.e2e.servers import PATIENCE_SECONDS, Server, find_port

#: The service as the documents call it.
DOCUMENTED = "https://faq.example.com"
_PAUSE_MILLISECONDS = 20


def get_origin(service: Server) -> str:
    """Where *service* is for readers, and what it says of itself: `FAQTS_PUBLIC_URL`."""
    return f"http://127.0.0.1:{service.port}"


def read_example(name: str, service: Server) -> str:
    """The block *name* of docs/embedding.md, about *service*, which has the small world."""
    (block,) = (
        block for block in read_blocks(ROOT / "docs" / "embedding.md") if block.file == name
    )
    assert DOCUMENTED in block.text
    text = block.text.replace(DOCUMENTED, get_origin(service))
    return text.replace("fixed-ip-addresses", "addresses")


@contextmanager
def parenting(
    browser: Browser,
    service: Server,
    body: str,
    *,
    headers: Mapping[str, str] | None = None,
    host: str = HOST,
    **options,
) -> Iterator[Reader]:
    """Read a page on *host* that holds *body* and the documented listener.

    It is strict: it frames *service* alone, and has no script and no style within.
    """
    origin = get_origin(service)
    policy = f"default-src 'none'; script-src 'self'; img-src 'self'; frame-src {origin}"
    message = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
    page = (
        '<!doctype html><html lang="en"><head><title>A console</title><link rel=icon href=/a.svg>'
        f"<script src=/listener.js></script></head><body><main>{body}</main></body></html>"
    )
    listener = read_example("listener", service)
    with (
        making_up(
            find_port(), headers={**message, **(headers or {})}, body=page.encode()
        ) as parent,
        reading(
            browser, parent.port, friends=(origin, f"http://127.0.0.1:{parent.port}"), **options
        ) as reader,
    ):
        reader.page.route(
            "**/listener.js",
            lambda route: route.fulfill(body=listener, content_type="text/javascript"),
        )
        reader.page.goto(f"http://{host}:{parent.port}/")
        yield reader


def get_frame(reader: Reader) -> Frame:
    """The frame in the page that *reader* has open, once it is loaded."""
    frame = reader.page.query_selector("iframe").content_frame()
    frame.wait_for_load_state("load")
    return frame


def wait_until(frame: Frame | Page, expression: str, argument: object = None) -> None:
    """Wait until the function *expression* says yes in *frame*.

    What playwright has for it asks again from within the page, which a strict policy forbids.
    """
    ended = time.monotonic() + PATIENCE_SECONDS
    while not frame.evaluate(expression, argument):
        assert time.monotonic() < ended, f"{expression}: never."
        frame.wait_for_timeout(_PAUSE_MILLISECONDS)


def wait_until_whole(reader: Reader) -> int:
    """Wait until nothing in the frame has to be scrolled for; the height that it was given."""
    wait_until(
        get_frame(reader),
        """() => {
            const page = document.documentElement;
            const height = Math.ceil(page.getBoundingClientRect().height);
            return page.scrollHeight === height && window.innerHeight === height;
        }""",
    )
    return int(reader.page.get_attribute("iframe", "height"))
