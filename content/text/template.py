"""Templates: Markdown with parsed and checked placeholders, and their positions."""

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
#: Whether it is in code, whether it is alone in its paragraph, and its text with braces.
_Place = tuple[bool, bool, str]
_NOT_HERE = (
    "a placeholder cannot be in the URL or title of a link, in an image or after a backslash. "
    "Write the value as code instead, or '\\{\\{' to show the braces themselves."
)
_NOT_ALONE = (
    "write this on its own line, with an empty line before and after it, outside of lists, "
    "quotes, tables and code."
)
_NOT_CLOSED = (
    "'{{' has no '}}' on the same line. Add it, or write '\\{\\{' to show the braces themselves."
)


@dataclass(frozen=True)
class Slot:
    """A placeholder with its position in the text.

    Attributes:
        placeholder: The placeholder.
        start: The offset of its first brace.
        end: The offset after its last brace.
        in_code: Whether it is in a code span or block.
        alone: Whether it is alone in its paragraph.
    """

    placeholder: Placeholder
    start: int
    end: int
    in_code: bool
    alone: bool


@dataclass(frozen=True)
class Template:
    """A text with its placeholders and their faults.

    Attributes:
        text: The Markdown as written.
        slots: The valid placeholders, in order.
        faults: The faults, each with its offset in the text and a message.
    """

    text: str
    slots: tuple[Slot, ...]
    faults: tuple[tuple[int, str], ...]

    def cite(self, collections: Collections) -> frozenset[Citation]:
        """Return the citations of the text."""
        return frozenset(
            citation
            for slot in self.slots
            for citation in list_citations(slot.placeholder, collections)
        )


@lru_cache(maxsize=_CACHED_TEMPLATES)
def parse_template(text: str) -> Template:
    """Parse the placeholders in *text* and check where they are."""
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
        # Removing one marker of a section can make its counterpart wrong, too.
        slots = [slot for slot in slots if slot.start not in wrong]
    return Template(text, tuple(slots), tuple(faults))


def _find_unclosed(text: str) -> Iterator[int]:
    """Yield the offset of each `{{` that does not start a placeholder."""
    rest = PLACEHOLDER.sub(lambda match: "." * len(match[0]), text)
    yield from (match.start() for match in re.finditer(r"\{\{", rest))


def _is_in_address(text: str, at: int) -> bool:
    """Return whether *at* is inside the URL of a link."""
    begin = text.rfind("](", text.rfind(")", 0, at) + 1, at)
    return begin >= 0 and not _EMPTY_LINE.search(text, begin, at)


def _pair_places(text: str) -> Iterator[tuple[re.Match[str], _Place | None]]:
    """Yield each match of `_MARK` with its place. None if Markdown parses it as something else."""
    places = deque(_find_places(parse_markdown(text)))
    for match in _MARK.finditer(text):
        here = bool(places) and places[0][2] == match[0]
        yield match, places.popleft() if here else None


def _find_places(tokens: list[Token]) -> Iterator[_Place]:
    """Yield the places of placeholders and escaped braces, in order."""
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
            yield slot.start, "the application cannot be in code. Write it as text."
        if isinstance(slot.placeholder, OfDataCenter) and not _has_data_center(opened, part):
            yield slot.start, "write values of dc between {{ with dc }} and {{ end }}."
        mark = _find_mark(slot.placeholder)
        if mark is None:
            continue
        if (mark in ("else", "end")) == (opened is None) or (mark == part == "else"):
            yield slot.start, _explain_section(mark, part)
        if mark != "else":
            opened = None if mark == "end" else slot
        part = mark
    if opened is not None:
        yield opened.start, "this section has no {{ end }}. Add it on its own line."


def _find_mark(placeholder: Placeholder) -> str | None:
    """Return the section marker of *placeholder*. None if it is not part of a section."""
    if isinstance(placeholder, If):
        return "if"
    return placeholder.mark if isinstance(placeholder, Section) else None


def _has_data_center(opened: Slot | None, part: str) -> bool:
    """Return whether *part* of the section *opened* is only for readers with a data center."""
    if opened is None:
        return False
    return opened.placeholder == Section("without dc" if part == "else" else "with dc")


def _explain_section(mark: str, part: str) -> str:
    if mark == part == "else":
        return "this section already has an {{ else }}. Remove this one."
    if mark in ("else", "end"):
        return "no section is open here. Remove this, or start a section with {{ with dc }}."
    return "sections cannot be nested. Write {{ end }} before this."
