"""Read a plain subset of YAML and remember the position of every key and value.

Only `true`, `false`, `null` and decimal integers are more than text, so a day, a version or the
word `no` stays what was written. Anchors, aliases, tags and duplicate keys are faults.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from content.sources.yaml_repairs import find_repair, quote_line, show_line
from schemas.characters import describe_character, find_invisible

#: The path to a value: keys and positions in lists, from the top.
Path = tuple[str | int, ...]
#: Line and column, both from 1.
Position = tuple[int, int]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_STANDARD_TAG = "tag:yaml.org,2002:"
#: What YAML takes for the end of a line and most editors do not: positions would be wrong.
_STRAY_BREAK = re.compile(r"[\r\x85\u2028\u2029]")
_MAX_DEPTH = 20
#: What follows a plain value on its line when it ends in a comment.
_COMMENT = re.compile(r"[ \t]+#")
_COMMENT_BELOW = re.compile(r"[ \t]*\n( +)#")


@dataclass
class LocatedYaml:
    """A value read from YAML, the positions of its parts, and its faults.

    Attributes:
        comments: The unquoted values that a comment follows, each with what is wrong should it be
            part of the value, and what to write.
    """

    value: Any = None
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    comments: dict[Path, str] = field(default_factory=dict)
    faults: list[tuple[Position, str]] = field(default_factory=list)

    def find_position(self, path: Path, *, of_key: bool = False) -> Position:
        """Return the position of the value (or key) at *path*, or of the nearest one around it."""
        for length in range(len(path), -1, -1):
            places = self.keys if of_key and length == len(path) else self.values
            if path[:length] in places:
                return places[path[:length]]
        return (1, 1)


def parse_yaml(text: str, *, first_line: int = 1) -> LocatedYaml:
    """Return the value of *text*, whose first line is line *first_line* of its file.

    What cannot be read at all has the value None and a fault.
    """
    reader = _Reader(text, first_line - 1)
    if stray := _STRAY_BREAK.search(text):
        reader.refuse_character(stray[0])
        return reader.located
    try:
        # The events come first: they cost no stack, whereas nodes nested too deep would end the
        # whole process, and an alias leaves no trace in the nodes.
        readable = reader.scan(yaml.parse(text, Loader=_LOADER))
        node = yaml.compose(text, Loader=_LOADER) if readable else None
    except yaml.MarkedYAMLError as error:
        reader.refuse_syntax(error)
    except yaml.reader.ReaderError as error:
        reader.refuse_character(chr(error.character))
    else:
        reader.located.value = reader.read(node, ()) if node is not None else None
    return reader.located


def find_error(text: str) -> yaml.MarkedYAMLError | None:
    """Return what libyaml finds first in *text*; None when it can be read."""
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        return error
    return None


class _Reader:
    """Turns the nodes of one text into values, noting positions and faults."""

    def __init__(self, text: str, lines_before: int) -> None:
        self.located = LocatedYaml()
        self._text = text
        self._lines = text.split("\n")
        self._lines_before = lines_before

    def report(self, mark: Any, message: str) -> None:
        """Note a fault at *mark*."""
        self.located.faults.append((self._place(mark), message))

    def refuse_character(self, character: str) -> None:
        """Note that the text must not contain *character*."""
        if character == "\r":
            detail = (
                "a line ends with U+000D CARRIAGE RETURN alone; save the file with LF line ends."
            )
        else:
            detail = f"the invisible character {describe_character(character)} is here; delete it."
        at = self._text.index(character)
        line = self._text.count("\n", 0, at) + 1 + self._lines_before
        self.located.faults.append(((line, at - self._text.rfind("\n", 0, at)), detail))

    def refuse_syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Note that the text is not YAML, and the line that repairs it where there is one."""
        mark = error.problem_mark or error.context_mark
        if error.context_mark is not None and "quoted scalar" in str(error.context):
            # A quotation that nobody closed ends far below the line to change.
            mark = error.context_mark
        detail = (
            f"this is not YAML: {error.problem}. A text with ': ' or ' #', or one that begins with "
            "a sign, goes into quotes or, on lines of its own, below '>-'."
        )
        repair = find_repair(self._text, error, find_error)
        if repair is not None:
            detail = f"this is not YAML: {error.problem}; {repair.advice}."
            detail += show_line(repair.line, repair.number + self._lines_before)
        self.report(mark, detail)

    def scan(self, events: Iterator[Any]) -> bool:
        """Note what is not read here; tell whether the rest can be."""
        depth = documents = 0
        aliases = False
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            documents += isinstance(event, yaml.DocumentStartEvent)
            if depth > _MAX_DEPTH:
                self.report(event.start_mark, f"this is nested more than {_MAX_DEPTH} deep.")
                return False
            if documents > 1:
                detail = "a second document begins here; leave out '---' and what follows."
                self.report(event.start_mark, detail)
                return False
            aliases = aliases or isinstance(event, yaml.AliasEvent)
            self._scan_node(event)
        return not aliases

    def read(self, node: Any, path: Path) -> Any:
        """Return the value of *node*."""
        self.located.values[path] = self._place(node.start_mark)
        readers: dict[type, Callable[[Any, Path], Any]] = {
            yaml.ScalarNode: self._read_scalar,
            yaml.SequenceNode: self._read_sequence,
            yaml.MappingNode: self._read_mapping,
        }
        return readers[type(node)](node, path)

    def _scan_node(self, event: Any) -> None:
        tag, anchor = getattr(event, "tag", None), getattr(event, "anchor", None)
        if tag is None and anchor is None:
            return
        line = event.start_mark.line
        word = isinstance(event, yaml.ScalarEvent | yaml.AliasEvent)
        quoted = quote_line(self._lines[line]) if word else None
        repair = show_line(quoted, line + 1 + self._lines_before) if quoted else ""
        if anchor is not None:
            detail = "anchors and aliases are not read here; write the value out."
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            text = f" A text that begins with {sign!r} goes into quotes." if repair else ""
            self.report(event.start_mark, f"{detail}{text}{repair}")
        if tag is not None:
            shown = tag.replace(_STANDARD_TAG, "!!")
            detail = f"the tag {shown!r} is not read here; leave it out."
            if repair and not tag.startswith(_STANDARD_TAG):
                detail += f" A text that begins with '!' goes into quotes.{repair}"
            self.report(event.start_mark, detail)

    def _read_scalar(self, node: Any, path: Path) -> Any:
        self._check_characters(node)
        if node.style in ("'", '"', "|", ">"):
            return node.value
        if node.value == "" or node.value not in _WORDS:
            self._note_comment(node, path)
        if node.value in _WORDS:
            return _WORDS[node.value]
        return int(node.value) if _INTEGER.fullmatch(node.value) else node.value

    def _check_characters(self, node: Any) -> None:
        """Note the first character of a value that nobody sees, typed or written as an escape."""
        mark = node.start_mark
        written = self._text[mark.index : node.end_mark.index]
        escaped = node.style == '"' and "\\_" in written and "\xa0" in node.value
        named = next((named for _, named in find_invisible(node.value, multiline=True)), "")
        found = written.find(chr(int(named[2:].partition(" ")[0], 16))) if named else -1
        if found >= 0:
            line, before = mark.line + written.count("\n", 0, found), written.rfind("\n", 0, found)
            column = found - before if before >= 0 else mark.column + found + 1
            place = (line + 1 + self._lines_before, column)
            detail = f"the invisible character {named} is here; delete it."
            self.located.faults.append((place, detail))
        elif named or escaped:
            detail = (
                "a backslash in double quotes and what follows it stand for "
                f"{named or 'U+00A0 NO-BREAK SPACE'}; take it out, or put a text in which "
                "readers shall see a backslash in single quotes."
            )
            self.report(mark, detail)

    def _note_comment(self, node: Any, path: Path) -> None:
        """Note a comment that goes on where an unquoted value ends, or below it, indented more."""
        end = node.end_mark
        if _COMMENT.match(self._text, end.index):
            number = end.line + 1 + self._lines_before
            self.located.comments[path] = (
                "readers do not get what follows ' #', a comment; put the whole text in quotes, or "
                "the comment on a line of its own."
                + show_line(quote_line(self._lines[end.line]) or "", number)
            )
        below = _COMMENT_BELOW.match(self._text, end.index)
        if below and path in self.located.keys and len(below[1]) >= self.located.keys[path][1]:
            self.located.comments[path] = (
                "readers do not get the line below, a comment; write the text after '>-', or "
                "indent the comment as the field is."
            )

    def _read_sequence(self, node: Any, path: Path) -> list[Any]:
        return [self.read(item, (*path, place)) for place, item in enumerate(node.value)]

    def _read_mapping(self, node: Any, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report(key_node.start_mark, "a key must be a word.")
                continue
            self._check_characters(key_node)
            key = key_node.value
            here = (*path, key)
            if key in result:
                first = self.located.keys[here][0]
                detail = f"{key!r} is already given in line {first}; keep one."
                self.report(key_node.start_mark, detail)
                continue
            self.located.keys[here] = self._place(key_node.start_mark)
            result[key] = self.read(value_node, here)
        return result

    def _place(self, mark: Any) -> Position:
        return (mark.line + 1 + self._lines_before, mark.column + 1)
