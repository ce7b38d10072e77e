"""Pages, frames and elements in Chromium, Firefox and WebKit."""

from contextlib import contextmanager
from functools import partial

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.browser.elements.relays import Fault, relaying
from tests.e2e.browser.engines import (
    Engine,
    launching_firefox,
    launching_webkit,
    opening_page,
)
from tests.e2e.origins import making_up
from tests.e2e.servers import find_port, serving

TEXT = """#### Deep

### Above

###### Deepest

See [the ports](/v1/faqs/ports?format=html).
"""
SCRIPT = '<script type="module" src="{service}/embed/v1/faq-answer.js"></script>'
ANSWER = '<faq-answer faq="long" dc="uk" open><a href="/help">Ask us</a></faq-answer>'
LISTENER = """<script>onmessage = ({data, source}) => {
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source) frame.height = data.height;
  }
}</script>"""
#: The features of a browser that come last, as they are taken away.
LATEST = {
    "constructible style sheets": "delete window.CSSStyleSheet.prototype.replaceSync",
    "adopted style sheets": "delete Document.prototype.adoptedStyleSheets",
    "findLastIndex": "delete Array.prototype.findLastIndex",
    "Object.hasOwn": "delete Object.hasOwn",
}
SHOWN = "document.querySelector('faq-answer').shadowRoot?.querySelector('[part=answer]')"
LOOK = "getComputedStyle(document.body).marginTop"


ENGINES = {"firefox": launching_firefox, "webkit": launching_webkit}


@pytest.fixture(scope="module", params=["chromium", *ENGINES])
def engine(request):
    if request.param == "chromium":
        launch = partial(opening_page, request.getfixturevalue("browser"))
    else:
        launch = ENGINES[request.param]
    with launch() as running:
        running.name = request.param
        yield running


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    factory = ContentFactory(tmp_path_factory.mktemp("engines")).world()
    factory.faq("long", TEXT, position=2)
    factory.faq("ports", "Port 443.\n", position=3)
    factory.publish()
    port = find_port()
    with serving(factory, port=port, FAQTS_PUBLIC_URL=f"http://127.0.0.1:{port}") as running:
        yield running


@contextmanager
def visiting(engine: Engine, port: int, body: str):
    """Open a page of another origin with *body*, about the service on *port*."""
    text = f"<!doctype html><title>A console</title>{body}"
    text = text.replace("{service}", f"http://127.0.0.1:{port}")
    headers = {"Content-Type": "text/html; charset=utf-8"}
    with making_up(find_port(), headers=headers, body=text.encode()) as origin:
        engine.open(f"http://127.0.0.1:{origin.port}/")
        yield f"http://127.0.0.1:{origin.port}/"


def test_a_page_has_its_style_and_its_script(engine, service):
    engine.open(f"http://127.0.0.1:{service.port}/faqs/long?dc=uk")

    assert engine.run("return getComputedStyle(document.querySelector('.skip')).position") == (
        "absolute"
    )
    engine.run("document.querySelector('.answer a[href^=\"/faqs/ports\"]').click()")
    engine.wait("location.pathname + location.search === '/faqs/ports?dc=uk'")
    engine.open(f"http://127.0.0.1:{service.port}/faqs/long/data")
    engine.wait("!document.querySelector('button.copy').hidden")


def test_the_front_page_is_searched_as_one_types(engine, service):
    engine.open(f"http://127.0.0.1:{service.port}/")
    engine.run("""const field = document.querySelector("#q");
      field.value = "ports";
      field.dispatchEvent(new Event("input", {bubbles: true}));""")

    engine.wait("document.querySelectorAll('#results .cards > li').length === 1")


@pytest.mark.parametrize("sandbox", ["allow-scripts", "allow-scripts allow-same-origin", None])
def test_a_frame_has_its_style_and_its_height_in_any_sandbox(engine, service, sandbox):
    box = "" if sandbox is None else f'sandbox="{sandbox}"'
    frame = f'<iframe src="{{service}}/embed/faqs/long" width="300" {box}></iframe>'
    with visiting(engine, service.port, LISTENER + frame):
        height = engine.wait("document.querySelector('iframe').height")
        engine.enter_frame(0)
        margin = engine.run(f"return {LOOK}")
        engine.enter_frame(None)

    assert int(height) > 100
    assert margin == "0px"


