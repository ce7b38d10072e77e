"""All three elements alike: without scripts, while the service fails, of two releases at once."""

import pytest

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
    "ip-ranges": ("TCP 443\tactive\n2a00:100::/48\tuk\tTCP 443\tactive\n", "203.0.116.0/24"),
}
FAULTS = {
    "down": (Fault(is_down=True), "The service cannot be reached."),
    "slow": (Fault(seconds=5), "The service is slow to respond."),
    "404": (Fault(404, b"<h1>Not found"), "The service returned an unexpected response."),
    "500": (Fault(500, b"<h1>Oops"), "The service returned an unexpected response."),
}
EVERY_ELEMENT = pytest.mark.parametrize("name", ELEMENTS)
EVERY_FAULT = pytest.mark.parametrize(("fault", "why"), FAULTS.values(), ids=FAULTS)


@EVERY_FAULT
def test_the_last_good_copy_stays_with_its_date(visit_relay, relay, fault, why):
    with visit_relay("".join(ELEMENTS.values())) as console:
        before = [console.answer(name).inner_text() for name in ELEMENTS]
        relay.faults["/v1/"] = fault
        console.page.reload()
        messages = [console.status("Saved copy from ", name) for name in ELEMENTS]

        assert [message.endswith(f"UTC. {why}") for message in messages] == [True] * 3
        assert [console.answer(name).inner_text() for name in ELEMENTS] == before
        assert not console.find("[href='/help']:visible").count()
        assert len(console.told("faq-stale")) == 3
        assert console.told("faq-error") == []
        console.forgive(*fault.complaints)


@EVERY_FAULT
def test_without_a_copy_stays_what_is_between_the_tags(visit_relay, relay, fault, why):
    relay.faults["/v1/"] = fault
    with visit_relay("".join(ELEMENTS.values())) as console:
        if fault.seconds:
            assert console.find("[href='/help']:visible").count() == 3
            for name in ELEMENTS:
                console.answer(name)
        else:
            for name in ELEMENTS:
                assert why in console.status("Content not available. ", name)
            problems = console.told("faq-error")
            assert [(each["status"], each["detail"]) for each in problems] == [
                (fault.status or 0, why)
            ] * 3

        assert console.find("[href='/help']:visible").count() == (0 if fault.seconds else 3)
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


@pytest.mark.parametrize(
    "state", ["Saved copy from ", "Content not available. "], ids=["copy", "nothing"]
)
def test_nothing_keeps_anybody_from_reading_what_is_left(visit_relay, relay, state):
    head = "<style>:root { color-scheme: light dark; background: Canvas }</style>"
    policy = f"{POLICY}; style-src 'unsafe-inline'"
    body = "".join(ELEMENTS.values())
    with visit_relay(body, head=head, policy=policy) as console:
        for name in ELEMENTS:
            console.answer(name)
        relay.faults["/v1/"] = Fault(500)
        if not state.startswith("Saved"):
            console.page.evaluate("localStorage.clear()")
        console.page.reload()
        for name in ELEMENTS:
            console.status(state, name)

        console.judge()
        console.forgive(SAID)
