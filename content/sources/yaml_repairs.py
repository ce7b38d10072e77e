"""Find a corrected line for invalid YAML, by trying common fixes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from yaml import MarkedYAMLError

from schemas.characters import find_invisible

#: The text before a value: indentation, dashes, a key.
_LINE = re.compile(r"""(?P<head>\s*(?:- +)*(?:[\w-]+: +|- +))(?P<value>\S.*?)\s*""")
_NO_BLANK_AFTER_COLON = re.compile(r"(\s*(?:- +)*[\w-]+:)(\S.*)")
_NO_BLANK_AFTER_DASH = re.compile(r"(\s*)-([^\s-].*)")
#: A field or a list item. Field names have no capital letters.
_ENTRY = re.compile(r"- |[a-z_]+:\s")
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: The text before a value, which must contain plain spaces only.
_HEAD = re.compile(rf"([ {_WIDE}]*(?:-[ {_WIDE}]+)*(?:[a-z_]+:[ {_WIDE}]+)?)(\S.*)")
_OTHER_COLON = re.compile(r"(\s*(?:- +)*[a-z_]+) *[\uff1a=] *(\S.*)")
_CLOSINGS = {"[": "]", "{": "}"}
_MAX_SHOWN_LENGTH = 500
#: Maximum number of lines above to compare the indentation with.
_LINES_ABOVE = 20
_TABS = "Indent with spaces, not tabs"
#: Longer texts are not parsed repeatedly.
_MAX_TRIED_LENGTH = 200_000


@dataclass(frozen=True)
class Repair:
    """A corrected line.

    Attributes:
        number: The line number, starting at 1.
        line: The corrected line.
        advice: What to do.
    """

    number: int
    line: str
    advice: str


def find_repair(
    text: str, error: MarkedYAMLError, find_error: Callable[[str], MarkedYAMLError | None]
) -> Repair | None:
    """Return a line that removes *error* from *text*; None if none is found.

    Args:
        find_error: Returns the first error in a text.
    """
    lines = text.split("\n")
    if len(text) > _MAX_TRIED_LENGTH:
        return None
    places = [place for place in _list_places(error) if 0 <= place < len(lines)]
    for list_candidates in (_list_rewritings, _list_indented):
        for place in places:
            better = None
            for line, advice in list_candidates(lines, place):
                after = find_error("\n".join([*lines[:place], line, *lines[place + 1 :]]))
                if after is None:
                    return Repair(place + 1, line, advice)
                if better is None and _find_line(after) > max(place, _find_line(error)):
                    better = Repair(place + 1, line, advice)
            if better is not None:
                return better
    return None


def quote_line(line: str) -> str | None:
    """Return *line* with its value in quotes; None if it has no value."""
    match = _LINE.fullmatch(line)
    return f"{match['head']}{_quote(match['value'])}" if match else None


def show_line(line: str, number: int) -> str:
    """Return a sentence with the corrected *line*; empty if it is too long or not visible."""
    if len(line) > _MAX_SHOWN_LENGTH or any(find_invisible(line)):
        return ""
    return f" Change line {number} to `{line}`."


def _list_places(error: MarkedYAMLError) -> list[int]:
    """Return the lines that may be wrong, counted from 0, the likeliest first."""
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark is not None]
    if "quoted scalar" in str(error.context) or "simple key" in str(error.context):
        marks.reverse()
    return list(dict.fromkeys([*marks, marks[0] - 1]))


def _find_line(error: MarkedYAMLError) -> int:
    """Return the line of *error*; for an unclosed quotation, its first line."""
    first = error.context_mark if "quoted scalar" in str(error.context) else error.problem_mark
    mark = first or error.problem_mark or error.context_mark
    return int(mark.line) if mark is not None else 0


def _list_rewritings(lines: list[str], place: int) -> Iterator[tuple[str, str]]:
    line = lines[place]
    blank = line[: len(line) - len(line.lstrip())]
    if "\t" in blank:
        yield blank.replace("\t", "  ") + line.lstrip(), _TABS
    head = _HEAD.fullmatch(line)
    if head and not head[1].isascii():
        yield re.sub(f"[{_WIDE}]", " ", head[1]) + head[2], "Use plain spaces"
    if match := _OTHER_COLON.fullmatch(line):
        yield f"{match[1]}: {match[2]}", "Write a colon and a space after the field name"
    if match := _NO_BLANK_AFTER_COLON.fullmatch(line):
        yield f"{match[1]} {match[2]}", "Add a space after the colon"
    if match := _NO_BLANK_AFTER_DASH.fullmatch(line):
        yield f"{match[1]}- {match[2]}", "Add a space after the dash"
        yield f"{match[1]} - {match[2]}", "Add a space after the dash"
    if match := _LINE.fullmatch(line):
        value = match["value"]
        closing = _CLOSINGS.get(value[0])
        if closing is not None and not set(value) & {"]", "}"}:
            yield f"{match['head']}{value}{closing}", f"Close the bracket with {closing!r}"
        if closing is None or not value.endswith(closing):
            yield f"{match['head']}{_quote(value)}", "Put the text in quotes"


def _list_indented(lines: list[str], place: int) -> Iterator[tuple[str, str]]:
    """Yield the line with each indentation used above it, the closest to its own first."""
    content = lines[place].lstrip()
    if ": " in content and not _ENTRY.match(content):
        return
    own = len(lines[place]) - len(content)
    found: list[int] = []
    for above in lines[max(0, place - _LINES_ABOVE) : place]:
        if above.strip():
            indent = len(above) - len(above.lstrip())
            dash = re.match(r"\s*- +", above)
            found += [dash.end() if dash else indent, indent if dash else indent + 2]
    tabs = "\t" in lines[place][:own]
    if tabs and found:
        # A tab has no fixed width. Most lines have the same indentation as the line above.
        own = found[-2]
    advice = _TABS if tabs else "Indent the line like the lines around it"
    for indent in sorted(set(found), key=lambda indent: (abs(indent - own), indent)):
        yield " " * indent + content, advice


def _quote(value: str) -> str:
    """Return the text that *value* was meant to be, in suitable quotes."""
    first = value[0]
    if first in "'\"" and len(value) > 1 and value.endswith(first):
        inner = value[1:-1].replace("''", "'") if first == "'" else value[1:-1].replace('\\"', '"')
    elif first in "'\"" and value.count(first) % 2:
        inner = value[1:].replace("''", "'") if first == "'" else value[1:]
    else:
        inner = value
    if '"' in inner or "\\" in inner:
        return "'" + inner.replace("'", "''") + "'"
    return f'"{inner}"'
