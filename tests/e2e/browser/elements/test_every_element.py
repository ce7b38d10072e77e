"""All three elements alike: without scripts, while the service fails, of two releases at once."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.browser.conftest import DESKTOP, PHONE
from tests.e2e.browser.elements.conftest import FIRST, SECOND
from tests.e2e.browser.elements.consoles import POLICY
from tests.e2e.browser.elements.relays import SAID, Fault

HELP = '<a href="/help">Ask us</a>'
ELEMENTS = {
    "faq-answer": f'<faq-answer faq="addresses" open>{HELP}</faq-answer>',
    "faq-list": f"<faq-list>{HELP}</faq-list>",
    "ip-ranges": f'<ip-ranges dc="uk">{HELP}</ip-ranges>',
}
#: What only the first, and only the second of two releases shows.
TOLD_APART = {
    "faq-answer": ("12345", "67890"),
    "faq-list": ("What of old?", "What of rich?"),
    "ip-ranges": ("443\tin use\n2a00:100::/48\tuk\t443\tin use\n", "203.0.116.0/24"),
}
FAULTS = {
    "down": (Fault(is_down=True), "the service cannot be reached"),
    "slow": (Fault(seconds=5), "the service is slow"),
    "404": (Fault(404, b"<h1>Not found"), "the service does not answer as it should"),
    "500": (Fault(500, b"<h1>Oops"), "the service does not answer as it should"),
}
EVERY_ELEMENT = pytest.mark.parametrize("name", ELEMENTS)
EVERY_FAULT = pytest.mark.parametrize(("fault", "why"), FAULTS.values(), ids=FAULTS)


@EVERY_ELEMENT
@EVERY_FAULT
def test_the_last_good_copy_stays_with_its_date(visit_relay, relay, name, fault, why):
    with visit_relay(ELEMENTS[name]) as console:
        before = console.answer(name).inner_text()
        relay.faults["/v1/"] = fault
        console.page.reload()
        message = console.status("As of ", name)

        assert message.endswith(f"UTC: {why}.")
        assert console.answer(name).inner_text() == before
        assert not console.find("[href='/help']").is_visible()
        assert len(console.told("faq-stale")) == 1
        assert console.told("faq-error") == []
        console.forgive(*fault.complaints)


@EVERY_ELEMENT
@EVERY_FAULT
def test_without_a_copy_stays_what_is_between_the_tags(visit_relay, relay, name, fault, why):
    relay.faults["/v1/"] = fault
    with visit_relay(ELEMENTS[name]) as console:
        if fault.seconds:
            assert console.find("[href='/help']").is_visible()
            console.answer(name)
        else:
            assert why in console.status("No answer can be shown: ", name)
            (problem,) = console.told("faq-error")
            assert (problem["status"], problem["detail"]) == (fault.status or 0, why)

        assert console.find("[href='/help']").is_visible() == (not fault.seconds)
        console.forgive(*fault.complaints)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_without_scripts_stays_what_is_between_the_tags(visit, viewport):
    body = "".join(ELEMENTS.values())
    with visit(body, viewport=viewport, java_script_enabled=False) as console:
        assert [one.is_visible() for one in console.find("[href='/help']").all()] == [True] * 3


@EVERY_ELEMENT
def test_two_releases_stand_side_by_side(visit, name):
    one = ELEMENTS[name].replace(f"<{name}", f'<{name} id="{{id}}" release="{{release}}"')
    body = "".join(
        one.format(id=f"r{n}", release=release) for n, release in enumerate((FIRST, SECOND))
    )
    with visit(body) as console:
        texts = [console.answer(f"#r{n}").inner_text() for n in range(2)]

    for own, other, words in zip(texts, reversed(texts), TOLD_APART[name], strict=True):
        assert words in own
        assert words not in other


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["As of ", "No answer can be shown: "], ids=["copy", "nothing"])
def test_nothing_keeps_anybody_from_reading_what_is_left(
    visit_relay, relay, viewport, scheme, state
):
    head = "<style>:root { color-scheme: light dark; background: Canvas }</style>"
    options = {"viewport": viewport, "color_scheme": scheme}
    policy = f"{POLICY}; style-src 'unsafe-inline'"
    body = "".join(ELEMENTS.values())
    with visit_relay(body, head=head, policy=policy, **options) as console:
        for name in ELEMENTS:
            console.answer(name)
        relay.faults["/v1/"] = Fault(500)
        if not state.startswith("As"):
            console.page.evaluate("localStorage.clear()")
        console.page.reload()
        for name in ELEMENTS:
            console.status(state, name)
        found = Axe().run(console.page)

        assert found.violations_count == 0, found.generate_report()
        assert not console.is_wider_than_its_window()
        console.forgive(SAID)
