"""Markdown with the position of each block and inline token, for checks.

Unlike the parser for serving, this one recognizes raw HTML and URLs of any scheme, so that checks
can report them, and keeps escaped characters and entities as separate tokens.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from content.text.markdown import add_placeholders

#: Deeper than checks allow. Deeper content produces no tokens.
_MAX_NESTING = 60


class _Parser(MarkdownIt):
    """Accepts any URL in a link, unchanged."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  The name is markdown-it's.
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  markdown-it defines the signature.
        return True


class _PlacedInline(StateInline):
    """Records where in the text of its block a token starts."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        bracket = ttype == "link_open" and self.src[self.pos - 1 : self.pos] == "["
        token.meta["at"] = self.pos - bracket
        return token

    def pushPending(self) -> Token:  # noqa: N802  The name is markdown-it's.
        token = super().pushPending()
        token.meta["at"] = max(0, self.pos - len(token.content))
        return token


@dataclass(frozen=True)
class Part:
    """A token with its position.

    Attributes:
        token: The token.
        line: The number of its first line, from 0.
        at: The offset of its start in the text. For a block, the offset of its first line.
        block: The text of the block that contains it. Empty for a block.
    """

    token: Token
    line: int
    at: int
    block: str = ""

    @property
    def before(self) -> str:
        """The text before it in its block."""
        return self.block[: self.token.meta["at"]]


@dataclass
class LocatedMarkdown:
    """A Markdown text with its tokens.

    Attributes:
        lines: The lines of the text.
        parts: All block and inline tokens, in order.
        definitions: The first line of each link reference definition.
    """

    lines: list[str]
    parts: list[Part] = field(default_factory=list)
    definitions: list[int] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _cursors: dict[int, int] = field(default_factory=dict)

    def start(self, line: int) -> int:
        """Return the offset of *line* in the text."""
        return self._starts[min(line, len(self._starts) - 1)]

    def add(self, tokens: list[Token]) -> None:
        """Add *tokens* with their positions."""
        at = 0
        for text in self.lines:
            self._starts.append(at)
            at += len(text) + 1
        line = 0
        for token in tokens:
            line = token.map[0] if token.map else line
            self.parts.append(Part(token, line, self.start(line)))
            if token.type == "inline":
                self.parts += self._place_children(token, line)

    def _place_children(self, token: Token, first: int) -> Iterator[Part]:
        shown = token.content.split("\n")
        starts = [self._find_line(first + row, text) for row, text in enumerate(shown)]
        for child in token.children or ():
            before = token.content[: child.meta["at"]]
            row = min(before.count("\n"), len(starts) - 1)
            column = len(before) - before.rfind("\n") - 1
            yield Part(child, first + row, starts[row] + column, token.content)

    def _find_line(self, line: int, text: str) -> int:
        """Return the offset of *text*, a line of a block or a cell. Call it in reading order."""
        if line >= len(self.lines):
            return self.start(line)
        begin = self._cursors.get(line, 0)
        column = max(self.lines[line].find(text.replace("|", "\\|"), begin), 0) if text else begin
        column = max(self.lines[line].find(text, begin), column)
        self._cursors[line] = column + len(text)
        return self.start(line) + column


def locate_markdown(text: str) -> LocatedMarkdown:
    """Return *text* with its tokens and their positions."""
    # The parser treats a carriage return as a line end.
    text = text.replace("\r", " ")
    env: dict[str, Any] = {}
    located = LocatedMarkdown(text.split("\n"))
    located.add(_PARSER.parse(text, env))
    definitions = (*env.get("references", {}).values(), *env.get("duplicate_refs", ()))
    located.definitions += sorted(definition["map"][0] for definition in definitions)
    return located


def _parse_inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            inner = _PlacedInline(token.content, state.md, state.env, token.children)
            state.md.inline.tokenize(inner)
            for rule in state.md.inline.ruler2.getRules(""):
                rule(inner)


def _build_parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": True, "maxNesting": _MAX_NESTING})
    parser.enable(["table", "strikethrough"]).disable(["text_join", "fragments_join"])
    parser.core.ruler.at("inline", _parse_inline)
    return add_placeholders(parser)


_PARSER = _build_parser()
