"""Measure what pages weigh and when a reader sees them, in a real browser: `make bench-pages`.

Prints beside each figure its goal, and asserts nothing. The service is that of this checkout, with
the published content, one worker on a processor of its own.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.arguments import read_count, read_target
from tests.bench.goals import judge
from tests.bench.running import ask, find_port, running
from tests.bench.servers import HOST
from tests.e2e.origins import making_up

PAGES = (
    *("/", "/faqs/fixed-ip-addresses", "/faqs/fixed-ip-addresses?dc=uk", "/ip-ranges"),
    *("/ip-ranges?dc=uk", "/clouds", "/changes", "/releases/{newest}", "/problems", "/terms"),
)
#: The reference is drawn by swagger-ui, which has its own weight.
REFERENCE = "/docs"
FRAME = "/embed/faqs/fixed-ip-addresses?dc=uk"
ELEMENT = "<faq-answer>"
MAX_BYTES, MAX_PAINT_MS, SLOWDOWN = 60 * 1_024, 1_000, 4
_SERVER, _PROGRAM = "ours-asgi", "chromium"
_ARGUMENTS = (
    *("--no-sandbox", "--no-proxy-server"),
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
)
_CONSOLE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Console</title>
<link rel="icon" href="data:,">
<script type="module" src="{service}/embed/v1/faq-answer.js"></script>
<h1>Settings</h1>
<faq-answer faq="fixed-ip-addresses" dc="uk" application="Acme">Read the answer.</faq-answer>"""
#: Notes when the frame is drawn that follows an answer of an element.
_NOTE_ANSWER = """addEventListener("faq-load", () => requestAnimationFrame(
  () => setTimeout(() => { window.answeredAt ??= performance.now(); })));"""
_READ_PAINT = """() => new Promise((resolve) => new PerformanceObserver((list) => {
  const found = list.getEntriesByName("first-contentful-paint");
  if (found.length) resolve(found[0].startTime);
}).observe({ type: "paint", buffered: true }))"""


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="make bench-pages", description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=read_count, default=5, help="How often each is opened.")
    parser.add_argument("--pages", nargs="+", metavar="PATH", help="Only these.")
    parser.add_argument("--json", type=read_target, metavar="FILE", help="Write every figure too.")
    chosen = parser.parse_args()
    if shutil.which(_PROGRAM) is None:
        raise SystemExit(
            "The benchmark needs chromium (Debian package chromium). Install it first."
        )
    with tempfile.TemporaryDirectory(prefix="faqts-bench-") as name:
        ports = {_SERVER: find_port()}
        with running(_SERVER, Path(name), ports):
            found = measure(f"http://{HOST}:{ports[_SERVER]}", chosen.rounds, chosen.pages)
    print(*render(found), sep="\n")
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def measure(service: str, rounds: int, wanted: list[str] | None) -> dict[str, list[dict]]:
    """What each page weighed and took in every round, by its name; each round opens every page."""
    body = _CONSOLE.format(service=service).encode()
    newest = json.loads(ask(int(service.rpartition(":")[2]), target="/v1")[2])["release"]
    with (
        making_up(find_port(), headers={"Content-Type": "text/html"}, body=body) as console,
        sync_playwright() as playwright,
    ):
        paths = [path.format(newest=newest) for path in (*PAGES, REFERENCE, FRAME)]
        targets = {path: service + path for path in paths}
        targets[ELEMENT] = f"http://{HOST}:{console.port}/"
        chosen = {name: url for name, url in targets.items() if wanted is None or name in wanted}
        browser = playwright.chromium.launch(
            executable_path=shutil.which(_PROGRAM), args=list(_ARGUMENTS)
        )
        found: dict[str, list[dict]] = {name: [] for name in chosen}
        # The first page of all pays for what the browser does once.
        _open(browser, service)
        for _ in range(rounds):
            for name, url in chosen.items():
                found[name].append(_open(browser, url, answers=name == ELEMENT))
        browser.close()
    return found


def _open(browser: Browser, url: str, *, answers: bool = False) -> dict:
    """What a page weighs and takes that is opened with nothing kept, on a slow processor."""
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(_NOTE_ANSWER)
        session = context.new_cdp_session(page)
        sizes: list[float] = []
        session.on(
            "Network.loadingFinished", lambda message: sizes.append(message["encodedDataLength"])
        )
        session.send("Network.enable")
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.goto(url, wait_until="networkidle")
        found = {"bytes": sum(sizes), "requests": len(sizes), "paint": page.evaluate(_READ_PAINT)}
        return found | {"answer": _read_answer(page) if answers else None}


def _read_answer(page: Page) -> float:
    page.wait_for_function("window.answeredAt")
    return page.evaluate("window.answeredAt")


def render(found: dict[str, list[dict]]) -> Iterator[str]:
    """What was found as a table: medians, with the goal beside each."""
    yield f"Chromium, {SLOWDOWN} x slower processor, nothing kept; medians."
    yield (
        f"{'page':36}{'requests':>9}{'bytes':>9}  {'goal':20}{'paint ms':>9}  {'goal':20}"
        f"{'answer ms':>10}"
    )
    for name, rounds in found.items():
        requests, weight, paint = (
            median(one[part] for one in rounds) for part in ("requests", "bytes", "paint")
        )
        light = "" if name == REFERENCE else judge(weight, at_most=MAX_BYTES)
        soon = judge(paint, at_most=MAX_PAINT_MS)
        answers = [one["answer"] for one in rounds if one["answer"] is not None]
        answer = f"{median(answers):10.0f}" if answers else ""
        yield (
            f"{name:36}{requests:9.0f}{weight:9,.0f}  {light:20}{paint:9.0f}  {soon:20}{answer}"
        ).rstrip()


if __name__ == "__main__":
    main()
