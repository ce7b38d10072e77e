"""Parse a subset of YAML and record the position of every key and value.

Only `true`, `false`, `null` and decimal integers are converted. Everything else stays text: dates,
version numbers, the word `no`. Anchors, aliases, tags and duplicate keys are faults.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from content.sources.yaml_repairs import find_repair, quote_line, show_line
from schemas.characters import describe_character, find_invisible

#: Path of a value: keys and list indexes, from the top.
Path = tuple[str | int, ...]
#: Line and column, both starting at 1.
Position = tuple[int, int]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_STANDARD_TAG = "tag:yaml.org,2002:"
#: Characters that end a line in YAML but not in most editors, so positions would be wrong.
_STRAY_BREAK = re.compile(r"[\r\x85\u2028\u2029]")
_MAX_DEPTH = 20
#: A comment after an unquoted value on the same line.
_COMMENT = re.compile(r"[ \t]+#")
_COMMENT_BELOW = re.compile(r"[ \t]*\n( +)#")


@dataclass
class LocatedYaml:
    """A value read from YAML, with the positions of its parts, and the faults.

    Attributes:
        comments: For each unquoted value that is followed by a comment, the message to show if the
            comment was meant as part of the value.
    """

    value: Any = None
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    comments: dict[Path, str] = field(default_factory=dict)
    faults: list[tuple[Position, str]] = field(default_factory=list)

    def find_position(self, path: Path, *, of_key: bool = False) -> Position:
        """Return the position of the value (or key) at *path*, or of its nearest parent."""
        for length in range(len(path), -1, -1):
            places = self.keys if of_key and length == len(path) else self.values
            if path[:length] in places:
                return places[path[:length]]
        return (1, 1)


def parse_yaml(text: str, *, first_line: int = 1) -> LocatedYaml:
    """Parse *text*, whose first line is line *first_line* of its file.

    If the text cannot be parsed, the value is None and there is at least one fault.
    """
    reader = _Reader(text, first_line - 1)
    if stray := _STRAY_BREAK.search(text):
        reader.refuse_character(stray[0])
        return reader.located
    try:
        # Scan the events first. Scanning uses no stack, but composing deeply nested nodes would
        # overflow it and end the process. Aliases are visible in events only.
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
    """Return the first syntax error in *text*; None if there is none."""
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        return error
    return None


class _Reader:
    """Converts the nodes of a text to values, and records positions and faults."""

    def __init__(self, text: str, lines_before: int) -> None:
        self.located = LocatedYaml()
        self._text = text
        self._lines = text.split("\n")
        self._lines_before = lines_before

    def report(self, mark: Any, message: str) -> None:
        """Record a fault at *mark*."""
        self.located.faults.append((self._place(mark), message))

    def refuse_character(self, character: str) -> None:
        """Record a fault for a *character* that is not allowed."""
        if character == "\r":
            detail = (
                "this line ends with U+000D CARRIAGE RETURN only. Save the file with "
                "LF line endings."
            )
        else:
            detail = (
                f"the invisible character {describe_character(character)} is not "
                "allowed. Delete it."
            )
        at = self._text.index(character)
        line = self._text.count("\n", 0, at) + 1 + self._lines_before
        self.located.faults.append(((line, at - self._text.rfind("\n", 0, at)), detail))

    def refuse_syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Record a syntax error, with the corrected line if one is found."""
        mark = error.problem_mark or error.context_mark
        if error.context_mark is not None and "quoted scalar" in str(error.context):
            # An unclosed quotation is reported where it ends, far below the line to change.
            mark = error.context_mark
        detail = (
            f"this is not valid YAML: {error.problem}. Put a text that contains ': ' "
            "or ' #', or starts with a special character, in quotes, or write it on "
            "separate lines below '>-'."
        )
        repair = find_repair(self._text, error, find_error)
        if repair is not None:
            detail = f"this is not valid YAML: {error.problem}. {repair.advice}."
            detail += show_line(repair.line, repair.number + self._lines_before)
        self.report(mark, detail)

    def scan(self, events: Iterator[Any]) -> bool:
        """Record unsupported syntax. Return whether the rest can be read."""
        depth = documents = 0
        aliases = False
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            documents += isinstance(event, yaml.DocumentStartEvent)
            if depth > _MAX_DEPTH:
                self.report(
                    event.start_mark,
                    f"this is nested too deeply. Use at most {_MAX_DEPTH} levels.",
                )
                return False
            if documents > 1:
                detail = "a second YAML document starts here. Delete '---' and everything below it."
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
            detail = "YAML anchors and aliases are not supported. Write out the value."
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            text = (
                f" If this is text that starts with {sign!r}, put it in quotes." if repair else ""
            )
            self.report(event.start_mark, f"{detail}{text}{repair}")
        if tag is not None:
            shown = tag.replace(_STANDARD_TAG, "!!")
            detail = f"YAML tags such as {shown!r} are not supported. Delete it."
            if repair and not tag.startswith(_STANDARD_TAG):
                detail += f" If this is text that starts with '!', put it in quotes.{repair}"
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
        """Record the first invisible character of a value, typed or written as an escape."""
        mark = node.start_mark
        written = self._text[mark.index : node.end_mark.index]
        escaped = node.style == '"' and "\\_" in written and "\xa0" in node.value
        named = next((named for _, named in find_invisible(node.value, multiline=True)), "")
        found = written.find(chr(int(named[2:].partition(" ")[0], 16))) if named else -1
        if found >= 0:
            line, before = mark.line + written.count("\n", 0, found), written.rfind("\n", 0, found)
            column = found - before if before >= 0 else mark.column + found + 1
            place = (line + 1 + self._lines_before, column)
            detail = f"the invisible character {named} is not allowed. Delete it."
            self.located.faults.append((place, detail))
        elif named or escaped:
            detail = (
                "this escape sequence in double quotes means "
                f"{named or 'U+00A0 NO-BREAK SPACE'}. Delete it. To write a backslash, "
                "put the text in single quotes."
            )
            self.report(mark, detail)

    def _note_comment(self, node: Any, path: Path) -> None:
        """Record a comment after or below an unquoted value that may be part of its text."""
        end = node.end_mark
        if _COMMENT.match(self._text, end.index):
            number = end.line + 1 + self._lines_before
            self.located.comments[path] = (
                "the text after ' #' is a comment and is not published. Put the whole "
                "text in quotes, or move the comment to its own line."
                + show_line(quote_line(self._lines[end.line]) or "", number)
            )
        below = _COMMENT_BELOW.match(self._text, end.index)
        if below and path in self.located.keys and len(below[1]) >= self.located.keys[path][1]:
            self.located.comments[path] = (
                "the line below is a comment and is not published. Write the text "
                "below '>-', or indent the comment like the field."
            )

    def _read_sequence(self, node: Any, path: Path) -> list[Any]:
        return [self.read(item, (*path, place)) for place, item in enumerate(node.value)]

    def _read_mapping(self, node: Any, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report(key_node.start_mark, "a key must be plain text.")
                continue
            self._check_characters(key_node)
            key = key_node.value
            here = (*path, key)
            if key in result:
                first = self.located.keys[here][0]
                detail = f"duplicate key {key!r}, also on line {first}. Delete one of the two."
                self.report(key_node.start_mark, detail)
                continue
            self.located.keys[here] = self._place(key_node.start_mark)
            result[key] = self.read(value_node, here)
        return result

    def _place(self, mark: Any) -> Position:
        return (mark.line + 1 + self._lines_before, mark.column + 1)
