"""Take the pictures of the documents anew: `make screenshots`. They show the shipped content."""

import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.content_factory import ContentFactory
from tests.e2e.browser.conftest import PHONE, launching, reading
from tests.e2e.browser.elements.consoles import POLICY, consoling
from tests.e2e.browser.elements.relays import Fault, relaying
from tests.e2e.servers import ROOT, serving

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
    ("phone.png", "/ip-ranges?dc=uk#from-cronofy", {"viewport": PHONE, "reduced_motion": "reduce"}),
    ("phone-dark.png", "/faqs/gcc-high", {"viewport": PHONE, "color_scheme": "dark"}),
)
#: Each picture of a console that embeds the service, and what goes wrong behind it.
EMBEDS = (("embeds.png", {}), ("embeds-stale.png", {"/v1/": Fault(is_down=True)}))
_CONSOLE = Path(__file__).with_name("console.html")
_NOW = f"{_TODAY}T09:00:00Z"


@contextmanager
def _serving_content():
    with TemporaryDirectory() as root:
        factory = ContentFactory(Path(root))
        shutil.copytree(ROOT / "content" / "releases", factory.path("releases"))
        with serving(factory, FAQTS_TODAY=_TODAY) as server:
            yield server


def take(browser: Browser, folder: Path) -> None:
    """Write every picture to *folder*."""
    folder.mkdir(exist_ok=True)
    with _serving_content() as server:
        for name, path, options in PICTURES:
            with reading(browser, server.port, **options) as reader:
                reader.origin = f"http://127.0.0.1:{server.port}"
                reader.open(path).page.screenshot(path=folder / name)
        _take_embeds(folder, browser, server.port)


def _take_embeds(folder: Path, browser: Browser, port: int) -> None:
    policy = f"{POLICY}; style-src 'unsafe-inline'"
    page = _CONSOLE.read_text(encoding="utf-8")
    with (
        relaying(port) as relay,
        consoling(
            browser,
            relay.port,
            "",
            page=page,
            policy=policy,
            prepare=lambda opened: opened.clock.set_fixed_time(_NOW),
            viewport={**_DESK, "height": 760},
        ) as console,
    ):
        for name, faults in EMBEDS:
            console.answer("ip-ranges")
            relay.faults.update(faults)
            console.page.reload()
            console.answer("ip-ranges")
            console.answer()
            console.page.wait_for_load_state("networkidle")
            console.page.screenshot(path=folder / name)
        console.forgive("Failed to load resource", "failed: ")


if __name__ == "__main__":
    with launching() as browser:
        take(browser, FOLDER)
