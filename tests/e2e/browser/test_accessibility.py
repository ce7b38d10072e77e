"""Pages, judged by axe: what it calls a violation keeps somebody from reading them."""

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.browser.worlds import PAGES, publish_world
from tests.e2e.servers import serving

#: How swagger-ui is built, whatever page it stands in: levels of headings are left out, the line of
#: an operation opens it and has buttons of its own, and the list of them is a `main` of its own.
_OF_SWAGGER_UI = ("heading-order", "nested-interactive", "landmark-main-is-top-level")
PATHS = (
    *("/problems", "/problems/only-samples", "/terms", "/docs"),
    "/embed/faqs/addresses?dc=uk&application=Acme",
    *PAGES,
)
#: What leads to no page, and the status that says so.
WRONG = {"/faqs/never": 404, "/nowhere/at/all": 404, "/ip-ranges?dc=ukk": 400}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    factory = publish_world(ContentFactory(tmp_path_factory.mktemp("axe")))
    with serving(factory) as running:
        yield running


@pytest.mark.parametrize("path", PATHS)
def test_nothing_keeps_anybody_from_reading_a_page(visitor, path):
    visitor.open(path)
    if path == "/docs":
        visitor.page.wait_for_selector(".opblock")
    visitor.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")

    visitor.judge(*(_OF_SWAGGER_UI if path == "/docs" else ()))


@pytest.mark.parametrize("path", WRONG)
def test_nor_from_reading_what_is_wrong(visitor, path):
    visitor.open(path)

    visitor.judge()
    visitor.forgive(f"status of {WRONG[path]}")
