"""What an editor writes is what readers get, or a fault says where and what to write."""

import re
from cProfile import Profile
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.authoring.check_markdown import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_LINES,
    MAX_MARKS,
    MAX_NESTING,
    MAX_WORD,
    check_markdown,
)
from content.text.markdown import render_markdown

WIDE = "\u00a0"
#: What markup explains: an address, a number of a list, the language of code, an entity.
EXPLAINED = re.compile(
    r"(?<=\])\([^()\s]*\)|(?<=\])\(<[^<>\n]*>\)"
    r"|^(?:[ \t>*+-]|[0-9]{1,9}[.)][ \t])*[0-9]{1,9}[.)](?=[ \t]|$)"
    r"|^[ >*+-]*(?:```+|~~~+)[\w+#.-]*$|&#?\w+;",
    re.MULTILINE,
)
PIECES = st.sampled_from(
    [
        *("word", "two words", "é", "日本", "7", "x_y_z", "*em*", "**strong**", "_em_", "~~gone~~"),
        *("`code`", "``a ` b``", "[link](https://a.b/c)", "[x](<https://a.b>)", "<https://a.b>"),
        *(
            "[a][b]",
            "[b]: https://a.b",
            "[^1]",
            "[^1]: note",
            "![alt](https://a.b)",
            "[",
            "]",
            "(",
            ")",
        ),
        *(
            "*",
            "**",
            "_",
            "`",
            "~~",
            "<",
            ">",
            "&amp;",
            "&nbsp;",
            "&zwj;",
            "&copy;",
            "&",
            "\\",
            "|",
        ),
        *("<b>", "<!-- no -->", "<details>", "\\*", "\\[", "\\`", "{{ clouds.a.name }}", "\\{\\{"),
        *(
            "\n",
            "\n\n",
            "  \n",
            " ",
            "\t",
            WIDE,
            "- ",
            "* ",
            "1. ",
            "2. ",
            "1) ",
            "> ",
            "    ",
            "  ",
        ),
        *(
            "## ",
            "##",
            "# ",
            "===",
            "---",
            "***",
            "```",
            "```text",
            "~~~",
            "\n```\n",
            "- [ ] ",
            "#",
        ),
        *("| a | b |\n", "| --- | --- |\n", "|---|\n", "| c |\n", "| `d|e` | f |\n", "\\|", ": "),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=14).map("".join)


class Reading(HTMLParser):
    """The text of HTML, that of code apart."""

    def __init__(self, html: str):
        super().__init__()
        self.text, self.outside, self._depth = "", "", 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, _attrs):
        self._depth += tag == "code"

    def handle_endtag(self, tag):
        self._depth -= tag == "code"

    def handle_data(self, data):
        self.text += data
        self.outside += "x" if self._depth else data


def check(text: str) -> list[tuple[int, str]]:
    return list(check_markdown(text, has_target=lambda address: address.startswith("https://")))


def list_letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


def contains_in_order(shown: str, written: str) -> bool:
    letters = iter(shown)
    return all(letter in letters for letter in written)


def assert_law(text: str) -> None:
    html, plain = render_markdown(text)
    reading = Reading(html)
    written = list_letters(EXPLAINED.sub("", text))
    assert contains_in_order(list_letters(reading.text), written)
    assert contains_in_order(list_letters(plain), written)
    if "\\" not in text:
        assert not re.search(r"\]\(|\]\[|\[\^|\*\*|~~|`", reading.outside)


@settings(max_examples=settings.default.max_examples * 20)
@given(TEXTS)
def test_what_has_no_fault_is_shown_whole_and_in_order(text):
    if not check(text):
        assert_law(text)


