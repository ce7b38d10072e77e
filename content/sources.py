"""Read the files that editors write. The only module that does; all faults come together."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError

from content.documents import Document, Key, pick
from content.drafts import Draft, Sources, Withdrawal, find_place
from content.errors import Fault
from content.explanations import UNKNOWN, explain_message, flatten_messages
from content.located_yaml import LocatedYaml, Position, parse_yaml
from content.located_yaml import Path as FieldPath
from schemas.collections import Collection, Collections
from schemas.withdrawal import WithdrawalSchema

FAQS = "faqs"
_FENCE = "---"
#: How an id looks in a file that cannot be read as YAML.
_ID_LINE = re.compile(r"""^[\s{-]*["']?id["']?\s*:\s*["']?([a-z0-9-]+)""", re.MULTILINE)


def read_sources(root: Path, collections: Collections) -> Sources:
    """Return the documents below *root*`/content`, and every fault in reading them."""
    sources = Sources()
    content = root / "content"
    for path in _list_files(content / FAQS, "*.md"):
        _read_faq(_SourceFile(root, path, sources), collections[FAQS])
    for collection in collections:
        path = content / "facts" / f"{collection.name}.yaml"
        if collection.name != FAQS and path.is_file():
            _read_facts(_SourceFile(root, path, sources), collection)
    sources.faults += _refuse_strangers(root, collections)
    if (content / "withdrawn.yaml").is_file():
        _read_withdrawals(_SourceFile(root, content / "withdrawn.yaml", sources))
    return sources


def _list_files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if path.is_file())


def _read_faq(file: "_SourceFile", collection: Collection) -> None:
    file.guess_ids(FAQS)
    lines = (file.read_text() or "").split("\n")
    end = lines.index(_FENCE, 1) if lines[0] == _FENCE and _FENCE in lines[1:] else 0
    if end and file.parse("\n".join(lines[1:end]), first_line=2):
        _read_answer(file, collection, "\n".join(lines[end + 1 :]), end + 2)
    elif not file.faulty:
        said = "an answer begins with a line '---', its fields, and another line '---'."
        file.fault((1, 1), said)


def _read_answer(file: "_SourceFile", collection: Collection, markdown: str, line: int) -> None:
    fields = file.located.value
    if "markdown" in fields:
        place = file.located.find_position(("markdown",), of_key=True)
        file.fault(place, "the answer stands below the fields, not among them.")
    if not markdown.strip():
        file.fault((line - 1, 1), "the answer is empty; write it below the fields.")
        # A stand-in, so that the fields are checked all the same.
        markdown = _FENCE
    skipped = len(markdown) - len(markdown.lstrip("\n"))
    text = markdown.strip("\n") + "\n"
    file.add(collection, (), {**fields, "markdown": text}, text_line=line + skipped)


def _read_facts(file: "_SourceFile", collection: Collection) -> None:
    for place, fields in file.read_items():
        file.add(collection, ("items", place), fields)
    if not isinstance(file.located.value, dict):
        file.guess_ids(collection.name)


def _read_withdrawals(file: "_SourceFile") -> None:
    schema = WithdrawalSchema()
    for place, fields in file.read_items():
        loaded = file.load(schema, ("items", place), fields)
        if loaded is not None:
            key = Key(loaded["collection"], loaded["id"])
            draft = Draft(Document(key, loaded), file.name, file.located, ("items", place))
            withdrawal = Withdrawal(key, loaded["reason"], loaded["successor"], draft)
            file.sources.withdrawals.append(withdrawal)


def _refuse_strangers(root: Path, collections: Collections) -> Iterator[Fault]:
    """Yield a fault for each file that nobody would read."""
    known = {f"{name}.yaml" for name in collections.names if name != FAQS}
    for path in sorted((root / "content" / "facts").glob("*")):
        if path.name not in known or not path.is_file():
            close = get_close_matches(path.name, known, n=1)
            meant = f"rename it to {close[0]!r}" if close else f"use {', '.join(sorted(known))}"
            said = f"no collection is kept in a file of this name; {meant}."
            yield Fault(path.relative_to(root).as_posix(), 0, 0, "", said)
    for path in sorted((root / "content" / FAQS).glob("*")):
        if path.suffix != ".md" or not path.is_file():
            said = "answers are files that end in .md; rename or move this one."
            yield Fault(path.relative_to(root).as_posix(), 0, 0, "", said)


class _SourceFile:
    """A file while it is read: where its parts stand, and what it gives to the sources."""

    def __init__(self, root: Path, path: Path, sources: Sources) -> None:
        self.name = path.relative_to(root).as_posix()
        self.sources = sources
        self.located = LocatedYaml()
        self.faulty = False
        self._path = path

    def fault(self, place: Position, message: str, of_field: str = "") -> None:
        """Note a fault at *place*."""
        self.faulty = True
        self.sources.faults.append(Fault(self.name, *place, of_field, message))

    def read_text(self) -> str | None:
        """Return the text; None when it is not UTF-8."""
        data = self._path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8")
            place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
            self.fault(place, "this is not UTF-8; save the file as UTF-8.")
            return None
        if text.startswith("\ufeff"):
            self.fault((1, 1), "a byte order mark stands here; save as UTF-8 without one.")
        return text.removeprefix("\ufeff").replace("\r\n", "\n")

    def guess_ids(self, collection: str) -> None:
        """Note what look like ids in a file that cannot be read, so that links to them hold."""
        text = self._path.read_text(encoding="utf-8", errors="replace")
        ids = {self._path.stem} if collection == FAQS else _ID_LINE.findall(text)
        self.sources.attempted |= {Key(collection, document_id) for document_id in ids}

    def parse(self, text: str, *, first_line: int = 1) -> bool:
        """Read *text* as fields; tell whether there are any."""
        self.located = parse_yaml(text, first_line=first_line)
        for place, message in self.located.faults:
            self.fault(place, message)
        fields = isinstance(self.located.value, dict)
        if not self.located.faults and not fields:
            self.fault((1, 1), "this must be fields, each 'name: value'.")
        return fields

    def read_items(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each document of a file of many, with its place in the list."""
        text = self.read_text()
        if text is None or not self.parse(text):
            return
        for name in self.located.value.keys() - {"defaults", "items"}:
            place = self.located.find_position((name,), of_key=True)
            self.fault(place, f"unknown field {name!r}; a file has 'defaults' and 'items'.")
        defaults = self.located.value.get("defaults", {})
        items = self.located.value.get("items")
        if not isinstance(defaults, dict):
            self.fault(self.located.find_position(("defaults",)), "this must be fields.")
            defaults = {}
        if not isinstance(items, list):
            said = "'items' must be a list, one document after each '- '."
            self.fault(self.located.find_position(("items",)), said)
            return
        for place_in_list, item in enumerate(items):
            if isinstance(item, dict):
                yield place_in_list, {**defaults, **item}
            else:
                here = self.located.find_position(("items", place_in_list))
                self.fault(here, "this must be a document: fields, the id first.")

    def add(
        self, collection: Collection, at: FieldPath, fields: dict[str, Any], *, text_line: int = 0
    ) -> None:
        """Add the document that stands *at*, if its schema accepts it."""
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
        """Return *fields* as *schema* reads them; None when it finds faults, which are noted."""
        try:
            loaded: dict[str, Any] = schema.load(fields)
        except ValidationError as error:
            for where, said in flatten_messages(error.messages):
                place = find_place(self.located, at, where, of_key=said == UNKNOWN)
                message = explain_message(said, where, schema)
                self.fault(place, message, ".".join(map(str, where)))
            return None
        return loaded
