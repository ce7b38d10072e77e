"""What looks like a list, a table, a path or an address in the file is one for readers, too."""

import pytest

from content.authoring.check_markdown import check_markdown


def check(text: str) -> list[tuple[int, str]]:
    return list(check_markdown(text, has_target=lambda _: True))


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        *(
            (f"Steps:\n{first}a\n{second}b", 7, "these lines are shown as one line. For a list")
            for first, second in (
                ("\u2022 ", "\u2022 "),
                ("\u2022\t", "\u2022\t"),
                ("\u2013 ", "\u2013 "),
                ("\u2705 ", "\u2705 "),
                ("-", "-"),
                ("1.", "2."),
                ("2. ", "3. "),
                ("(1) ", "(2) "),
                ("a) ", "b) "),
                ("i. ", "ii. "),
            )
        ),
        ("a\tb\n1\t2", 0, "these lines are shown as one line. For a table"),
        ("See\n\n\\\\server\\share", 5, "this backslash is not shown. Write '\\\\' for each"),
        ("C:\\*.log", 2, "this backslash is not shown"),
        ("%APPDATA%\\.x", 9, "this backslash is not shown"),
        ("C:\\Users\\[name]", 8, "this backslash is not shown"),
        ("\\d+\\.\\w", 3, "this backslash is not shown"),
        ("a\n\ufffd", 2, "U+FFFD replaces a character that was lost"),
        ("a\n\n###\n\nb", 3, "this heading is empty"),
        ("- a\n-\n- b", 4, "this list item is empty"),
        (
            "a [https://a.b/c](https://d.e)",
            2,
            "the link text is 'https://a.b/c' but the link opens",
        ),
        (
            "[a@b.c](mailto:d@b.c)",
            0,
            "the link text is 'a@b.c' but the link opens 'mailto:d@b.c'",
        ),
    ],
)
def test_what_would_be_taken_otherwise_is_a_fault_where_it_begins(text, offset, message):
    found = check(text)

    assert [found[0][0], found[0][1][: len(message)]] == [offset, message]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "\u2022 a",
            "\u2022 a  \n\u2022 b",
            "a \u2013 b\nc \u2013 d",
            "a\tb",
            "a\n-b",
            "1.5\n2.5",
        ),
        *(
            "\\\\\\\\server\\share",
            "C:\\\\\\*.log",
            "C:\\path\\new",
            "DOMAIN\\\\user",
            "a\\_b 2\\*3",
        ),
        *("`C:\\*.log`", "[a.b](https://c.d)", "[https://a.b/c](https://A.b/d)", "<a@b.c>"),
        "[a@b.c](mailto:a@b.c)",
    ],
)
def test_what_is_taken_as_it_looks_is_none(text):
    assert check(text) == []


@pytest.mark.parametrize("text", ["\\\\server\\share", "C:\\*.log", "C:\\Users\\[name]\\.ssh"])
def test_a_path_between_backticks_has_no_fault(text):
    assert check(text)
    assert check(f"`{text}`") == []
