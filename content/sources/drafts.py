"""Documents and withdrawals as read from source files, with their positions."""

from dataclasses import dataclass, field
from functools import cached_property

from content.documents import FAQS, KINDS, SITE, Document, Key
from content.errors import Fault
from content.sources.located_yaml import LocatedYaml, Path, Position
from content.suggestions import suggest
from schemas.collection import Collections

#: File name of the list of withdrawals.
WITHDRAWN = "withdrawn.yaml"
#: File name of the site document.
SITE_FILE = "site.yaml"
#: Maximum number of IDs in a message.
_MAX_LISTED = 20


@dataclass(frozen=True)
class Draft:
    """A document read from a source file, with its position.

    Attributes:
        document: The document, without its citations.
        file: The file, relative to the content folder.
        located: Positions of the values.
        path: Path of the document within *located*.
        text_line: First line of the Markdown of an answer; 0 for a fact.
    """

    document: Document
    file: str
    located: LocatedYaml
    path: Path = ()
    text_line: int = 0

    def fault(self, message: str, *at: str | int) -> Fault:
        """Return a fault at the field *at*, or at the document if no field is given."""
        position = find_place(self.located, self.path, at)
        return Fault(self.file, *position, ".".join(map(str, at)), message)

    def find_comment(self, *at: str | int) -> str | None:
        """Return the message about a comment after the value *at*; None if there is no comment."""
        own = (*self.path, *at[:1]) in self.located.values
        return self.located.comments.get((*self.path, *at) if own else ("defaults", *at))

    def text_fault(self, message: str, offset: int) -> Fault:
        """Return a fault at the character *offset* of the Markdown."""
        before = self.document.body["markdown"][:offset]
        line = self.text_line + before.count("\n")
        return Fault(self.file, line, offset - before.rfind("\n"), "", message)


@dataclass(frozen=True)
class Withdrawal:
    """An ID that was published and has been withdrawn.

    Attributes:
        key: The document.
        reason: The reason, as shown to readers.
        successor: `collection/id` of the document to read instead; None if there is none.
        draft: The entry in the file.
    """

    key: Key
    reason: str
    successor: str | None
    draft: Draft


@dataclass
class Sources:
    """All documents, withdrawals and faults in the source files.

    Attributes:
        collections: All collections, including the kinds that these files declare.
        drafts: The documents that could be read, ordered by collection and file.
        withdrawals: The entries of `withdrawn.yaml`.
        attempted: All IDs in the files, including those of documents that could not be read.
        faults: The faults found while reading.
        renamed: The new ID for each former ID: aliases, and documents that look renamed.
    """

    collections: Collections
    drafts: list[Draft] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    attempted: set[Key] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    renamed: dict[Key, str] = field(default_factory=dict)

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        """The IDs of each collection, sorted. Use this only after all files are read."""
        found: dict[str, list[str]] = {}
        for collection, document_id in sorted(self.attempted):
            found.setdefault(collection, []).append(document_id)
        return found

    def explain_absent(self, key: Key) -> str:
        """Return the message for a reference to a document that does not exist."""
        if key in self.renamed:
            return f"{key.collection} has no {key.id!r}. Use its new ID, {self.renamed[key]!r}."
        ids = self._ids.get(key.collection, [])
        suggestion = suggest(key.id, ids)
        if suggestion:
            return f"{key.collection} has no {key.id!r}. Did you mean {suggestion!r}?"
        if not ids:
            return f"{key.collection} has no {key.id!r}, and no other documents."
        more = f" and {len(ids) - _MAX_LISTED} more" if len(ids) > _MAX_LISTED else ""
        listed = ", ".join(ids[:_MAX_LISTED])
        return f"{key.collection} has no {key.id!r}. Use one of: {listed}{more}."


def name_file(collection: str, document_id: str) -> str:
    """Return the file of a document, relative to the content folder."""
    if collection == FAQS:
        return f"{FAQS}/{document_id}.md"
    if collection == KINDS:
        return f"{KINDS}/{document_id}.yaml"
    return SITE_FILE if collection == SITE.collection else f"facts/{collection}.yaml"


def find_place(located: LocatedYaml, at: Path, where: Path, *, of_key: bool = False) -> Position:
    """Return the position of the field *where* of the document *at*, or of its default."""
    own = (*at, *where[:1])
    if own not in located.values and ("defaults", *where[:1]) in located.values:
        return located.find_position(("defaults", *where), of_key=of_key)
    return located.find_position((*at, *where), of_key=of_key)
