"""Placeholders, each known with the place it stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.documents import Citation
from content.text.placeholders import Braces
from content.text.template import parse_template
from schemas.collections import COLLECTIONS

VALUE = "{{ clouds.a.name }}"
APPLICATION = '{{ application or "it" }}'
NOT_HERE = "a placeholder cannot be in the URL or title of a link"
NOT_CLOSED = "'{{' has no '}}' on the same line"
ALONE = "write this on its own line"
NO_END = "this section has no {{ end }}"
NOTHING_OPEN = "no section is open here"
NO_NEST = "sections cannot be nested"
NEEDS_WITH = "write values of dc between {{ with dc }} and {{ end }}."


def find(text: str) -> list[tuple[int, str]]:
    """The faults of *text*, each message cut at its first clause."""
    return sorted(parse_template(text).faults)


@pytest.mark.parametrize(
    ("text", "in_code", "alone"),
    [
        (f"The name is {VALUE}.", False, False),
        (f"**{VALUE}**", False, False),
        (f"[{VALUE}](https://example.com)", False, False),
        (f"[a](https://example.com) {VALUE}", False, False),
        (f"### {VALUE}", False, False),
        (f"- {VALUE}", False, False),
        (f"> {VALUE}", False, False),
        (f"| a |\n| --- |\n| {VALUE} |", False, False),
        (f"{VALUE}\nnext", False, False),
        (VALUE, False, True),
        (f"   {VALUE}", False, True),
        (f"`{VALUE}`", True, False),
        (f"``a ` {VALUE}``", True, False),
        (f"```\n{VALUE}\n```", True, False),
        (f"    {VALUE}", True, False),
        (f"| `{VALUE}` |\n| --- |", True, False),
        (f"- a\n\n      {VALUE}", True, False),
        (f"{{{VALUE}}}", False, False),
    ],
)
def test_a_value_is_known_with_its_place(text, in_code, alone):
    template = parse_template(text)

    assert template.faults == ()
    (slot,) = template.slots
    assert (slot.in_code, slot.alone) == (in_code, alone)
    assert text[slot.start : slot.end] == VALUE


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (f"a\n[a]({VALUE})", [(6, NOT_HERE)]),
        (f"[a](/b/{VALUE}/c)", [(7, NOT_HERE)]),
        ("[a](/b/{{clouds.a.name}}/c)", [(7, NOT_HERE)]),
        (f"[a](\n{VALUE})", [(5, NOT_HERE)]),
        (f"[a](<{VALUE}>)", [(5, NOT_HERE)]),
        (f'[a](https://example.com "{VALUE}")', [(25, NOT_HERE)]),
        (f"![{VALUE}](https://example.com/a.png)", [(2, NOT_HERE)]),
        ("<https://example.com/{{clouds.a.name}}>", [(21, NOT_HERE)]),
        ("[a]: https://example.com/{{clouds.a.name}}\n\n[a]", [(25, NOT_HERE)]),
        (f"[a]: https://example.com '{VALUE}'\n\n[a]", [(26, NOT_HERE)]),
        (f"\\{VALUE}", [(1, NOT_HERE)]),
        (f"```{VALUE}\na\n```", [(3, NOT_HERE)]),
        (f"[a]({VALUE}) and {VALUE}", [(4, NOT_HERE)]),
        (f"![{VALUE}](a)\n\n{{{{ with dc }}}}\n\n{{{{ end }}}}", [(2, NOT_HERE)]),
        ("a {{ b", [(2, NOT_CLOSED)]),
        ("a {{ clouds.a.name }\n}", [(2, NOT_CLOSED)]),
        ("{{ {{ clouds.a.name }}", [(0, NOT_CLOSED)]),
        ("`{{` and {{", [(1, NOT_CLOSED), (9, NOT_CLOSED)]),
        (f"{{{{ a\n\n{VALUE}", [(0, NOT_CLOSED)]),
        (
            "a {{ b }} {{ c.d }}",
            [(2, "'b' is not a placeholder"), (10, "'c.d' is not a placeholder")],
        ),
        ("`{{ b }}`", [(1, "'b' is not a placeholder")]),
        (f"`{APPLICATION}`", [(1, "the application cannot be in code. Write it as text.")]),
        (f"    {APPLICATION}", [(4, "the application cannot be in code")]),
        ("a {{ with dc }}\n\n{{ end }}", [(2, ALONE)]),
        ("- {{ with dc }}\n\n{{ end }}", [(2, ALONE)]),
        ("> {{ with dc }}\n\n{{ end }}", [(2, ALONE)]),
        ("### {{ with dc }}\n\n{{ end }}", [(4, ALONE)]),
        ("{{ with dc }}\n{{ end }}", [(0, ALONE), (14, ALONE)]),
        ("a {{ table clouds: name }}", [(2, ALONE)]),
        ("`{{ table clouds: name }}`", [(1, ALONE)]),
        ("{{ with dc }}", [(0, NO_END)]),
        ("{{ end }}", [(0, NOTHING_OPEN)]),
        ("{{ with dc }}\n\n{{ end }}\n\n{{ end }}", [(26, NOTHING_OPEN)]),
        ("{{ with dc }}\n\n{{ without dc }}\n\n{{ end }}", [(15, NO_NEST)]),
        (
            "{{ with dc }}\n\n{{ with dc }}\n\n{{ end }}\n\n{{ end }}",
            [(15, NO_NEST), (41, NOTHING_OPEN)],
        ),
        ("a {{ dc.name }}", [(2, NEEDS_WITH)]),
        ("{{ without dc }}\n\n{{ dc.name }}\n\n{{ end }}", [(18, NEEDS_WITH)]),
        ("{{ with dc }}\n\n{{ else }}\n\n{{ dc.name }}\n\n{{ end }}", [(27, NEEDS_WITH)]),
        ("{{ without dc }}\n\n{{ else }}\n\n{{ dc.name }}\n\n{{ end }}", []),
        ("{{ else }}", [(0, NOTHING_OPEN)]),
        (
            "{{ with dc }}\n\n{{ else }}\n\n{{ else }}\n\n{{ end }}",
            [(27, "this section already has an {{ else }}")],
        ),
        ("a {{ if deadlines.a passed }}\n\n{{ end }}", [(2, ALONE)]),
        ("{{ if deadlines.a passed }}", [(0, NO_END)]),
        ("{{ if deadlines.a over }}", [(0, "write a condition as 'if deadlines.id passed'")]),
        ("{{ with dc }}\n\n{{ end }}\n\n{{ dc.name }}", [(26, NEEDS_WITH)]),
        ("[a](b) \\{\\{ c }}", []),
        ("{ { a } }", []),
        ("}} a {", []),
        ("", []),
        (f"[a](b {VALUE}", [(6, NOT_HERE)]),
        (f"[a](b\n\n{VALUE}", []),
    ],
)
def test_a_placeholder_that_cannot_stand_there_is_a_fault_at_its_first_brace(text, faults):
    found = find(text)

    assert [at for at, _ in found] == [at for at, _ in faults]
    assert all(
        message.startswith(expected)
        for (_, message), (_, expected) in zip(found, faults, strict=True)
    )


@given(st.text(st.sampled_from('{}` \n[]()a.|-#>\\!"<*_~=:&1'), max_size=40))
def test_every_pair_of_braces_is_a_slot_or_a_fault(text):
    template = parse_template(text)

    starts = {slot.start for slot in template.slots} | {at for at, _ in template.faults}
    braces = {slot.start for slot in template.slots if isinstance(slot.placeholder, Braces)}
    assert bool(starts - braces) == ("{{" in text)
    assert all(text.startswith("{{", at) for at in starts - braces)
    assert all(text.startswith("\\{\\{", at) for at in braces)


def test_what_is_shown_is_cited():
    template = parse_template(
        f"{VALUE} `{{{{ oauth-clients.g.client_id }}}}` {APPLICATION}\n\n"
        "{{ table clouds: name; support = supported }}\n\n{{ table unknown: a }}\n\n"
        "{{ with dc }}\n\n{{ dc.name }}\n\n{{ end }}\n\n"
        "{{ if deadlines.a passed }}\n\na\n\n{{ end }}\n\n{{ deadlines.b.state }}\n\n"
        "{{ table deadlines: title, applies_to; state = passed; group by precision }}\n"
    )

    assert template.faults == ()
    assert template.cite(COLLECTIONS) == {
        Citation("clouds", "a", ("name",)),
        Citation("oauth-clients", "g", ("client_id",)),
        Citation("data-centers", None, ("name",)),
        Citation(
            "clouds",
            None,
            ("name", "data_center", "effective_from", "effective_until", "sample"),
            (("support", "supported"),),
        ),
        Citation("deadlines", "a", ("happens_on", "precision")),
        Citation("deadlines", "b", ("happens_on", "precision")),
        Citation(
            "deadlines",
            None,
            (
                *("title", "applies_to", "precision", "happens_on"),
                *("data_center", "effective_from", "effective_until", "sample"),
            ),
        ),
        Citation("clouds", None, ("name",)),
    }
