"""A document and what it cites: the envelope that goes from a source file to an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

#: The collection of answers, the one that is written in Markdown.
FAQS = "faqs"
#: The collection of the kinds of facts that the content declares.
KINDS = "kinds"

#: The collection of data centers, of which a reader has one.
DATA_CENTERS = "data-centers"
#: The fields with what people call a document, each alone as a citation has it.
NAMES = (("name",), ("title",))

#: A body is plain JSON, as its schema loaded it. Nobody changes one in place.
Body = dict[str, Any]


#: Two values of a list that is empty, one of them from before its kind had it.
_EMPTY: tuple[Any, ...] = ((None, []), ([], None))


class Key(NamedTuple):
    """The name of a document. A tuple, because everything looks documents up by it."""

    collection: str
    id: str

    def __str__(self) -> str:
        return f"{self.collection}/{self.id}"


#: The document about the service itself; there is one.
SITE = Key("site", "site")


@dataclass(frozen=True, slots=True)
class Citation:
    """Values of another document, or of all documents of a collection, that a document shows.

    Attributes:
        collection: The collection cited.
        id: The document cited; None for every document that *where* selects.
        fields: The fields shown.
        where: Pairs of field and value that narrow a whole collection.
    """

    collection: str
    id: str | None
    fields: tuple[str, ...]
    where: tuple[tuple[str, str], ...] = ()

    @property
    def shows_names(self) -> bool:
        """Whether it is only about how other documents are called in the documents shown."""
        names_only = self.id is None and self.fields in NAMES
        return names_only and self.collection != DATA_CENTERS

    def covers(self, key: Key, body: Mapping[str, Any]) -> bool:
        """Tell whether the document *key* with this *body* is among those cited."""
        if self.collection != key.collection or self.id not in (None, key.id):
            return False
        return not self.where or all(body.get(field) == value for field, value in self.where)

    def read(self, key: Key, body: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
        """Return the cited values of *body*; None when it is not cited or not there."""
        if body is None or not self.covers(key, body):
            return None
        return tuple(_read_field(body, field) for field in self.fields)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a release holds it.

    Attributes:
        key: Its collection and id.
        body: Its authored fields, plain JSON in the order of its schema.
        cites: What it shows of other documents.
    """

    key: Key
    body: Body
    cites: tuple[Citation, ...] = ()

    @property
    def aliases(self) -> Sequence[str]:
        """Its former ids; a plain document has none."""
        aliases: Sequence[str] = self.body.get("aliases", ())
        return aliases


def is_sample(body: Mapping[str, Any]) -> bool:
    """Tell whether any source of *body* marks it as a sample, made up to show the shape."""
    return any(source["confidence"] == "sample" for source in body.get("sources", ()))


def _read_field(body: Mapping[str, Any], field: str) -> Any:
    return is_sample(body) if field == "sample" else body.get(field)


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields in which two bodies differ, in the order of *after*.

    An empty list is the same as none: *before* may lack a list that its kind has had since.
    """
    names = (*after, *(name for name in before if name not in after))
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return tuple(name for name, was, now in pairs if was != now and (was, now) not in _EMPTY)


def is_same(before: Document | None, after: Document | None) -> bool:
    """Tell whether two documents are the same, but for fields that their kind gained between."""
    if before is None or after is None:
        return before is after
    return before.cites == after.cites and not changed_fields(before.body, after.body)


def pick(body: Mapping[str, Any], names: Iterable[str]) -> Body:
    """Return the fields *names* of *body*, in that order."""
    return {name: body[name] for name in names}
