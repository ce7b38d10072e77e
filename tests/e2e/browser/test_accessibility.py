"""Pages, judged by axe: what it calls a violation keeps somebody from reading them."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.content_factory import ContentFactory
from tests.e2e.browser.conftest import DESKTOP, PHONE, reading
from tests.e2e.browser.worlds import PAGES, publish_world
from tests.e2e.servers import follower

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
EVERY_LOOK = pytest.mark.parametrize("scheme", ["light", "dark"])
EVERY_WINDOW = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    factory = publish_world(ContentFactory(tmp_path_factory.mktemp("axe")))
    with follower(factory) as running:
        yield running


@EVERY_WINDOW
@EVERY_LOOK
@pytest.mark.parametrize("path", PATHS)
def test_nothing_keeps_anybody_from_reading_a_page(browser, server, path, scheme, viewport):
    with reading(browser, server.port, color_scheme=scheme, viewport=viewport) as reader:
        reader.open(path)
        if path == "/docs":
            reader.page.wait_for_selector(".opblock")
        reader.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")

        left_out = _OF_SWAGGER_UI if path == "/docs" else ()
        rules = {name: {"enabled": False} for name in left_out}
        found = Axe().run(reader.page, options={"rules": rules})

    assert found.violations_count == 0, found.generate_report()


@EVERY_WINDOW
@EVERY_LOOK
@pytest.mark.parametrize("path", WRONG)
def test_nor_from_reading_what_is_wrong(browser, server, path, scheme, viewport):
    with reading(browser, server.port, color_scheme=scheme, viewport=viewport) as reader:
        reader.open(path)
        found = Axe().run(reader.page)

        assert found.violations_count == 0, found.generate_report()
        assert not reader.is_wider_than_its_window()
        reader.forgive(f"status of {WRONG[path]}")
