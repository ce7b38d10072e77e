"""Embeds in pages of every look: theirs does not leak in, ours not out, and axe finds nothing."""

import pytest

from tests.e2e.browser.conftest import PHONE
from tests.e2e.browser.elements.consoles import PAGE, POLICY

ALL = """<faq-answer faq="addresses" open dc="uk"></faq-answer>
<faq-answer faq="rich" show="answer"></faq-answer>
<faq-answer faq="ending" show="summary"></faq-answer>
<faq-list topic="network"></faq-list>
<ip-ranges></ip-ranges>"""
STYLED = POLICY + "; style-src 'unsafe-inline'"
#: What a page does to everything within it. Only where the element itself stands is the page's.
HOSTILE = """<style>
* { all: unset !important; letter-spacing: normal !important }
div, p, span, a, table, thead, tbody, tr, td, th, summary, details, button, ul, li, code, time {
  display: none !important; color: red !important; font-size: 3px !important }
[part], .box, slot, h2, h3 { display: none !important; opacity: 0 !important }
head, style, script { display: none !important }
main { text-transform: uppercase !important; text-indent: -9999px !important;
  white-space: nowrap !important; text-align: right !important; line-height: 0 !important;
  list-style: none !important; border-collapse: collapse !important; cursor: none !important }
</style>"""
READ = """(selector) => {
  const root = document.querySelector(selector).shadowRoot;
  const read = (node) => {
    const style = getComputedStyle(node);
    const names = ["display", "color", "fontSize", "textTransform", "textIndent", "whiteSpace",
      "textAlign", "lineHeight", "borderCollapse", "cursor", "opacity"];
    return Object.fromEntries(names.map((name) => [name, style[name]]));
  };
  return [...root.querySelectorAll("*")].map((node) => [node.localName, read(node)]);
}"""


@pytest.mark.parametrize(
    ("body", "name", "shown"),
    [
        ('<faq-answer faq="addresses" open></faq-answer>', "faq-answer", "td"),
        ("<faq-list></faq-list>", "faq-list", "summary"),
        ("<ip-ranges></ip-ranges>", "ip-ranges", "td"),
    ],
)
def test_styles_of_the_page_do_not_leak_in(visit, body, name, shown):
    plain = "<style>* { font: 16px serif }</style>"
    looks = []
    for head in (plain, HOSTILE):
        with visit(body, head=head, policy=STYLED) as console:
            # In the hostile page nothing is shown but what the element shows by itself.
            console.find(f"{name} {shown}").first.wait_for()
            looks.append(console.page.evaluate(READ, name))
            width = console.find(f"{name} > [part=box]").bounding_box()["width"]

    assert looks[0] == looks[1]
    assert width > 1_000


def test_styles_of_ours_do_not_leak_out(visit):
    read = """() => [...document.querySelectorAll("main > p, main > table, h1, button")].map(
      (node) => Object.values(getComputedStyle(node)).join())"""
    own = "<p>a</p><table><tr><td>a</table><button>a</button>"
    with visit(own) as console:
        before = console.page.evaluate(read)
    with visit(f"{own}{ALL}") as console:
        console.answer()

        # What lies below them makes the page longer, and moves nothing that stands above.
        assert console.page.evaluate(read) == before
        assert console.page.evaluate("document.adoptedStyleSheets.length") == 0


def test_the_page_sets_letters_colours_and_parts(visit):
    head = """<style>
      body { font: italic 20px/1 cursive; color: rgb(1, 2, 3); background: rgb(250, 250, 250) }
      faq-answer { --faq-background: rgb(4, 5, 6); --faq-padding: 7px; --faq-border: 3px dashed }
      faq-answer::part(question) { color: rgb(8, 9, 10) }
      faq-answer::part(meta) { display: none }
    </style>"""
    with visit(
        '<faq-answer faq="addresses" open></faq-answer>', head=head, policy=STYLED
    ) as console:
        console.answer()
        style = """(node, names) => names.map((name) => getComputedStyle(node)[name])"""
        names = ["fontStyle", "fontSize", "fontFamily", "color", "backgroundColor", "paddingTop"]
        box = console.find("faq-answer [part=box]").evaluate(style, names)
        question = console.find("[part=question]").evaluate(style, ["color"])

        assert box == ["italic", "20px", "cursive", "rgb(1, 2, 3)", "rgb(4, 5, 6)", "7px"]
        assert question == ["rgb(8, 9, 10)"]
        assert not console.find("[part=meta]").is_visible()


