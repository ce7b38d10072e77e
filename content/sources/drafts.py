"""What editors wrote: documents and withdrawals, each with its position in a file."""

from dataclasses import dataclass, field
from functools import cached_property

from content.documents import FAQS, KINDS, SITE, Document, Key
from content.errors import Fault
from content.sources.located_yaml import LocatedYaml, Path, Position
from content.suggestions import suggest
from schemas.collection import Collections

#: The file of what was withdrawn.
WITHDRAWN = "withdrawn.yaml"
#: The file of the site document.
SITE_FILE = "site.yaml"
#: How many ids a message lists.
_MAX_LISTED = 20


@dataclass(frozen=True)
class Draft:
    """A document as an editor wrote it, and where.

    Attributes:
        document: The document; what it cites is not yet known.
        file: Its file, below the content folder.
        located: The positions of its parts.
        path: Where in *located* the document begins.
        text_line: The line on which the Markdown of an answer begins; 0 for a fact.
    """

    document: Document
    file: str
    located: LocatedYaml
    path: Path = ()
    text_line: int = 0

    def fault(self, message: str, *at: str | int) -> Fault:
        """Return a fault of the field *at*; of the document when there is none."""
        position = find_place(self.located, self.path, at)
        return Fault(self.file, *position, ".".join(map(str, at)), message)

    def find_comment(self, *at: str | int) -> str | None:
        """Return what is wrong with a comment that follows the field *at*; None: none does."""
        own = (*self.path, *at[:1]) in self.located.values
        return self.located.comments.get((*self.path, *at) if own else ("defaults", *at))

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
        draft: Its position in the file.
    """

    key: Key
    reason: str
    successor: str | None
    draft: Draft


@dataclass
class Sources:
    """Everything in the files.

    Attributes:
        collections: The table of collections, with the kinds that these files declare.
        drafts: The documents that could be read, in the order of collections and files.
        withdrawals: The entries of `withdrawn.yaml`.
        attempted: Every id that a file names, whether its document could be read or not.
        faults: What could not be read.
        renamed: The new id of each former one: of aliases, and of what was probably renamed.
    """

    collections: Collections
    drafts: list[Draft] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    attempted: set[Key] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    renamed: dict[Key, str] = field(default_factory=dict)

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        """The ids of each collection, sorted; asked for when all files are read."""
        found: dict[str, list[str]] = {}
        for collection, document_id in sorted(self.attempted):
            found.setdefault(collection, []).append(document_id)
        return found

    def explain_absent(self, key: Key) -> str:
        """Return the sentence for a link to a document that no file names."""
        if key in self.renamed:
            return f"{key.collection} has no {key.id!r}; write its new id, {self.renamed[key]!r}."
        ids = self._ids.get(key.collection, [])
        suggestion = suggest(key.id, ids)
        if suggestion:
            return f"{key.collection} has no {key.id!r}; did you mean {suggestion!r}?"
        more = f" and {len(ids) - _MAX_LISTED} more" if len(ids) > _MAX_LISTED else ""
        listed = ", ".join(ids[:_MAX_LISTED]) or "nothing"
        return f"{key.collection} has no {key.id!r}; it has {listed}{more}."


def name_file(collection: str, document_id: str) -> str:
    """Return the file of a document, below the content folder; facts of a kind share one."""
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
