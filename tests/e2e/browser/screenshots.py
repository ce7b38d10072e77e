"""Take the pictures of the README anew: `make screenshots`. They show the shipped content."""

import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.e2e.browser.conftest import PHONE, reading
from tests.e2e.servers import ROOT, serving
from tests.editor import Editor
from tests.programs import require_program

FOLDER = ROOT / "docs" / "images"
_DESK = {"width": 1080, "height": 720}
#: The day of the pictures, so that those of one release are always the same.
_TODAY = "2026-11-25"
#: Each picture: its file, the page, and how it is looked at.
PICTURES = (
    ("front-page.png", "/", {"viewport": _DESK}),
    ("answer.png", "/faqs/fixed-ip-addresses?dc=uk", {"viewport": _DESK}),
    ("ip-ranges.png", "/ip-ranges?dc=uk", {"viewport": {**_DESK, "height": 1_000}}),
    ("clouds.png", "/clouds", {"viewport": _DESK}),
    ("phone.png", "/ip-ranges?dc=uk&traffic=from-cronofy", {"viewport": PHONE}),
    ("phone-dark.png", "/faqs/gcc-high", {"viewport": PHONE, "color_scheme": "dark"}),
)


@contextmanager
def _serving_content():
    with TemporaryDirectory() as root:
        editor = Editor(Path(root))
        shutil.copytree(ROOT / "content" / "releases", editor.path("releases"))
        with serving(editor, FAQTS_TODAY=_TODAY) as server:
            yield server


def take(folder: Path = FOLDER) -> None:
    """Write every picture to *folder*."""
    folder.mkdir(exist_ok=True)
    executable = require_program("chromium")
    with _serving_content() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, path, options in PICTURES:
            with reading(browser, server.port, **options) as reader:
                reader.origin = f"http://127.0.0.1:{server.port}"
                reader.open(path).page.screenshot(path=folder / name)
        browser.close()


if __name__ == "__main__":
    take()
