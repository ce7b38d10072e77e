"""YAML in, values and places out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.sources.located_yaml import parse_yaml
from schemas.characters import find_invisible

WORDS = st.text(st.characters(codec="utf-8"), max_size=20).filter(
    lambda text: not any(find_invisible(text))
)
SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: true", True),
        ("a: false", False),
        ("a: null", None),
        ("a: ~", None),
        ("a:", None),
        ("a: 0", 0),
        ("a: -12", -12),
        ("a: 123456789012345678", 123456789012345678),
        *(
            (f"a: {word}", word)
            for word in ("yes", "No", "on", "True", "NULL", "1.5", "010", "1_0")
        ),
        *((f"a: {word}", word) for word in ("0x1F", "0o17", "+1", ".5", "1e3", ".inf", "12:30:45")),
        *((f"a: {word}", word) for word in ("2026-11-22", "2026-02-30", "1.10", "<<", "=")),
        ("a: \u0661\u0662", "\u0661\u0662"),
        ("a: 1234567890123456789", "1234567890123456789"),
        ("a: '1'", "1"),
        ('a: "true"', "true"),
        ("a: ''", ""),
        ("a: |\n  1\n", "1\n"),
        ("a: >-\n  b\n  c\n", "b c"),
        ('a: "\\u00e9\\t"', "é\t"),
        ("a: [1, b, ]", [1, "b"]),
        ("a: {}", {}),
        ("a: b#c # d", "b#c"),
    ],
)
def test_a_scalar_is_text_unless_it_is_one_of_few_words_or_an_integer(text, value):
    located = parse_yaml(text)

    assert located.faults == []
    assert located.value == {"a": value}
    assert type(located.value["a"]) is type(value)


@given(VALUES)
def test_what_is_written_as_json_is_read_as_it_was(value):
    located = parse_yaml(json.dumps(value, ensure_ascii=False))

    assert located.faults == []
    assert located.value == value


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), SCALARS, min_size=1),
    st.integers(1, 99),
)
def test_keys_and_values_are_where_they_were_written(fields, first_line):
    lines = [f"  {key}:  {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]

    located = parse_yaml("\n".join(lines), first_line=first_line)

    for line, key in enumerate(fields, start=first_line):
        assert located.find_position((key,), of_key=True) == (line, 3)
        assert located.find_position((key,)) == (line, len(key) + 6)


def test_places_go_down_into_lists_and_fields():
    located = parse_yaml("items:\n  - id: a\n    ports: [1, 22]\n  -   id: b\n")

    assert located.values[("items", 0)] == (2, 5)
    assert located.values[("items", 0, "ports", 1)] == (3, 16)
    assert located.keys[("items", 1, "id")] == (4, 7)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("a", "b"), (2, 6)),
        (("a", "b", "c"), (2, 6)),
        (("a", "x"), (2, 3)),
        (("x",), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_what_is_missing_is_where_the_nearest_thing_around_it_is(path, place):
    assert parse_yaml("a:\n  b: c\n").find_position(path) == place


def test_a_key_that_is_missing_is_where_the_value_around_it_is():
    located = parse_yaml("a:\n  b: c\n")

    assert located.find_position(("a",), of_key=True) == (1, 1)
    assert located.find_position(("a", "x"), of_key=True) == (2, 3)


def test_columns_count_letters_and_not_bytes():
    located = parse_yaml("é: {😀: 1, b: 2}\n")

    assert located.keys[("é", "b")] == (1, 11)


@pytest.mark.parametrize("text", ["", "\n\n", "# Nothing.\n", "---\n"])
def test_an_empty_text_has_no_value_and_no_fault(text):
    located = parse_yaml(text)

    assert (located.value, located.faults) == (None, [])
    assert located.find_position(("a",)) == (1, 1) or located.values[()] is not None


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("a: b\n\tc: d\n", (2, 1), "this is not valid YAML: found a tab"),
        (
            "a:\n\t- b\n",
            (2, 1),
            "this is not valid YAML: found character that cannot start any token",
        ),
        ("a: [1,\n", (2, 1), "this is not valid YAML: did not find expected node content"),
        (
            "a: 'x\n",
            (1, 4),
            "this is not valid YAML: found unexpected end of stream. Put the text in",
        ),
        ("a: b: c\n", (1, 5), "this is not valid YAML: mapping values are not allowed"),
        ("a: b\n c\nd\n", (4, 1), "this is not valid YAML: could not find expected ':'"),
        (
            "a: @b\n",
            (1, 4),
            "this is not valid YAML: found character that cannot start any token",
        ),
        (
            "a: `b`\n",
            (1, 4),
            "this is not valid YAML: found character that cannot start any token",
        ),
        (
            "a: %b\n",
            (1, 4),
            "this is not valid YAML: found character that cannot start any token",
        ),
        ('a: "\\q"\n', (1, 4), "this is not valid YAML: found unknown escape character"),
        ("- a\nb: c\n", (2, 1), "this is not valid YAML: did not find expected '-' indicator"),
        ("a: b\n---\nc: d\n", (2, 1), "a second YAML document starts here"),
        ("a: \x00\n", (1, 4), "the invisible character U+0000 is not allowed. Delete it."),
        (
            "é: a\nb: c\x07d\n",
            (2, 5),
            "the invisible character U+0007 is not allowed. Delete it.",
        ),
        (
            "é: 1\nb: c\u2028d\n",
            (2, 5),
            "the invisible character U+2028 LINE SEPARATOR is not allowed. Delete it.",
        ),
        ("a: b\x85\n", (1, 5), "the invisible character U+0085 is not allowed. Delete it."),
        ("a: 1\rb: 2\n", (1, 5), "this line ends with U+000D CARRIAGE RETURN only. Save the file"),
        ("[" * 21 + "]" * 21, (1, 21), "this is nested too deeply. Use at most 20 levels."),
        ("[" * 100_000, (1, 21), "this is nested too deeply. Use at most 20 levels."),
        ("- " * 100_000, (1, 41), "this is nested too deeply. Use at most 20 levels."),
    ],
)
def test_what_cannot_be_read_is_a_fault_in_its_place(text, place, expected):
    located = parse_yaml(text)

    assert located.value is None
    assert [fault[0] for fault in located.faults] == [place]
    assert located.faults[0][1].startswith(expected)


def test_twenty_levels_are_read():
    assert parse_yaml("[" * 20 + "]" * 20).faults == []


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("a: &x 1\n", {"a": 1}, [(1, 4)]),
        ("&x a: 1\n", {"a": 1}, [(1, 1)]),
        ("a: &x 1\nb: *x\n", None, [(1, 4), (2, 4)]),
        ("a: &x b\n*x : 1\n", None, [(1, 4), (2, 1)]),
        ("a: &x {c: 1}\nb:\n  <<: *x\n", None, [(1, 4), (3, 7)]),
        ("&a [*a]", None, [(1, 1), (1, 5)]),
        ("a: *nowhere\n", None, [(1, 4)]),
    ],
)
def test_anchors_and_aliases_are_faults(text, value, places):
    located = parse_yaml(text)

    expected = "YAML anchors and aliases are not supported. Write out the value."
    assert [place for place, _ in located.faults] == places
    assert all(message.startswith(expected) for _, message in located.faults)
    assert located.value == value


def test_aliases_of_aliases_cost_nothing():
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )

    assert parse_yaml(bomb).value is None


@pytest.mark.parametrize("tag", ["!!str", "!!int", "!!python/object:os.system", "!secret", "!"])
def test_tags_are_faults(tag):
    located = parse_yaml(f"a: {tag} 5\n")

    ((place, message),) = located.faults
    assert place == (1, 4)
    assert message.startswith(f"YAML tags such as '{tag}' are not supported. Delete it.")


def test_a_merge_key_is_a_key_like_any_other():
    assert parse_yaml("<<: {a: 1}\n").value == {"<<": {"a": 1}}


@pytest.mark.parametrize("again", ["a", '"a"', "'a'", "? a\n"])
def test_a_key_given_again_is_a_fault_and_the_first_is_kept(again):
    located = parse_yaml(f"a: 1\nb: 2\n{again}: 3\n")

    line, column = (3, 3) if again.startswith("?") else (3, 1)
    assert located.faults == [
        ((line, column), "duplicate key 'a', also on line 1. Delete one of the two.")
    ]
    assert located.value == {"a": 1, "b": 2}


@pytest.mark.parametrize("key", ["[a]", "{a: 1}"])
def test_a_key_that_is_no_word_is_a_fault(key):
    located = parse_yaml(f"b: 1\n? {key}\n: 2\n")

    assert located.faults == [((2, 3), "a key must be plain text.")]
    assert located.value == {"b": 1}


def test_every_fault_is_noted():
    located = parse_yaml("a: &x 1\na: !t 2\nb: [1, 2\n", first_line=5)

    assert [place for place, _ in located.faults] == [(5, 4), (6, 4), (8, 1)]


def test_a_text_of_a_megabyte_is_read():
    assert parse_yaml(f"a: {'x' * 1_000_000}").value == {"a": "x" * 1_000_000}


@given(st.text(max_size=200) | st.text("ab:-[]{}&*!|>'\"#?,% \n\t", max_size=60))
def test_no_text_makes_the_reader_stumble(text):
    located = parse_yaml(text)

    lines = text.count("\n") + 2
    assert all(1 <= line <= lines and column >= 1 for (line, column), _ in located.faults)
    assert all(message.endswith(".") for _, message in located.faults)