def test_elements_show_answers_lists_and_ranges(engine, service):
    body = f"{SCRIPT}{ANSWER}<faq-list></faq-list><ip-ranges dc=uk></ip-ranges>"
    with visiting(engine, service.port, body):
        texts = engine.wait("""(all => all.every(one => one) && all)(
          ["faq-answer", "faq-list", "ip-ranges"].map(name => {
            const content = document.querySelector(name).shadowRoot?.querySelector(
              "[part=content]:not([hidden])");
            return content?.textContent;
          }))""")
        headings = engine.run(f"""return [...{SHOWN}.querySelectorAll("h2, h3, h4, h5, h6")]
          .map(one => one.localName)""")
        link = engine.run(f"return {SHOWN}.querySelector('a').href")

    assert "What of long?" in texts[0]
    assert "What of ports?" in texts[1]
    assert "203.0.114.0/24" in texts[2]
    assert headings == ["h3", "h3", "h4"]
    assert link == f"http://127.0.0.1:{service.port}/faqs/ports?format=html&dc=uk"


def test_a_property_is_an_attribute_also_before_the_script_comes(engine, service):
    early = """<faq-answer id="early">…</faq-answer>
<script>Object.assign(early, {faq: "ports", dc: "de", level: 4, open: true})</script>"""
    with visiting(engine, service.port, early + SCRIPT):
        attributes = engine.wait("early.shadowRoot?.querySelector('h4') && early.outerHTML")
        engine.run("Object.assign(early, {faq: 'long', dc: null, open: false, level: undefined})")
        engine.wait("early.shadowRoot.querySelector('h2')?.textContent === 'What of long?'")
        later = engine.run("return early.cloneNode().outerHTML + early.faq + early.open + early.dc")
        engine.run("early.topic = 'a'; early.dc = ['uk', 'de']")
        several = engine.run("return early.getAttribute('dc')")
        details = "early.shadowRoot.querySelector('details').open"
        closed = engine.run(f"return {details}")
        opened = engine.run("early.setAttribute('open', ''); return early.open")
        engine.run("early.dc = 'uk'")
        engine.wait(details)
        engine.run("early.setAttribute('open', 'false')")
        engine.wait(f"!{details}")

    for attribute in ('faq="ports"', 'dc="de"', 'level="4"', 'open=""'):
        assert attribute in attributes
    assert later == '<faq-answer id="early" faq="long"></faq-answer>longfalsenull'
    assert several == "uk de"
    assert (closed, opened) == (False, True)


@pytest.mark.parametrize(
    ("faq", "expected"), [("long", "faq-load"), ("nothing", "faq-error")], ids=["load", "error"]
)
def test_who_comes_late_can_tell_what_came_of_an_element(engine, service, faq, expected):
    body = f'{SCRIPT}<faq-answer id="late" faq="{faq}"></faq-answer>'
    with visiting(engine, service.port, body):
        engine.wait("late.shadowRoot?.querySelector('[part=status]').textContent !== 'Loading…'")
        engine.wait("late.ready?.then(({type}) => { window.first = type }) && window.first")
        engine.run("""late.faq = "ports";
          late.ready.then(({type, detail}) => { window.second = [type, detail.body?.id] })""")
        second = engine.wait("window.second")

        assert engine.run("return window.first") == expected
        assert second == ["faq-load", "ports"]


@pytest.mark.parametrize("taken", LATEST.values(), ids=LATEST)
def test_a_browser_that_lacks_what_the_script_needs_leaves_the_text_there(engine, service, taken):
    body = f"<script>{taken}; window.errors = []; onerror = (e) => errors.push(e)</script>"
    with visiting(engine, service.port, f"{body}{SCRIPT}{ANSWER}"):
        engine.wait("performance.getEntriesByType('resource').length")
        engine.wait("document.readyState === 'complete'")

        assert engine.run("return document.querySelector('faq-answer').shadowRoot") is None
        assert engine.run("return document.querySelector('faq-answer a').offsetHeight") > 0
        assert engine.run("return errors") == []


def test_a_copy_is_shown_during_an_outage(engine, service):
    with relaying(service.port) as relay, visiting(engine, relay.port, SCRIPT + ANSWER) as page:
        engine.wait(SHOWN)
        relay.faults = {"/": Fault(is_down=True)}
        engine.open(f"{page}?again")
        status = "document.querySelector('faq-answer').shadowRoot?.querySelector('[part=status]')"
        engine.wait(f"{status}?.textContent.startsWith('Saved copy from ')")

        engine.reload()
        # The others ask for the script again when a page is reloaded, as docs/embedding.md says.
        if engine.name == "chromium":
            engine.wait(f"{status}?.textContent.startsWith('Saved copy from ')")
        else:
            engine.wait("document.querySelector('faq-answer a').offsetHeight")
