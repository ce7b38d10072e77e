"""`<faq-answer>` in the page of a vendor, in a real browser, under the strictest policy."""

from tests.e2e.browser.consoles import consoling

ONE_LINE = '<faq-answer faq="addresses" dc="uk" application="Acme"></faq-answer>'


def test_one_line_shows_the_answer_filled_in(browser, server):
    with consoling(browser, server.port, ONE_LINE) as console:
        box = console.answer()
        box.get_by_text("What of addresses?").click()

        assert "Ask Acme; the client is 12345." in box.inner_text()
        assert "Yours is United Kingdom." in box.inner_text()
        assert box.locator("td").first.inner_text() == "203.0.114.0/24"
