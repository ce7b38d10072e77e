"""A text that is not YAML: the fault shows the line that repairs it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.sources.located_yaml import parse_yaml

SHOWN = re.compile(r" Change line (\d+) to `(.*)`\.$", re.DOTALL)


def follow(text: str) -> str:
    """*text* with the line that its first fault shows."""
    number, line = SHOWN.search(parse_yaml(text).faults[0][1]).groups()
    lines = text.split("\n")
    return "\n".join([*lines[: int(number) - 1], line, *lines[int(number) :]])


def repair(text: str) -> str:
    """*text* after every fault has been followed, the first one first."""
    for _ in range(9):
        if not parse_yaml(text).faults:
            break
        text = follow(text)
    assert parse_yaml(text).faults == []
    return text


@pytest.mark.parametrize(
    ("line", "repaired"),
    [
        ("a: Exchange: which version?", 'a: "Exchange: which version?"'),
        ('a: "Exchange: which version?', 'a: "Exchange: which version?"'),
        ("a: 'it''s", 'a: "it\'s"'),
        ("a: 'O'Brien'", 'a: "O\'Brien"'),
        ('a: say "hi": go', "a: 'say \"hi\": go'"),
        ('a: "say "hi""', "a: 'say \"hi\"'"),
        ('a: "C:\\path"', "a: 'C:\\path'"),
        ("a: @here", 'a: "@here"'),
        ("a: `code`", 'a: "`code`"'),
        ("a: %20", 'a: "%20"'),
        ("a: *all", 'a: "*all"'),
        ("a: &all", 'a: "&all"'),
        ("a: !important text", 'a: "!important text"'),
        ("a: [Draft] What?", 'a: "[Draft] What?"'),
        ("a: {id} is what?", 'a: "{id} is what?"'),
        ("a: [b, c", "a: [b, c]"),
        ("a: > 5 days", 'a: "> 5 days"'),
        ("a: |x", 'a: "|x"'),
        ("a: - b", 'a: "- b"'),
        ("a: ? b", 'a: "? b"'),
        ("a:b", "a: b"),
        ("\ta: b", "a: b"),
        (" a: b", "a: b"),
        ("a:\u00a0b", "a: b"),
        ("a\uff1ab", "a: b"),
        ("a = b", "a: b"),
        ("- a", None),
    ],
)
def test_the_shown_line_repairs_the_text(line, repaired):
    text = f"id: x\n{line}\nposition: 1\n"

    after = repair(text)

    assert repaired is None or after == f"id: x\n{repaired}\nposition: 1\n"


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("items:\n  - id: a\n   t: 1\n", "items:\n  - id: a\n    t: 1\n"),
        ("items:\n  - id: a\n     t: 1\n", "items:\n  - id: a\n    t: 1\n"),
        ("items:\n  - id:a\n    t: 1\n", "items:\n  - id: a\n    t: 1\n"),
        ("items:\n\t- id: a\n\t  t: 1\n", "items:\n  - id: a\n    t: 1\n"),
        ("items:\n  - id: a\n\tt: 1\n    u: 1\n", "items:\n  - id: a\n    t: 1\n    u: 1\n"),
        ("items:\n  - id: a\n\tt: 1\n\tu: 1\n", "items:\n  - id: a\n    t: 1\n    u: 1\n"),
        ("a:\n\u00a0\u00a0- b: 1\n    c: 1\n", "a:\n  - b: 1\n    c: 1\n"),
        ("a: first\nsecond\nb: 1\n", "a: first\n  second\nb: 1\n"),
        ("a:\n  - x\n  -y\nb: 1\n", "a:\n  - x\n  - y\nb: 1\n"),
        ("a: b: c\nd: @e\nf: 'g\n", 'a: "b: c"\nd: "@e"\nf: "g"\n'),
    ],
)
def test_the_shown_lines_repair_the_text_one_after_the_other(text, repaired):
    assert repair(text) == repaired


@given(st.text("aB :#-'\"\\[]{}&*!|>%@`,?é", min_size=1, max_size=12))
def test_a_shown_line_always_removes_its_fault(value):
    text = f"id: x\na: {value}\nposition: 1\n"

    faults = parse_yaml(text).faults

    if faults and SHOWN.search(faults[0][1]):
        assert faults[0] not in parse_yaml(follow(text)).faults


@pytest.mark.parametrize(
    "text", ["a: text that\n  goes on: here\n", "a: text.\n  Note: this\n", "words\na: 1\n"]
)
def test_a_line_that_nothing_repairs_is_explained(text):
    ((_, message),) = parse_yaml(text).faults

    assert message.endswith("in quotes, or write it on separate lines below '>-'.")


@pytest.mark.parametrize(
    ("written", "named"),
    [("\\u200b", "U+200B"), ("\\L", "U+2028"), ("\\_x", "U+00A0"), ("\\bin", "U+0008")],
)
def test_a_backslash_that_hides_a_character_is_a_fault(written, named):
    ((place, message),) = parse_yaml(f'a: "C:{written}"\n').faults

    assert place == (1, 4)
    assert named in message
    assert parse_yaml(f"a: 'C:{written}'\n").faults == []


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: b\u200bc\n", (1, 5)), ("a: |\n  b\n  \u202ec\n", (3, 3)), ("a\u00ad: b\n", (1, 2))],
)
def test_an_invisible_character_is_named_where_it_is(text, place):
    ((found, message),) = parse_yaml(text).faults

    assert found == place
    assert re.match(
        r"the invisible character U\+[0-9A-F]{4} [A-Z -]+ is not allowed\. Delete it\.", message
    )
