"""Markdown in, HTML and plain text out."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from content.text.markdown import (
    _ATTRIBUTES,
    _PARSER,
    _TAGS,
    keeps_address,
    parse_markdown,
    render_markdown,
)
from tests.markdown import render_html, render_text

PIECES = st.sampled_from(
    [
        *(
            "<script>",
            "</script>",
            "<img src=x onerror=a()>",
            "javascript:",
            "[a](",
            "](",
            ")",
            "<",
        ),
        *(
            "![",
            "&lt;script&gt;",
            "&#x6a;avascript:a",
            "data:text/html,",
            "<svg/onload=a>",
            '" onx="',
        ),
        *(
            "`",
            "```",
            "\n",
            "\n\n",
            "    ",
            "- ",
            "1. ",
            "> ",
            "# ",
            "|",
            "---",
            "**",
            "~~",
            "\\",
            "a",
        ),
        *(
            "vbscript:",
            "<a href='",
            "https://a.b",
            "\x00",
            "[a]: ",
            "'",
            '"',
            "<!--",
            "-->",
            "]]>",
            " ",
        ),
    ]
)


class Inspector(HTMLParser):
    """Notes every tag and attribute, as a browser would see them."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.depth += tag not in ("br", "hr")
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, _tag):
        self.depth -= 1


@settings(max_examples=settings.default.max_examples * 3)
@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
@example("[a](javascript:alert(1))")
@example("<https://a.b/\"onclick='a()'>")
@example("[a](https://b 'c\" onclick=\"d')")
def test_no_markdown_becomes_a_script_or_a_handler(markdown):
    seen = Inspector(render_html(markdown))

    assert seen.tags <= _TAGS
    assert seen.depth == 0
    for tag, name, value in seen.attributes:
        assert name in _ATTRIBUTES.get(tag, ()) or (tag, name) == ("a", "rel")
        if name == "href" and re.match(r"[\s\x00-\x20]*[a-z][a-z0-9+.-]*:", value, re.IGNORECASE):
            assert value.lower().startswith(("https:", "http:", "mailto:"))


@settings(max_examples=settings.default.max_examples * 3)
@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
def test_any_markdown_can_be_read_as_text(markdown):
    assert render_text(markdown) == render_text(markdown).strip("\n")
    assert [token for token in parse_markdown(markdown) if token.type.startswith("html")] == []


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a\nb", "<p>a\nb</p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>"),
        ("### a", "<h3>a</h3>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("0. a\n1. b", '<ol start="0">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("[a](https://b)", '<p><a href="https://b" rel="noopener noreferrer">a</a></p>'),
        ("[a](/v1/faqs/b)", '<p><a href="/v1/faqs/b" rel="noopener noreferrer">a</a></p>'),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
        ("[a](data:image/png;base64,b)", '<p><a rel="noopener noreferrer">a</a></p>'),
        ("![a *b* <c>](https://b/c.png)", "<p>a b &lt;c&gt;</p>"),
        ("```js\na\n```", "<pre><code>a\n</code></pre>"),
        ("| a |\n| :-: |", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>"),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_semantic_html(markdown, html):
    assert render_html(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a\nb", "a b"),
        ("a  \nb", "a\nb"),
        ("a\n\nb", "a\n\nb"),
        ("*a* **b** `c` ~~d~~", "a b c ~~d~~"),
        ("a \\* b &amp; c", "a * b & c"),
        ("### a *b*\n\nc", "a b\n---\n\nc"),
        ("[a](https://b)", "a (https://b)"),
        ("<https://b>", "https://b"),
        ("<a@b.example>", "a@b.example"),
        ("[*a* b](https://c) d", "a b (https://c) d"),
        ("- a\n- b", "- a\n- b"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("0. a\n1. b", "0. a\n1. b"),
        ("- a\n  - b\n- c", "- a\n   - b\n- c"),
        ("- a\n\n  b\n- c", "- a\n  b\n- c"),
        ("- a  \n  b", "- a\n  b"),
        ("1. a\n   - b\n     - c\n2. d", "1. a\n   - b\n      - c\n2. d"),
        ("1. - 2. a\n2. b", "      1. - 2. a\n2. b"),
        ("-\n- a", "- a"),
        ("> a\n>\n> b", "a\nb"),
        ("    a\n     b\n\nc", "    a\n     b\n\nc"),
        ("```\na\n\nb\n```", "    a\n    \n    b"),
        ("- a\n\n  ```\n  b\n  ```", "- a\n    b"),
        ("| a | b |\n| --- | --- |\n| long | |\n| c | d |", "a     b\n----  -\nlong\nc     d"),
        (
            f"| a | b |\n| --- | --- |\n| c | {'d' * 90} |\n| | e |",
            f"- a: c\n  b: {'d' * 90}\n- b: e",
        ),
        ("- a\n\n  | b |\n  | --- |\n  | c |", "- a\n  b\n  -\n  c"),
        ("a\n\n---\n\nb", "a\n\n--------------------\n\nb"),
        ("", ""),
    ],
)
def test_markdown_becomes_text_that_reads_well(markdown, text):
    assert render_text(markdown) == text


def find_placeholders(markdown: str) -> list[str]:
    tokens = parse_markdown(markdown)
    return [c.content for t in tokens for c in t.children or () if c.type == "placeholder"]


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("a {{ b }} c{{d}}", [" b ", "d"]),
        ("*{{ a }}*", [" a "]),
        ("{{ a*b }} *c*", [" a*b "]),
        ("{{ a_b_c }}", [" a_b_c "]),
        ('{{ a "<b>" }}', [' a "<b>" ']),
        ("`{{ a }}`", []),
        ("{{ a", []),
        ("[{{ a }}](b)", [" a "]),
        ("[a](b{{c}}d)", []),
        ("*{{ a* }}", [" a* "]),
    ],
)
def test_a_placeholder_outside_code_is_a_token_of_its_own(markdown, found):
    assert find_placeholders(markdown) == found


def test_a_thousand_levels_are_no_trouble():
    assert render_html("> " * 5000 + "a").startswith("<blockquote>")
    assert render_text("> " * 5000 + "a") == render_text("- " * 5000 + "a") == ""
    assert render_html("[" * 5000 + "*" * 5000).startswith("<p>")


@given(st.sampled_from("\\`~*_[!<&{\n").flatmap(lambda mark: st.text(f"a ](;){mark}", max_size=12)))
@example("~~a~~")
@example("&amp;")
@example("<https://a.b>")
def test_text_without_marks_becomes_the_tokens_that_the_whole_parser_makes(text):
    plain = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])

    assert [token.as_dict() for token in _PARSER.parse(text)] == [
        token.as_dict() for token in plain.parse(text)
    ]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        *(("https://a.b:443/c", True), ("mailto:a@b.c", True), ("https://\u4f8b.jp/\u00fc", True)),
        *(("https://a.b:99999/", False), ("https://256.1.1.1/", False), ("ftp://a.b", False)),
    ],
)
def test_an_address_that_no_link_can_have_is_known(address, kept):
    assert keeps_address(address) == kept
    assert ("href" in render_markdown(f"[a]({address})")[0]) == kept
