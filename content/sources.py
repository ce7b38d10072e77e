"""Read the files that editors write. The only module that does; all faults come together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError

from content.documents import Document, Key, pick
from content.errors import Fault
from content.explanations import UNKNOWN, explain_message, flatten_messages
from content.located_yaml import LocatedYaml, Position, parse_yaml
from content.located_yaml import Path as FieldPath
from schemas.collections import Collection, Collections
from schemas.withdrawal import WithdrawalSchema

FAQS = "faqs"
_FENCE = "---"


@dataclass(frozen=True)
class Draft:
    """A document as an editor wrote it, and where.

    Attributes:
        document: The document; what it cites is not yet known.
        file: Its file, below the root.
        located: Where its parts stand.
        path: Where in *located* the document begins.
        text_line: The line on which the Markdown of an answer begins; 0 for a fact.
    """

    document: Document
    file: str
    located: LocatedYaml
    path: FieldPath = ()
    text_line: int = 0

    def fault(self, message: str, *at: str | int) -> Fault:
        """Return a fault of the field *at*; of the document when there is none."""
        if at == ("markdown",):
            return self.text_fault(message, 0)
        place = find_place(self.located, self.path, at)
        return Fault(self.file, *place, ".".join(map(str, at)), message)

    def text_fault(self, message: str, offset: int) -> Fault:
        """Return a fault *offset* letters into the Markdown."""
        before = self.document.body["markdown"][:offset]
        line = self.text_line + before.count("\n")
        return Fault(self.file, line, offset - before.rfind("\n"), "", message)


@dataclass(frozen=True)
class Withdrawal:
    """An id that was published and is no more.

    Attributes:
        key: The document.
        reason: Why, for readers.
        successor: `collection/id` of what to read instead; None: nothing.
        draft: Where it stands.
    """

    key: Key
    reason: str
    successor: str | None
    draft: Draft


@dataclass
class Sources:
    """Everything in the files.

    Attributes:
        drafts: The documents that could be read, in the order of collections and files.
        withdrawals: What `withdrawn.yaml` says.
        attempted: Every id that a file names, whether its document could be read or not.
        faults: What could not be read.
    """

    drafts: list[Draft] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    attempted: set[Key] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def read_sources(root: Path, collections: Collections) -> Sources:
    """Return the documents below *root*`/content`, and every fault in reading them."""
    sources = Sources()
    reader = _Reader(root, sources)
    for path in sorted((root / "content" / FAQS).glob("*.md")):
        reader.read_faq(path, collections[FAQS])
    for collection in collections:
        path = root / "content" / "facts" / f"{collection.name}.yaml"
        if collection.name != FAQS and path.exists():
            reader.read_facts(path, collection)
    reader.refuse_strangers(collections)
    reader.read_withdrawals(root / "content" / "withdrawn.yaml")
    return sources


class _Reader:
    def __init__(self, root: Path, sources: Sources) -> None:
        self._root = root
        self._sources = sources

    def read_faq(self, path: Path, collection: Collection) -> None:
        text = self._read_text(path)
        if text is None:
            return
        lines = text.split("\n")
        end = lines.index(_FENCE, 1) if lines[0] == _FENCE and _FENCE in lines[1:] else 0
        if not end:
            said = "an answer begins with a line '---', its fields, and another line '---'."
            self._fault(path, (1, 1), said)
            return
        located = parse_yaml("\n".join(lines[1:end]), first_line=2)
        if not self._accept(path, located, dict):
            return
        markdown = "\n".join(lines[end + 1 :])
        skipped = len(markdown) - len(markdown.lstrip("\n"))
        fields = {**located.value, "markdown": markdown.strip("\n") + "\n"}
        if not markdown.strip():
            self._fault(path, (end + 1, 1), "the answer is empty; write it below the fields.")
        elif "markdown" in located.value:
            place = located.find_position(("markdown",), of_key=True)
            self._fault(path, place, "the answer stands below the fields, not among them.")
        else:
            self._add(collection, path, located, (), fields, text_line=end + 2 + skipped)

    def read_facts(self, path: Path, collection: Collection) -> None:
        for place, fields, located in self._read_items(path):
            self._add(collection, path, located, ("items", place), fields)

    def read_withdrawals(self, path: Path) -> None:
        if not path.exists():
            return
        schema = WithdrawalSchema()
        for place, fields, located in self._read_items(path):
            loaded = self._load(schema, path, located, ("items", place), fields)
            if loaded is not None:
                key = Key(loaded["collection"], loaded["id"])
                document = Document(key, loaded)
                draft = Draft(document, self._name(path), located, ("items", place))
                reason, successor = loaded["reason"], loaded["successor"]
                self._sources.withdrawals.append(Withdrawal(key, reason, successor, draft))

    def refuse_strangers(self, collections: Collections) -> None:
        """Refuse files that nobody would read."""
        known = {f"{name}.yaml" for name in collections.names if name != FAQS}
        for path in sorted((self._root / "content" / "facts").glob("*")):
            if path.name not in known:
                close = get_close_matches(path.name, known, n=1)
                meant = f"rename it to {close[0]!r}" if close else f"use {', '.join(sorted(known))}"
                said = f"no collection is kept in a file of this name; {meant}."
                self._sources.faults.append(Fault(self._name(path), 0, 0, "", said))
        for path in sorted((self._root / "content" / FAQS).iterdir()):
            if path.suffix != ".md":
                said = "answers are files that end in .md; rename or move this one."
                self._sources.faults.append(Fault(self._name(path), 0, 0, "", said))

    def _read_items(self, path: Path) -> Iterator[tuple[int, dict[str, Any], LocatedYaml]]:
        text = self._read_text(path)
        located = parse_yaml(text) if text is not None else None
        if located is None or not self._accept(path, located, dict):
            return
        for name in located.value.keys() - {"defaults", "items"}:
            place = located.find_position((name,), of_key=True)
            said = f"unknown field {name!r}; a file has 'defaults' and 'items'."
            self._fault(path, place, said)
        defaults = located.value.get("defaults", {})
        items = located.value.get("items")
        if not isinstance(defaults, dict):
            self._fault(path, located.find_position(("defaults",)), "this must be fields.")
        elif not isinstance(items, list):
            self._fault(path, (1, 1), "'items' must be a list, one document after each '- '.")
        else:
            for place_in_list, item in enumerate(items):
                path_of_item: FieldPath = ("items", place_in_list)
                if isinstance(item, dict):
                    yield place_in_list, {**defaults, **item}, located
                else:
                    here = located.find_position(path_of_item)
                    self._fault(path, here, "this must be a document: fields, the id first.")

    def _add(
        self,
        collection: Collection,
        path: Path,
        located: LocatedYaml,
        at: FieldPath,
        fields: dict[str, Any],
        *,
        text_line: int = 0,
    ) -> None:
        if isinstance(fields.get("id"), str):
            self._sources.attempted.add(Key(collection.name, fields["id"]))
        loaded = self._load(collection.strict, path, located, at, fields)
        if loaded is not None:
            key = Key(collection.name, loaded["id"])
            document = Document(key, pick(loaded, collection.authored))
            self._sources.drafts.append(Draft(document, self._name(path), located, at, text_line))

    def _load(
        self,
        schema: Schema,
        path: Path,
        located: LocatedYaml,
        at: FieldPath,
        fields: Mapping[str, Any],
    ) -> dict[str, Any] | None:
        try:
            loaded: dict[str, Any] = schema.load(fields)
        except ValidationError as error:
            for where, said in flatten_messages(error.messages):
                place = find_place(located, at, where, of_key=said == UNKNOWN)
                message = explain_message(said, where, schema)
                self._fault(path, place, message, ".".join(map(str, where)))
            return None
        return loaded

    def _accept(self, path: Path, located: LocatedYaml, kind: type) -> bool:
        for place, message in located.faults:
            self._fault(path, place, message)
        if not located.faults and not isinstance(located.value, kind):
            self._fault(path, (1, 1), "this must be fields, each 'name: value'.")
        return not located.faults and isinstance(located.value, kind)

    def _read_text(self, path: Path) -> str | None:
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = error.start - data.rfind(b"\n", 0, error.start)
            self._fault(path, (line, column), "this is not UTF-8; save the file as UTF-8.")
            return None
        if text.startswith("\ufeff"):
            self._fault(path, (1, 1), "a byte order mark stands here; save as UTF-8 without one.")
            return None
        return text.replace("\r\n", "\n")

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _fault(self, path: Path, place: Position, message: str, of_field: str = "") -> None:
        self._sources.faults.append(Fault(self._name(path), *place, of_field, message))


def find_place(
    located: LocatedYaml, at: FieldPath, where: FieldPath, *, of_key: bool = False
) -> Position:
    """Return where the field *where* of the document *at* stands, or its default."""
    own = (*at, *where[:1])
    if own not in located.values and ("defaults", *where[:1]) in located.values:
        return located.find_position(("defaults", *where), of_key=of_key)
    return located.find_position((*at, *where), of_key=of_key)
