"""An answer as written: Markdown with placeholders, each with its place in the text."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token

from content.documents import Citation
from content.text.citing import list_citations
from content.text.markdown import parse_markdown
from content.text.placeholders import (
    ESCAPED_BRACES,
    PLACEHOLDER,
    Application,
    Braces,
    If,
    OfDataCenter,
    Placeholder,
    PlaceholderError,
    Section,
    Table,
    parse_placeholder,
)
from schemas.collection import Collections

_CACHED_TEMPLATES = 1024
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(rf"{PLACEHOLDER.pattern}|{re.escape(ESCAPED_BRACES)}")
#: In code; alone in its paragraph; the text with its braces.
_Place = tuple[bool, bool, str]
_NOT_HERE = (
    "a placeholder cannot be in the address or the title of a link, in a picture or after a "
    "backslash; write the value as code instead, or '\\{\\{' to show the braces themselves."
)
_NOT_ALONE = (
    "this goes on a line of its own, with an empty line on each side, outside lists, quotes, "
    "tables and code."
)
_NOT_CLOSED = (
    "'{{' has no '}}' in its line; close it, or write '\\{\\{' to show the braces themselves."
)


@dataclass(frozen=True)
class Slot:
    """A placeholder in its place.

    Attributes:
        placeholder: What to fill in.
        start: The offset of its first brace.
        end: The offset after its last brace.
        in_code: Whether it is in a code span or block.
        alone: Whether it is a paragraph of its own.
    """

    placeholder: Placeholder
    start: int
    end: int
    in_code: bool
    alone: bool


@dataclass(frozen=True)
class Template:
    """A text, the placeholders in it, and what is wrong with them.

    Attributes:
        text: The Markdown as written.
        slots: The placeholders to fill in, in order; what has a fault is not among them.
        faults: Offset in the text and message.
    """

    text: str
    slots: tuple[Slot, ...]
    faults: tuple[tuple[int, str], ...]

    def cite(self, collections: Collections) -> frozenset[Citation]:
        """Return what the text shows of other documents."""
        return frozenset(
            citation
            for slot in self.slots
            for citation in list_citations(slot.placeholder, collections)
        )


@lru_cache(maxsize=_CACHED_TEMPLATES)
def parse_template(text: str) -> Template:
    """Return *text* with its placeholders found and judged."""
    if "{{" not in text and ESCAPED_BRACES not in text:
        return Template(text, (), ())
    slots: list[Slot] = []
    faults: list[tuple[int, str]] = []
    faults += [(at, _NOT_CLOSED) for at in _find_unclosed(text)]
    for match, place in _pair_places(text):
        if match[0] == ESCAPED_BRACES:
            if place is not None and place[0]:
                slots.append(Slot(Braces(), *match.span(), in_code=True, alone=False))
            continue
        if place is None or _is_in_address(text, match.start()):
            faults.append((match.start(), _NOT_HERE))
            continue
        try:
            placeholder = parse_placeholder(match[1])
        except PlaceholderError as error:
            faults.append((match.start(), str(error)))
        else:
            slots.append(Slot(placeholder, match.start(), match.end(), place[0], place[1]))
    faults += _judge_places(slots)
    while wrong := {at for at, _ in _judge_places(slots)}:
        # The partner of a mark of a section that is none is none either.
        slots = [slot for slot in slots if slot.start not in wrong]
    return Template(text, tuple(slots), tuple(faults))


def _find_unclosed(text: str) -> Iterator[int]:
    """Yield the offset of each pair of opening braces that begins no placeholder."""
    rest = PLACEHOLDER.sub(lambda match: "." * len(match[0]), text)
    yield from (match.start() for match in re.finditer(r"\{\{", rest))


def _is_in_address(text: str, at: int) -> bool:
    """Tell whether an address of a link is open before *at*."""
    begin = text.rfind("](", text.rfind(")", 0, at) + 1, at)
    return begin >= 0 and not _EMPTY_LINE.search(text, begin, at)


def _pair_places(text: str) -> Iterator[tuple[re.Match[str], _Place | None]]:
    """Yield each mark with its place; None where Markdown takes it for something else."""
    places = deque(_find_places(parse_markdown(text)))
    for match in _MARK.finditer(text):
        here = bool(places) and places[0][2] == match[0]
        yield match, places.popleft() if here else None


def _find_places(tokens: list[Token]) -> Iterator[_Place]:
    """Yield the place of each mark, in order."""
    opener = ""
    for token in tokens:
        alone = opener == "paragraph_open" and token.level == 1 and len(token.children or ()) == 1
        opener = token.type
        if token.type in ("fence", "code_block"):
            yield from ((True, False, found[0]) for found in _MARK.finditer(token.content))
        for child in token.children or ():
            if child.type == "placeholder":
                yield False, alone, f"{{{{{child.content}}}}}"
            elif child.type == "braces":
                yield False, False, ESCAPED_BRACES
            elif child.type == "code_inline":
                yield from ((True, False, found[0]) for found in _MARK.finditer(child.content))


def _judge_places(slots: list[Slot]) -> Iterator[tuple[int, str]]:
    opened: Slot | None = None
    part = "end"
    for slot in slots:
        if isinstance(slot.placeholder, Section | If | Table) and not slot.alone:
            yield slot.start, _NOT_ALONE
        if isinstance(slot.placeholder, Application) and slot.in_code:
            yield slot.start, "the product's name cannot be in code; write it as text."
        if isinstance(slot.placeholder, OfDataCenter) and not _has_data_center(opened, part):
            yield slot.start, "a value of dc goes between {{ with dc }} and {{ end }}."
        mark = _find_mark(slot.placeholder)
        if mark is None:
            continue
        if (mark in ("else", "end")) == (opened is None) or (mark == part == "else"):
            yield slot.start, _explain_section(mark, part)
        if mark != "else":
            opened = None if mark == "end" else slot
        part = mark
    if opened is not None:
        yield opened.start, "this section has no {{ end }}; write it on a line of its own."


def _find_mark(placeholder: Placeholder) -> str | None:
    """Return which mark of a section *placeholder* is; None: it is none."""
    if isinstance(placeholder, If):
        return "if"
    return placeholder.mark if isinstance(placeholder, Section) else None


def _has_data_center(opened: Slot | None, part: str) -> bool:
    """Tell whether *part* of the section *opened* is shown to readers with a data center alone."""
    if opened is None:
        return False
    return opened.placeholder == Section("without dc" if part == "else" else "with dc")


def _explain_section(mark: str, part: str) -> str:
    if mark == part == "else":
        return "this section has an {{ else }} already; leave this one out."
    if mark in ("else", "end"):
        return "no section is open here; leave this out, or begin one with {{ with dc }}."
    return "sections do not nest; write {{ end }} before this."
