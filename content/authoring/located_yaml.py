"""Read a plain subset of YAML and remember the position of every key and value.

Only `true`, `false`, `null` and decimal integers are more than text, so a day, a version or the
word `no` stays what was written. Anchors, aliases, tags and duplicate keys are faults.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

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


@dataclass
class LocatedYaml:
    """A value read from YAML, the positions of its parts, and its faults."""

    value: Any = None
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
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
    reader = _Reader(first_line - 1)
    if stray := _STRAY_BREAK.search(text):
        reader.refuse_character(text, stray[0])
        return reader.located
    try:
        # The events come first: they cost no stack, whereas nodes nested too deep would end the
        # whole process, and an alias leaves no trace in the nodes.
        readable = reader.scan(yaml.parse(text, Loader=_LOADER))
        node = yaml.compose(text, Loader=_LOADER) if readable else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reader.report(mark, f"this is not YAML: {error.problem}.")
    except yaml.reader.ReaderError as error:
        reader.refuse_character(text, chr(error.character))
    else:
        reader.located.value = reader.read(node, ()) if node is not None else None
    return reader.located


class _Reader:
    """Turns the nodes of one text into values, noting positions and faults."""

    def __init__(self, lines_before: int) -> None:
        self.located = LocatedYaml()
        self._lines_before = lines_before

    def report(self, mark: Any, message: str) -> None:
        """Note a fault at *mark*."""
        self.located.faults.append((self._place(mark), message))

    def refuse_character(self, text: str, character: str) -> None:
        """Note that *text* must not contain *character*."""
        at = text.index(character)
        line = text.count("\n", 0, at) + 1 + self._lines_before
        detail = f"the invisible character U+{ord(character):04X} is here; delete it."
        self.located.faults.append(((line, at - text.rfind("\n", 0, at)), detail))

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
        if getattr(event, "anchor", None) is not None:
            detail = "anchors and aliases are not read here; write the value out."
            self.report(event.start_mark, detail)
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = tag.replace(_STANDARD_TAG, "!!")
            self.report(event.start_mark, f"the tag {shown!r} is not read here; leave it out.")

    def _read_scalar(self, node: Any, _path: Path) -> Any:
        if node.style in ("'", '"', "|", ">"):
            return node.value
        if node.value in _WORDS:
            return _WORDS[node.value]
        return int(node.value) if _INTEGER.fullmatch(node.value) else node.value

    def _read_sequence(self, node: Any, path: Path) -> list[Any]:
        return [self.read(item, (*path, place)) for place, item in enumerate(node.value)]

    def _read_mapping(self, node: Any, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report(key_node.start_mark, "a key must be a word.")
                continue
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
