"""Find the line that repairs a text that is not YAML, by trying what editors usually meant."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from yaml import MarkedYAMLError

from schemas.characters import find_invisible

#: What comes before a value on its line: blanks, dashes, a key.
_LINE = re.compile(r"""(?P<head>\s*(?:- +)*(?:[\w-]+: +|- +))(?P<value>\S.*?)\s*""")
_NO_BLANK_AFTER_COLON = re.compile(r"(\s*(?:- +)*[\w-]+:)(\S.*)")
_NO_BLANK_AFTER_DASH = re.compile(r"(\s*)-([^\s-].*)")
#: A field, or a part of a list; names of fields have no capitals.
_ENTRY = re.compile(r"- |[a-z_]+:\s")
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: What YAML must find plain blanks in: before a value.
_HEAD = re.compile(rf"([ {_WIDE}]*(?:-[ {_WIDE}]+)*(?:[a-z_]+:[ {_WIDE}]+)?)(\S.*)")
_OTHER_COLON = re.compile(r"(\s*(?:- +)*[a-z_]+) *[\uff1a=] *(\S.*)")
_CLOSINGS = {"[": "]", "{": "}"}
_MAX_SHOWN_LENGTH = 500
#: How many lines above are looked at for an indentation.
_LINES_ABOVE = 20
_TABS = "indent with blanks, not with tabs"
#: A longer text is not parsed again and again.
_MAX_TRIED_LENGTH = 200_000


@dataclass(frozen=True)
class Repair:
    """A line to write instead of another.

    Attributes:
        number: The line, from 1.
        line: What to write there.
        advice: What to do, in words.
    """

    number: int
    line: str
    advice: str


def find_repair(
    text: str, error: MarkedYAMLError, find_error: Callable[[str], MarkedYAMLError | None]
) -> Repair | None:
    """Return a line with which *text* no longer has *error*; None when none is found.

    Args:
        find_error: Returns the first error of a text.
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
    """Return *line* with its value in quotes; None when it has no value."""
    match = _LINE.fullmatch(line)
    return f"{match['head']}{_quote(match['value'])}" if match else None


def show_line(line: str, number: int) -> str:
    """Return the sentence that shows *line*; empty when it is too long or cannot be seen whole."""
    if len(line) > _MAX_SHOWN_LENGTH or any(find_invisible(line)):
        return ""
    return f" Line {number} becomes `{line}`."


def _list_places(error: MarkedYAMLError) -> list[int]:
    """Return the lines that may be at fault, from 0, the likeliest first."""
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark is not None]
    if "quoted scalar" in str(error.context) or "simple key" in str(error.context):
        marks.reverse()
    return list(dict.fromkeys([*marks, marks[0] - 1]))


def _find_line(error: MarkedYAMLError) -> int:
    """Return the line of *error*; of a quotation that nobody closed, its first."""
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
        yield re.sub(f"[{_WIDE}]", " ", head[1]) + head[2], "write plain blanks"
    if match := _OTHER_COLON.fullmatch(line):
        yield f"{match[1]}: {match[2]}", "a colon and a blank follow the name of a field"
    if match := _NO_BLANK_AFTER_COLON.fullmatch(line):
        yield f"{match[1]} {match[2]}", "a blank follows the colon"
    if match := _NO_BLANK_AFTER_DASH.fullmatch(line):
        yield f"{match[1]}- {match[2]}", "a blank follows the dash"
        yield f"{match[1]} - {match[2]}", "a blank follows the dash"
    if match := _LINE.fullmatch(line):
        value = match["value"]
        closing = _CLOSINGS.get(value[0])
        if closing is not None and not set(value) & {"]", "}"}:
            yield f"{match['head']}{value}{closing}", f"close the bracket with {closing!r}"
        if closing is None or not value.endswith(closing):
            yield f"{match['head']}{_quote(value)}", "put the text in quotes"


def _list_indented(lines: list[str], place: int) -> Iterator[tuple[str, str]]:
    """Yield the line with the indentations of the lines above, the nearest to its own first."""
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
        # A tab has no width of its own; most lines are indented as the one above.
        own = found[-2]
    advice = _TABS if tabs else "indent the line as its neighbours are"
    for indent in sorted(set(found), key=lambda indent: (abs(indent - own), indent)):
        yield " " * indent + content, advice


def _quote(value: str) -> str:
    """Return the text that *value* was meant to be, in the quotes that need least."""
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
