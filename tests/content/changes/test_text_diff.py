"""Two texts side by side: what is shown makes each of them again."""

from hypothesis import given
from hypothesis import strategies as st

from content.changes.text_diff import compare_texts

TEXTS = st.lists(st.sampled_from(["a b c", "a b d", "", "x", "- y z"]), max_size=8).map("\n".join)


def write(passages, *kinds):
    return "".join(p.text for passage in passages for p in passage if p.kind in kinds)


@given(TEXTS, TEXTS)
def test_what_went_is_of_the_first_and_what_came_of_the_second(before, after):
    passages = compare_texts(before, after)

    assert write(passages, "gone", "same").split() in (before.split(), *_parts(before))
    assert write(passages, "come", "same").split() in (after.split(), *_parts(after))
    assert (passages == []) == (before.splitlines() == after.splitlines())


def _parts(text):
    """The words of each choice of lines, of which passages show one."""
    chosen = [[]]
    for line in text.splitlines():
        chosen += [[*words, *line.split()] for words in chosen]
    return chosen


def test_of_a_line_only_the_words_that_differ_are_marked():
    (passage,) = compare_texts("one\nThe port is 443 here.\n", "one\nThe port is 8443 here.\n")

    assert [(piece.kind, piece.text) for piece in passage] == [
        ("same", "one\n"),
        ("same", "The port is "),
        ("gone", "443 "),
        ("come", "8443 "),
        ("same", "here.\n"),
    ]


def test_lines_far_from_a_change_are_left_out():
    text = "".join(f"{number}\n" for number in range(20))

    passages = compare_texts(f"a\n{text}b\n", f"c\n{text}d\n")

    assert [write([passage], "same") for passage in passages] == ["0\n", "19\n"]


def test_texts_that_have_nothing_in_common_and_no_end_are_compared_in_time():
    before, after = " ".join(map(str, range(50_000))), " ".join(map(str, range(50_000, 100_000)))

    (passage,) = compare_texts(before, after)

    assert [piece.text for piece in passage] == [f"{before}\n", f"{after}\n"]