@given(TEXTS)
def test_a_fault_is_within_the_text(text):
    for offset, message in check(text):
        assert 0 <= offset <= len(text)
        assert message.endswith(".")


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("a ![Where](https://a.b/c.png)", 2, "images are not shown"),
        ("[a](https://x/a b.pdf)", 2, "these brackets do not make a link"),
        ("[b][missing]", 2, "these brackets do not make a link"),
        ("- a\n- [c](https://x/a(b)", 8, "these brackets do not make a link"),
        ("a []( https://x/)", 3, "this link has no text"),
        ("[*a*](https://x 'b')", 0, "link titles are not shown in all formats"),
        (
            "| a | b |\n|---|---|\n| `x|y` | z |",
            20,
            "this row has 3 cells but the table has 2 columns",
        ),
        ("| a | b |\n|---|---|\n| z |", 20, "this row has 1 cells but the table has 2 columns"),
        ("| a | b |\n|---|---|\n| z | y |\nmore", 30, "this row has 1 cells but the table has 2"),
        (
            "> | a | b |\n> |---|---|\n> | z |",
            24,
            "this row has 1 cells but the table has 2 columns",
        ),
        ("a\n\n| a |\n| --- | --- |\n| b |", 3, "this table row is shown as text"),
        ("a | b\n--- | --- | ---", 6, "this table row is shown as text"),
        *(
            (
                f"a\n\n{mark}{WIDE}b",
                3 + len(mark),
                "U+00A0 NO-BREAK SPACE is not a space in Markdown",
            )
            for mark in ("###", "-", "*", "+", "1.", "12)", ">", "- -", "> ###", "")
        ),
        ("###a", 0, "this is shown as text, not as a heading. Add a space after '###'"),
        ("### ### a", 4, "'###' has no effect here and is shown"),
        ("### C #", 6, "'#' at the end of a heading is not shown"),
        ("a &zwj; b", 2, "'&zwj;' is U+200D ZERO WIDTH JOINER, which is invisible"),
        ("a &#x202e;b", 2, "'&#x202e;' is U+202E RIGHT-TO-LEFT OVERRIDE, which is invisible"),
        ("a&nbsp;b", 1, "'&nbsp;' is U+00A0 NO-BREAK SPACE. Write a plain space"),
        ("a &#0; b", 2, "'&#0;' is U+FFFD REPLACEMENT CHARACTER"),
        (
            "a\u200bb",
            1,
            "the invisible character U+200B ZERO WIDTH SPACE is not allowed. Delete it.",
        ),
        (
            "`a\u202e`",
            2,
            "the invisible character U+202E RIGHT-TO-LEFT OVERRIDE is not allowed. Delete it.",
        ),
        ("\r### a\rb", 0, "the invisible character U+000D is not allowed. Delete it."),
        ("1. a\n3. b", 5, "this item is shown as 2. Number the list without gaps"),
        ("a\n\n    b", 3, "four leading spaces make this a code block"),
        ("a\n\n\tb", 3, "four leading spaces make this a code block"),
        ("a\n\n```\nb\n\nc", 3, "this code block is not closed. Add a line '```'"),
        ("```text and more\na\n```", 0, "this is not shown. Write only the name of a language"),
        ("a\n\n[note]: lost", 3, "link definitions '[…]: …' are not shown"),
        (
            "[a]\n\n[a]: https://a.b\n[A]: https://c.d",
            5,
            "link definitions '[…]: …' are not shown",
        ),
        ("a[^1]", 1, "footnotes are not supported"),
        ("- [ ] a", 2, "task lists are not supported"),
        ("a ~~ b", 2, "'~~' has no effect here and is shown"),
        ("a ** b ** c", 2, "'*' has no effect here and is shown"),
        ("a ` b", 2, "'`' has no effect here and is shown"),
        ("2*3*4", 1, "'*' inside a word starts or ends emphasis and is not shown"),
        ("a __init__", 2, "use '**' for bold, or put a name that contains '__' in backticks"),
        ("[a](https://b/?c&amp;d)", 17, "'amp;d)' is not shown here"),
        (
            f"{'> ' * (MAX_NESTING + 1)}a",
            0,
            "lists and quotes are nested 5 levels deep. Use at most 4",
        ),
        ("[a](javascript:alert)", 0, "the link 'javascript:alert' has no target"),
        ("[a](https:/e.com)", 0, "the link 'https:/e.com' has no target"),
        (
            "[a](HTTP://u:p@e.com)",
            0,
            "the link 'HTTP://u:p@e.com' has no target. Delete '@'",
        ),
        ("[a](http://e.com)", 0, "the link 'http://e.com' has no target. Copy the URL"),
        (
            "[a](mailto:a@b.c?subject=d)",
            0,
            "the link 'mailto:a@b.c?subject=d' has no target. Write mailto: and",
        ),
        ("[a](#b)", 0, "the link '#b' has no target. Links to a place in an answer"),
        (
            "[a](www.e.com/x)",
            0,
            "the link 'www.e.com/x' has no target. Write 'https://' before it",
        ),
        ("a [b] (https://e.com)", 4, "these brackets do not make a link. Delete the space"),
        ("<ftp://a.b>", 0, "the link 'ftp://a.b' has no target"),
    ],
)
def test_what_would_be_lost_or_changed_is_a_fault_where_it_stands(text, offset, message):
    found = check(text)

    assert found[0][0] == offset
    assert found[0][1].startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "[a] and [sic]",
            "\\[a\\](b)",
            "#tag and # 1",
            "5 * 3 = 15",
            "a_b_c _d_",
            "a < b > c",
            "AT&T",
        ),
        *(
            "1. a\n1. b\n1. c",
            "3. a\n4. b",
            "1. a\n\n   b\n2. c",
            "- a\n  - b\n    1. c",
            "1986\\. a",
        ),
        *(
            "| a |\n| - |\n| \\| `\\|` |",
            "a | b\n--- | ---\nc | d\n",
            "| a |  |\n|---|---|\n|  | b |",
        ),
        *(
            f"```sh\n[a](b) ** ~~ {WIDE}\n```",
            "~~~\n```\n~~~",
            "> ```\n> a\n> ```",
            "`[a](b c)` ``a`b``",
        ),
        *(
            "**a:** b",
            "***a***",
            "~~a~~",
            "a  \nb\\\nc",
            "&lt;b&gt; &copy; &eacute;",
            "a\n\n* * *\n\nb",
        ),
        *(
            f"a{WIDE}b",
            "10 %",
            "{{ clouds.a_b.name }}",
            "\\{\\{ x }} `\\{\\{ x }}`",
            "<https://a.b/c>",
        ),
        *(
            "### a #1",
            "### a \\#",
            "> > a",
            "x\n\n- a\n1. b\n",
            "\u65e5\u672c\u8a9e**\u592a\u5b57**\u3067\u3059",
            "\U0001f469\u200d\U0001f4bb",
            "\u0645\u06cc\u200c\u062e",
        ),
    ],
)
def test_what_is_shown_as_it_is_written_is_none(text):
    assert check(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (
            "a" * (MAX_CHARACTERS + 1),
            f"has {MAX_CHARACTERS + 1} characters, more than {MAX_CHARACTERS}.",
        ),
        ("\n" * (MAX_LINES + 1), f"has {MAX_LINES + 1} lines, more than {MAX_LINES}."),
        ("[" * (MAX_MARKS + 1), f"has {MAX_MARKS + 1} marks such as '[', '*' and '`', more than"),
        (
            f"{'| ' * 1501}|\n{'|- ' * 1501}|\n{'| ' * 1501}|",
            f"have 3002 cells, more than {MAX_CELLS}.",
        ),
        (f"a {'b' * (MAX_WORD + 1)} c", f"{MAX_WORD + 1} characters without a space, more than"),
        ("- " * 5000 + "a", "lists and quotes are nested 5 levels deep. Use at most 4 levels."),
    ],
)
def test_an_answer_beyond_the_bounds_is_a_fault_that_names_the_bound(text, bound):
    assert bound in check(text)[0][1]


@pytest.mark.parametrize(
    "unit",
    ["[", "*", "![", "[*", "*[", "*_", "[a](", "[a][", "`a", "<a", "<https://a.b>", "~~a", "a "],
)
def test_the_worst_answer_within_the_bounds_takes_few_steps(unit):
    marks = len(re.findall(r"[\[\]*_~!<`]", unit)) or 1
    text = unit * min(MAX_MARKS // marks, MAX_CHARACTERS // len(unit))
    text = re.sub("(.{900})", r"\1 ", text)[:MAX_CHARACTERS]
    text += " x" * ((MAX_CHARACTERS - len(text)) // 2)
    assert not any("more than" in message for _, message in check(text))

    profile = Profile(builtins=False)
    profile.runcall(render_markdown.__wrapped__, text)

    # A call takes about a quarter of a microsecond, so this is less than a tenth of a second.
    assert sum(entry.callcount for entry in profile.getstats()) < 250_000
