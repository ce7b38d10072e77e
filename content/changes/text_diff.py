"""Text diffs, by line and by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

#: A word with the white space after it, so that all matches together are the text.
_WORD = re.compile(r"\S+\s*|\s+")
_CONTEXT_LINES = 1
#: Longer passages are compared by line only: comparing words takes quadratic time.
_MAX_WORDS = 2_000
SAME, GONE, COME = "same", "gone", "come"


@dataclass(frozen=True)
class Piece:
    """A part of a passage.

    Attributes:
        kind: `same`, `gone` (only in the old text) or `come` (only in the new text).
        text: Its text.
    """

    kind: str
    text: str


#: Changed lines with one line of context on each side, as pieces in reading order.
Passage = tuple[Piece, ...]


def compare_texts(before: str, after: str) -> list[Passage]:
    """Return the passages that differ, in order. Empty if all lines are equal."""
    was, now = ([f"{line}\n" for line in text.splitlines()] for text in (before, after))
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    return [
        tuple(
            piece
            for kind, a, b, c, d in group
            for piece in _compare_lines(kind, "".join(was[a:b]), "".join(now[c:d]))
        )
        for group in matcher.get_grouped_opcodes(_CONTEXT_LINES)
    ]


def _compare_lines(kind: str, was: str, now: str) -> Iterator[Piece]:
    if kind == "equal":
        yield Piece(SAME, was)
        return
    words, others = _WORD.findall(was), _WORD.findall(now)
    if not (words and others) or len(words) + len(others) > _MAX_WORDS:
        yield from _list_pieces((GONE, was), (COME, now))
        return
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(words[a:b]))
        else:
            yield from _list_pieces((GONE, "".join(words[a:b])), (COME, "".join(others[c:d])))


def _list_pieces(*pairs: tuple[str, str]) -> Iterator[Piece]:
    for kind, text in pairs:
        if text:
            yield Piece(kind, text)
