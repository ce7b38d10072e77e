"""Read a source file. Only this module opens source files."""

import errno
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError

from content.documents import Document, Key, pick
from content.errors import Fault
from content.sources.drafts import Draft, Sources, find_place
from content.sources.explanations import UNKNOWN, explain_message, flatten_messages
from content.sources.located_yaml import LocatedYaml, Position, parse_yaml
from content.sources.located_yaml import Path as FieldPath
from schemas.collection import Collection

#: Lines that git writes around merge conflicts.
_MERGE_MARKER = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")
_MERGE = (
    "unresolved merge conflict. Keep one version, and delete the other one and the "
    "lines that start with '<<<<<<<', '|||||||', '=======' and '>>>>>>>'."
)
#: Limits that keep 'check' within seconds: bytes in a file, documents in a collection.
MAX_FILE_BYTES = 4 * 1024 * 1024
MAX_DOCUMENTS = 10_000
#: A line with an ID, in a file that is not valid YAML.
_ID_LINE = re.compile(r"""^[\s{-]*["']?id["']?\s*:\s*["']?([a-z0-9-]+)""", re.MULTILINE)


class SourceFile:
    """A source file while it is read.

    Attributes:
        name: The path relative to the root.
        sources: Receives the documents and faults of this file.
        located: The fields and their positions, once parsed.
        faulty: Whether a fault was found.
    """

    def __init__(self, root: Path, path: Path, sources: Sources) -> None:
        self.name = path.relative_to(root).as_posix()
        self.sources = sources
        self.located = LocatedYaml()
        self.faulty = False
        self._path = path

    def report(self, place: Position, message: str, of_field: str = "") -> None:
        """Record a fault at *place*."""
        self.faulty = True
        self.sources.faults.append(Fault(self.name, *place, of_field, message))

    def read_text(self) -> str | None:
        """Return the text; None, and a fault, if it cannot be read."""
        data = self._read_bytes()
        if data is None:
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8")
            place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
            self.report(place, "this file is not UTF-8. Save it as UTF-8.")
            return None
        if text.startswith("\ufeff"):
            self.report(
                (1, 1), "this file starts with a byte order mark. Save it as UTF-8 without one."
            )
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        lines = text.split("\n")
        markers = [n for n, line in enumerate(lines, start=1) if _MERGE_MARKER.fullmatch(line)]
        for line in markers:
            self.report((line, 1), _MERGE)
        return None if markers else text

    def read_beside(self, name: str, most: int) -> bytes:
        """Read at most *most* bytes of the file *name* in the same folder.

        Raises:
            OSError: The file cannot be read.
        """
        path = self._path.parent / name
        if path.exists() and not path.is_file():
            # Reading a pipe would never end.
            raise OSError(errno.EINVAL, "Not a regular file")
        with path.open("rb") as file:
            return file.read(most)

    def guess_ids(self, collection: str) -> None:
        """Record everything that looks like an ID in an invalid file, so that links to it work."""
        text = (self._read_bytes() or b"").decode("utf-8", errors="replace")
        self.sources.attempted |= {Key(collection, found) for found in _ID_LINE.findall(text)}

    def parse(self, text: str, *, first_line: int = 1) -> bool:
        """Parse *text* as fields. Return whether it has any."""
        self.located = parse_yaml(text, first_line=first_line)
        for place, message in self.located.faults:
            self.report(place, message)
        fields = isinstance(self.located.value, dict)
        if not self.located.faults and not fields:
            self.report((1, 1), "this must contain fields, each written as 'name: value'.")
        return fields

    def read_items(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each document in a file of facts, with its index."""
        text = self.read_text()
        if text is None or not self.parse(text):
            return
        for name in self.located.value.keys() - {"defaults", "items"}:
            place = self.located.find_position((name,), of_key=True)
            self.report(
                place, f"unknown field {name!r}. Use 'defaults' and 'items' at the top of a file."
            )
        defaults = self._get_part(
            "defaults", dict, {}, "'defaults' must contain fields, each written as 'name: value'."
        )
        detail = "'items' must be a list. Start each document with '- '."
        items = self._get_part("items", list, None, detail)
        if len(items) > MAX_DOCUMENTS:
            found = (
                f"there are {len(items):,} documents, but at most {MAX_DOCUMENTS:,} are allowed."
            )
            self.report(self.located.find_position(("items",), of_key=True), found)
            return
        for place_in_list, item in enumerate(items):
            if isinstance(item, dict):
                yield place_in_list, {**defaults, **item}
            else:
                here = self.located.find_position(("items", place_in_list))
                self.report(
                    here, "this must be a document. Write its fields, starting with the ID."
                )

    def add(
        self, collection: Collection, at: FieldPath, fields: dict[str, Any], *, text_line: int = 0
    ) -> None:
        """Add the document at the path *at*, if it is valid."""
        if isinstance(fields.get("id"), str):
            self.sources.attempted.add(Key(collection.name, fields["id"]))
        loaded = self.load(collection.strict, at, fields)
        if loaded is not None:
            key = Key(collection.name, loaded["id"])
            document = Document(key, pick(loaded, collection.authored))
            self.sources.drafts.append(Draft(document, self.name, self.located, at, text_line))

    def load(
        self, schema: Schema, at: FieldPath, fields: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """Load *fields* with *schema*; return None, and record the faults, if they are invalid."""
        try:
            loaded: dict[str, Any] = schema.load(fields)
        except ValidationError as error:
            for where, detail in flatten_messages(error.messages):
                place = find_place(self.located, at, where, of_key=detail == UNKNOWN)
                message = explain_message(detail, where, schema)
                self.report(place, message, ".".join(map(str, where)))
            return None
        return loaded

    def _read_bytes(self) -> bytes | None:
        """Return the content. If the file is unreadable or too large, report it and return None."""
        try:
            with self._path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            self.report((0, 0), f"this file cannot be read: {error.strerror}.")
            return None
        if len(data) > MAX_FILE_BYTES:
            detail = f"this file is larger than {MAX_FILE_BYTES:,} bytes. Split or shorten it."
            self.report((0, 0), detail)
            return None
        return data

    def _get_part(self, name: str, kind: type, absent: Any, message: str) -> Any:
        """Return a part of a file of facts; an empty one, and a fault, if it is not a *kind*."""
        part = self.located.value.get(name, absent)
        if isinstance(part, kind):
            return part
        self.report(self.located.find_position((name,)), message)
        return kind()
