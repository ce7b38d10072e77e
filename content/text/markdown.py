"""Render Markdown as HTML and plain text. Raw HTML is escaped."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from content.text.placeholders import ESCAPED_BRACES, PLACEHOLDER
from content.text.plain_tables import format_table

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre"),
    *("code", "em", "strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
#: All formats and pages of an answer render the same text.
_KEPT_RENDERED = 128
#: The first characters of all inline markup.
_MARK = re.compile(r"[\n\\`~*_\[!<&{]")
_URL_SCHEMES = {"https", "http", "mailto"}


@lru_cache(maxsize=_KEPT_RENDERED)
def render_markdown(markdown: str) -> tuple[str, str]:
    """Return *markdown* as HTML that is safe to insert into any page, and as plain text.

    In plain text, headings are underlined, lists keep their markers, tables are aligned, and links
    show their URL.
    """
    tokens = _PARSER.parse(markdown)
    html = nh3.clean(
        _PARSER.renderer.render(tokens, _PARSER.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_URL_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return html.strip(), "\n\n".join(_format_blocks(tokens)).strip("\n")


def parse_markdown(markdown: str) -> list[Token]:
    """Return the tokens of *markdown*. Placeholders outside of code are separate tokens."""
    return _TEMPLATE_PARSER.parse(markdown)


def keeps_address(address: str) -> bool:
    """Return whether the HTML keeps a link to *address*.

    Links that are not valid URLs are removed, for example if the port is too large.
    """
    href = escapeHtml(_PARSER.normalizeLink(address))
    return "href" in nh3.clean(f'<a href="{href}">a</a>', url_schemes=_URL_SCHEMES)


def _build_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.core.ruler.at("inline", _parse_inline)
    parser.add_render_rule("image", _render_image)
    return parser


def _render_image(_: RendererHTML, tokens: list[Token], at: int, *_more: Any) -> str:
    """Return the alternative text of an image. Images are not shown."""
    return escapeHtml(_format_inline(tokens[at : at + 1]))


def _parse_inline(state: StateCore) -> None:
    """Parse the text of blocks. Skip the parser for text without markup, such as most cells."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if _MARK.search(token.content):
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            elif token.content:
                token.children.append(Token("text", "", 0, content=token.content))


def _match_placeholder(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  The signature is markdown-it's.
    match = PLACEHOLDER.match(state.src, state.pos)
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        state.push("placeholder", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _match_braces(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  The same.
    if not state.src.startswith(ESCAPED_BRACES, state.pos):
        return False
    if not silent:
        state.push("braces", "", 0).content = "{{"
    state.pos += len(ESCAPED_BRACES)
    return True


def add_placeholders(parser: MarkdownIt) -> MarkdownIt:
    """Make *parser* parse placeholders as separate tokens, and return it."""
    parser.inline.ruler.before("text", "placeholder", _match_placeholder)
    parser.inline.ruler.before("text", "braces", _match_braces)
    return parser


_PARSER = _build_parser()
_TEMPLATE_PARSER = add_placeholders(_build_parser())


def _format_blocks(tokens: list[Token]) -> Iterator[str]:
    """Yield each top-level block as text."""
    depth = 0
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield "\n".join(_format_lines(block))
            block = []


def _format_lines(block: list[Token]) -> Iterator[str]:
    indent, marks = "", _Marks()
    rows: list[list[str]] = []
    opener = ""
    for token in block:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            text = _format_inline(token.children or ())
            if rows:
                rows[-1].append(text)
            else:
                lines = text.split("\n")
                underline = ["-" * max(map(len, lines))] if opener == "heading_open" else []
                yield from marks.put(indent, lines + underline)
        elif token.type == "table_close":
            yield from marks.put(indent, format_table(rows))
            rows = []
        elif token.type in ("fence", "code_block"):
            yield from (f"{indent}    {line}" for line in token.content.rstrip("\n").split("\n"))
        elif token.type == "hr":
            yield "-" * 20
        else:
            indent = marks.follow(token, indent)
        opener = token.type


class _Marks:
    """Tracks list markers, to print each one before the first line of its item."""

    def __init__(self) -> None:
        self._width = 0
        self._lists: list[int | None] = []
        self._due = ""

    def follow(self, token: Token, indent: str) -> str:
        """Process *token*, and return the indent after it."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type == "ordered_list_open"
            self._lists.append(_get_start(token) if ordered else None)
            return indent if len(self._lists) == 1 else indent + "   "
        if token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
            return indent[: -3 if self._lists else None]
        if token.type == "list_item_open":
            number = self._lists[-1]
            self._due += "- " if number is None else f"{number}. "
            if number is not None:
                self._lists[-1] = number + 1
        if token.type == "list_item_close":
            self._due = ""
        return indent

    def put(self, indent: str, lines: list[str]) -> Iterator[str]:
        """Yield *lines*: the first after the pending marker, the others aligned below it."""
        yield indent + self._take() + lines[0]
        yield from (indent + " " * self._width + line for line in lines[1:])

    def _take(self) -> str:
        due, self._due = self._due, ""
        if due:
            self._width = len(due)
        elif not self._lists:
            self._width = 0
        return due or " " * self._width


def _get_start(token: Token) -> int:
    start = token.attrGet("start")
    return 1 if start is None else int(start)


def _format_inline(tokens: Iterable[Token]) -> str:
    parts: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((str(token.attrGet("href")), len(parts)))
        elif token.type == "link_close":
            address, start = links.pop()
            if "".join(parts[start:]) != address.removeprefix("mailto:"):
                parts.append(f" ({address})")
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n" if token.type == "hardbreak" else " ")
        elif token.type in ("s_open", "s_close"):
            # Keep the markers: without them, deleted text would look valid.
            parts.append("~~")
        else:
            parts.append(_format_inline(token.children) if token.children else token.content)
    return "".join(parts)
