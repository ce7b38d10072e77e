"""deploy/nginx.conf before people: what itself fails is a page where there are pages."""

import pytest

from tests.api.site.browsing import BROWSER
from tests.e2e.origins import making_up
from tests.e2e.proxies import proxying
from tests.e2e.servers import Answer, find_port
from tests.e2e.test_edge_limits import GREEDY, TEXT, check_problem
from tests.pages import Page

PAGES = ["/", "/?q=a", "/faqs/addresses", "/embed/faqs/addresses?dc=uk", "/v1beta", "/terms"]
DATA = ["/v1", "/v1?a", "/v1/faqs", "/oembed?url=a", "/.well-known/api-catalog"]
UNREACHABLE, SLOW = "origin-unreachable", "origin-timeout"


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """A proxy whose origin is not there."""
    with proxying(tmp_path_factory.mktemp("nginx"), find_port()) as running:
        yield running


def read_page(answer: Answer, status: int, title: str) -> Page:
    """The page *title*, which asks for nothing and may be read by nobody later."""
    assert answer.status == status
    assert answer.headers.getlist("Content-Type") == ["text/html; charset=utf-8"]
    policy = "default-src 'none'; base-uri 'none'; form-action 'none'"
    assert answer.headers.getlist("Content-Security-Policy") == [policy]
    assert answer.headers.getlist("Cache-Control") == ["no-store"]
    assert int(answer.headers["Retry-After"]) > 0
    page = Page(answer.body.decode())
    assert title in page.text
    assert page.links == []
    return page


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_is_told_in_a_page_that_the_service_cannot_be_reached(alone, path):
    read_page(alone.ask(path, headers=BROWSER), 502, "The service cannot be reached")


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        *((path, BROWSER["Accept"]) for path in DATA),
        *((path, accept) for path in PAGES for accept in ("application/json", "*/*", "")),
    ],
)
def test_all_else_is_told_in_a_problem(alone, path, accept):
    answer = alone.ask(path, headers={"Accept": accept} if accept else {})

    check_problem(answer, UNREACHABLE)
    assert "Content-Security-Policy" not in answer.headers


def test_a_browser_is_told_that_the_service_takes_too_long(tmp_path):
    text = TEXT.replace("proxy_read_timeout 15s;", "proxy_read_timeout 1s;")
    with making_up(find_port(), seconds=3) as origin, proxying(tmp_path, origin.port, text) as edge:
        read_page(edge.ask("/", headers=BROWSER), 504, "The service takes too long")
        check_problem(edge.ask("/v1", headers=BROWSER), SLOW)


def test_a_browser_is_told_that_its_network_asks_too_much(alone):
    asked = (alone.ask("/", headers=BROWSER, source="127.2.0.2") for _ in range(GREEDY))
    refused = next(answer for answer in asked if answer.status == 429)

    read_page(refused, 429, "Too many requests")
