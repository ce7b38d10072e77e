"""`<ip-ranges>`: which rule to write, which networks go into it, and nothing by mistake."""

import pytest

from tests.e2e.browser.elements.consoles import PAGE
from tests.e2e.browser.elements.relays import Fault

UK = '<ip-ranges dc="uk" traffic="from-service"></ip-ranges>'
SAMPLES = '<ip-ranges dc="uk" traffic="to-service"></ip-ranges>'
ON = "2026-11-25"


def at(day: str):
    """Makes it *day* in the browser, before the page is opened."""
    return lambda page: page.clock.set_fixed_time(f"{day}T12:00:00Z")


def read_rows(console) -> list[list[str]]:
    rows = console.answer("ip-ranges").locator("tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def test_the_direction_is_said_in_words(visit):
    with visit("<ip-ranges></ip-ranges>") as console:
        texts = console.answer("ip-ranges").locator("section").all_inner_texts()

    assert len(texts) == 3
    assert "Inbound rule: these ranges are the sources." in texts[0]
    assert "Outbound rule: these ranges are the destinations." in texts[1]
    # A class without fixed addresses has its advice, and no list.
    assert "Allow it." in texts[2]
    assert "203.0.114.0/24" in texts[0]
    assert "203.0.114.0/24" not in texts[1]


def test_each_network_has_its_port_and_its_use(visit):
    with visit(UK, prepare=at(ON)) as console:
        assert read_rows(console) == [
            ["203.0.114.0/24", "uk", "TCP 443", "active"],
            ["203.0.116.0/24", "uk", "TCP 443", "starts on 15 January 2027, allow it now"],
            ["2a00:100::/48", "uk", "TCP 443", "active, until the end of 31 March 2027"],
        ]


def test_a_page_from_right_to_left_does_not_turn_a_network_round(visit):
    page = PAGE.replace("<html ", '<html dir="rtl" ')
    first_and_last = """(node) => [0, node.textContent.length - 1].map((at) => {
      const range = document.createRange();
      range.setStart(node.firstChild, at);
      range.setEnd(node.firstChild, at + 1);
      return range.getBoundingClientRect().x;
    })"""
    with visit(UK, page=page) as console:
        box = console.answer("ip-ranges")
        advice = box.locator("[part=direction]")
        network = box.locator("[part=network]", has_text="2a00:100::/48")
        begins, ends = network.evaluate(first_and_last)

        assert begins < ends
        # The full stop of a sentence stands at its right.
        assert advice.evaluate("node => getComputedStyle(node).direction") == "ltr"


def test_a_copy_of_last_year_tells_and_copies_what_holds_today(visit_relay, relay):
    with visit_relay(UK, permissions=["clipboard-read", "clipboard-write"]) as console:
        console.answer("ip-ranges")
        relay.faults["/v1/"] = Fault(500)
        console.page.clock.set_fixed_time("2027-04-01T00:00:00Z")
        console.page.reload()
        console.status("Saved copy from ", "ip-ranges")
        uses = [row[3] for row in read_rows(console)]
        due = "These ranges were due for review on 1 January 2027"

        assert uses == ["active", "active", "ended on 31 March 2027, remove it"]
        assert due in console.answer("ip-ranges").inner_text()
        assert copy(console) == "203.0.114.0/24\n203.0.116.0/24\n"
        console.forgive("Failed to load resource")


def copy(console) -> str:
    """Press the button, and paste into a field of the page what it copied."""
    console.answer("ip-ranges").get_by_role("button").first.click()
    console.status("Copied ", "ip-ranges")
    console.page.evaluate(
        """() => {
          const field = document.createElement("textarea");
          document.body.append(field);
          field.focus();
        }"""
    )
    console.page.keyboard.press("Control+V")
    return console.find("body > textarea").input_value()


def test_networks_are_copied_a_line_each_also_without_https(visit):
    with visit(UK) as console:
        # A page without https has no other way.
        assert console.page.evaluate("navigator.clipboard === undefined")
        assert copy(console) == "203.0.114.0/24\n203.0.116.0/24\n2a00:100::/48\n"
        assert console.find("ip-ranges textarea").count() == 0


def test_a_sample_is_marked_and_never_copied_without_its_mark(visit):
    with visit(SAMPLES) as console:
        text = console.answer("ip-ranges").inner_text()

        assert read_rows(console) == [["192.0.2.0/28 SAMPLE", "uk", "TCP 443", "active"]]
        assert "Ranges marked SAMPLE are placeholders. Do not use them in a firewall." in text
        assert copy(console) == "192.0.2.0/28 # SAMPLE, do not use\n"


@pytest.mark.parametrize(
    ("element", "formats"),
    [(UK, ["CSV", "JSON", "Plain text", "nftables", "ipset", "nginx"]), (SAMPLES, ["CSV", "JSON"])],
    ids=["networks", "samples"],
)
def test_every_form_that_is_offered_is_there(visit, service, element, formats):
    with visit(element) as console:
        links = console.answer("ip-ranges").locator("[part=formats] a")
        found = {link.inner_text(): link.get_attribute("href") for link in links.all()}

    assert list(found) == formats
    for form, address in found.items():
        answer = service.ask(address.removeprefix(console.service))
        assert answer.status == 200, form
        network = b"192.0.2.0/28" if len(formats) == 2 else b"203.0.114.0"
        assert network in answer.body


@pytest.mark.parametrize("words", ["uk  de", "uk,de"])
def test_several_data_centers_are_parted_by_spaces_or_commas(visit, words):
    with visit(f'<ip-ranges dc="{words}" traffic="from-service" family="ipv4">') as console:
        assert [row[:2] for row in read_rows(console)] == [
            ["203.0.114.0/24", "uk"],
            ["203.0.115.0/24", "de"],
            ["203.0.116.0/24", "uk"],
        ]


def test_a_typo_shows_no_list_at_all(visit):
    with visit('<ip-ranges dc="ukk">Ask us.</ip-ranges>') as console:
        console.status("Did you mean 'uk'?", "ip-ranges")

        assert console.find("ip-ranges table").count() == 0
        console.forgive("Failed to load resource")