def test_parts_within_a_list_are_in_reach_of_the_page(visit):
    head = "<style>faq-list::part(answer) { color: rgb(8, 9, 10) }</style>"
    with visit('<faq-list topic="network"></faq-list>', head=head, policy=STYLED) as console:
        console.answer("faq-list").locator("summary").first.click()
        text = console.find("faq-answer [part=answer]").first
        text.wait_for()

        assert text.evaluate("node => getComputedStyle(node).color") == "rgb(8, 9, 10)"


def test_a_page_that_hides_an_element_hides_it(visit):
    head = "<style>.off { display: none }</style>"
    body = '<faq-answer faq="addresses" class="off"></faq-answer><faq-answer hidden faq="rich">'
    with visit(body, head=head, policy=STYLED) as console:
        console.wait_until("told.length === 2")

        assert [one.is_visible() for one in console.find("faq-answer").all()] == [False, False]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_box_follows_the_direction_of_the_page_and_the_text_its_own(visit, direction):
    page = PAGE.replace("<html ", f'<html dir="{direction}" ')
    with visit('<faq-answer faq="rich" open></faq-answer>', page=page) as console:
        box = console.answer()
        directions = [
            box.locator(part).evaluate("node => getComputedStyle(node).direction")
            for part in ("[part=disclosure]", "[part=question]", "[part=answer]", "[part=meta]")
        ]

    assert directions == [direction, "ltr", "ltr", "ltr"]


def test_nothing_keeps_anybody_from_reading_an_embed(visit):
    head = "<style>:root { color-scheme: light dark } body { font: 1rem sans-serif }</style>"
    # axe looks at styles in ways of its own; the policy is that of a page that lets it.
    with visit(ALL, head=head, policy=STYLED) as console:
        console.answer("ip-ranges")
        console.answer("faq-list").locator("summary").first.click()
        console.find("faq-list faq-answer [part=answer]").first.wait_for()
        console.wait_until("told.length === 6")

        for forced in ("none", "active"):
            console.page.emulate_media(forced_colors=forced)
            console.judge()


def test_an_embed_that_says_what_is_wrong_can_be_read_too(visit):
    with visit(
        '<faq-answer faq="old"></faq-answer><faq-answer></faq-answer>', policy=STYLED
    ) as console:
        console.status("Withdrawn")

        console.judge()
        console.forgive("Failed to load resource")


def test_a_page_that_is_enlarged_is_not_moved_sideways(visit):
    with visit(ALL, device_scale_factor=2) as console:
        console.answer("ip-ranges")
        console.wait_until("told.length === 5")

        for width in (640, 320):
            console.page.set_viewport_size({"width": width, "height": 450})
            assert not console.is_wider_than_its_window(), width


def test_what_is_wider_than_a_phone_is_moved_by_keyboard(visit):
    with visit('<faq-answer faq="rich" show="answer"></faq-answer>', viewport=PHONE) as console:
        table = console.answer().locator("[part=scroll]")
        console.wait_until(
            "document.querySelector('faq-answer').shadowRoot"
            ".querySelector('[part=scroll]').tabIndex === 0"
        )
        table.focus()
        console.page.keyboard.press("ArrowRight")
        console.page.wait_for_timeout(300)

        assert table.evaluate("node => node.scrollLeft") > 0


def test_nothing_moves(visit):
    with visit(ALL) as console:
        console.answer("ip-ranges")
        console.answer().locator("summary").click()

        moving = """() => [...document.querySelectorAll("*")].flatMap(
          (one) => one.shadowRoot?.getAnimations() ?? []).length"""
        assert console.page.evaluate(moving) == 0
