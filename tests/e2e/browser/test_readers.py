"""What watches the browser: each kind of complaint fails a test."""

import pytest

from tests.e2e.browser.conftest import reading
from tests.e2e.origins import making_up
from tests.e2e.servers import find_port

POLICY = "default-src 'self'"
COMPLAINTS = {
    "a message": ("<script src=/a.js></script>", "console.log('hello')", "log: hello"),
    "an error": ("<script src=/a.js></script>", "throw new Error('broken')", "error: broken"),
    "a script in the page": ("<script>1</script>", "", "Content Security Policy"),
    "a style in the page": ("<p style='color: red'>a</p>", "", "Content Security Policy"),
    "a picture in an address": (
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
        "",
        "data:image",
    ),
    "another origin": ("<a href=http://127.0.0.1:9/>a</a>", "document.links[0].click()", "foreign"),
    "another host": ("<img src=https://fonts.example/a.png>", "", "fonts.example"),
}


@pytest.mark.parametrize(("body", "script", "expected"), COMPLAINTS.values(), ids=COMPLAINTS)
def test_a_complaint_of_the_browser_fails(browser, body, script, expected):
    page = f"<!doctype html><link rel=icon href=/a.svg>{body}<script src=/a.js></script>"
    headers = {"Content-Type": "text/html", "Content-Security-Policy": POLICY}

    with (
        making_up(find_port(), headers=headers, body=page.encode()) as origin,
        pytest.raises(AssertionError) as caught,
    ):
        read(browser, origin.port, script)

    assert expected in str(caught.value)


def test_a_page_without_a_fault_passes(browser):
    headers = {"Content-Type": "text/html", "Content-Security-Policy": POLICY}
    page = b"<!doctype html><link rel=icon href=/a.svg><p>Good.</p>"

    with (
        making_up(find_port(), headers=headers, body=page) as origin,
        reading(browser, origin.port) as reader,
    ):
        reader.open("/")

        assert reader.page.locator("p").inner_text() == "Good."


def read(browser, port: int, script: str) -> None:
    """Read the page on *port*, whose script is *script*."""
    with reading(browser, port) as reader:
        reader.page.route(
            "**/a.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
        )
        reader.open("/")
        reader.page.wait_for_load_state("networkidle")
