"""Read a plain subset of YAML and remember where every key and value stood.

Only `true`, `false`, `null` and decimal integers are more than text, so a day, a version or the
word `no` stays what was written. Anchors, aliases, tags and duplicate keys are faults.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

#: The way to a value: keys and places in lists, from the top.
Path = tuple[str | int, ...]
#: Line and column, both from 1.
Position = tuple[int, int]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_TAG = "tag:yaml.org,2002:"
_KINDS = ("str", "int", "bool", "null", "float", "timestamp", "seq", "map", "merge", "value")
_TAGS = {_TAG + kind for kind in _KINDS}
_MAX_DEPTH = 20


@dataclass
class LocatedYaml:
    """A value read from YAML, where its parts stood, and what was wrong with it."""

    value: Any = None
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    faults: list[tuple[Position, str]] = field(default_factory=list)

    def find_position(self, path: Path, *, of_key: bool = False) -> Position:
        """Return where the value (or its key) at *path* stood, or the nearest thing around it."""
        for length in range(len(path), -1, -1):
            places = self.keys if of_key and length == len(path) else self.values
            if path[:length] in places:
                return places[path[:length]]
        return (1, 1)


def parse_yaml(text: str, *, first_line: int = 1) -> LocatedYaml:
    """Return the value of *text*, whose first line is line *first_line* of its file."""
    located = LocatedYaml()
    reader = _Reader(located, first_line - 1)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = f"this is not YAML: {error.problem or error.context}."
        located.faults.append((reader.place(mark), said))
    except (yaml.YAMLError, RecursionError) as error:
        located.faults.append(((first_line, 1), f"this is not YAML: {str(error).splitlines()[0]}."))
    else:
        located.value = reader.read(node, ()) if node is not None else None
    return located


class _Reader:
    """Turns the nodes of one text into values, noting positions and faults."""

    def __init__(self, located: LocatedYaml, lines_before: int) -> None:
        self._located = located
        self._lines_before = lines_before
        self._seen: set[int] = set()

    def place(self, mark: Any) -> Position:
        """Return the position of *mark* in the file."""
        if mark is None:
            return (1 + self._lines_before, 1)
        return (mark.line + 1 + self._lines_before, mark.column + 1)

    def read(self, node: Any, path: Path) -> Any:
        """Return the value of *node*."""
        self._located.values[path] = self.place(node.start_mark)
        if id(node) in self._seen:
            self._fault(node, "anchors and aliases are not read here; write the value out.")
            return None
        self._seen.add(id(node))
        if len(path) > _MAX_DEPTH:
            self._fault(node, f"this is nested more than {_MAX_DEPTH} deep.")
            return None
        if node.tag not in _TAGS:
            self._fault(node, f"the tag {node.tag!r} is not read here; leave it out.")
        readers: dict[type, Callable[[Any, Path], Any]] = {
            yaml.ScalarNode: self._read_scalar,
            yaml.SequenceNode: self._read_sequence,
            yaml.MappingNode: self._read_mapping,
        }
        return readers[type(node)](node, path)

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
                self._fault(key_node, "a key must be a word.")
                continue
            key = key_node.value
            here = (*path, key)
            if key in result:
                first = self._located.keys[here][0]
                self._fault(key_node, f"{key!r} is already given in line {first}; keep one.")
                continue
            self._located.keys[here] = self.place(key_node.start_mark)
            result[key] = self.read(value_node, here)
        return result

    def _fault(self, node: Any, message: str) -> None:
        self._located.faults.append((self.place(node.start_mark), message))
