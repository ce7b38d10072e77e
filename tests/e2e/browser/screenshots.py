"""Take the pictures anew: `make screenshots`. Those of the documents show the shipped content;
those of the site are its icon for browsers that do not draw SVG.
"""

import shutil
import struct
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
STATIC = ROOT / "api" / "static"
#: The pictures of the site, and their width and height.
ICONS = {"touch-icon.png": (180, 180), "icon.ico": (32, 32)}
_ICON = '<body style="margin:0">{icon}'
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


def take_icons(browser: Browser, folder: Path) -> None:
    """Write the pictures of the site to *folder*."""
    icon = (STATIC / "icon.svg").read_text(encoding="utf-8")
    page = browser.new_page()
    for name, (width, height) in ICONS.items():
        page.set_viewport_size({"width": width, "height": height})
        # A phone rounds the corners itself.
        square = icon.replace('rx="3" ', "" if name == "touch-icon.png" else 'rx="3" ')
        page.set_content(_ICON.format(icon=square))
        png = page.screenshot(omit_background=name == "icon.ico")
        (folder / name).write_bytes(_wrap(png, width) if name == "icon.ico" else png)
    page.close()


def _wrap(png: bytes, size: int) -> bytes:
    """Return *png* as a file of icons. Source: the format ICO, with a PNG as its only image."""
    return struct.pack("<3H4B2H2I", 0, 1, 1, size, size, 0, 0, 1, 32, len(png), 22) + png


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
        take_icons(browser, STATIC)
