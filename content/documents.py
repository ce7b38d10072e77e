"""Documents and their citations, as used from the source file to the response."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

#: The collection of answers. Only its documents are written in Markdown.
FAQS = "faqs"
#: The collection of declared kinds.
KINDS = "kinds"

#: The collection of data centers.
DATA_CENTERS = "data-centers"
#: The fields that hold the display name of a document, each as a citation lists it.
NAMES = (("name",), ("title",))

#: Plain JSON, as loaded by the schema. Never changed in place.
Body = dict[str, Any]

#: Pairs of values that count as equal: null or an empty list, and a field that did not exist yet.
_EMPTY: tuple[Any, ...] = ((None, []), ([], None), (None, None))


class Key(NamedTuple):
    """The collection and ID of a document. A tuple, because lookups by key must be fast."""

    collection: str
    id: str

    def __str__(self) -> str:
        return f"{self.collection}/{self.id}"


#: The only document of the collection `site`. It describes the service.
SITE = Key("site", "site")


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference from a document to values of another document or of a whole collection.

    Attributes:
        collection: The cited collection.
        id: The cited document. None for all documents that *where* selects.
        fields: The fields whose values are shown.
        where: Pairs of field and value that filter the collection.
    """

    collection: str
    id: str | None
    fields: tuple[str, ...]
    where: tuple[tuple[str, str], ...] = ()

    @property
    def shows_names(self) -> bool:
        """Whether it only shows names of other documents in the values of the cited ones."""
        names_only = self.id is None and self.fields in NAMES
        return names_only and self.collection != DATA_CENTERS

    def covers(self, key: Key, body: Mapping[str, Any]) -> bool:
        """Return whether the citation includes the document *key* with this *body*."""
        if self.collection != key.collection or self.id not in (None, key.id):
            return False
        return not self.where or all(body.get(field) == value for field, value in self.where)

    def read(self, key: Key, body: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
        """Return the cited values of *body*. None if it does not exist or is not cited."""
        if body is None or not self.covers(key, body):
            return None
        return tuple(_read_field(body, field) for field in self.fields)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as stored in a release.

    Attributes:
        key: Its collection and ID.
        body: Its authored fields, plain JSON in the order of its schema.
        cites: The values of other documents that it shows.
    """

    key: Key
    body: Body
    cites: tuple[Citation, ...] = ()

    @property
    def aliases(self) -> Sequence[str]:
        """The former IDs. A plain document has none."""
        aliases: Sequence[str] = self.body.get("aliases", ())
        return aliases


def is_sample(body: Mapping[str, Any]) -> bool:
    """Return whether any source of *body* marks it as sample data."""
    return any(source["confidence"] == "sample" for source in body.get("sources", ()))


def _read_field(body: Mapping[str, Any], field: str) -> Any:
    return is_sample(body) if field == "sample" else body.get(field)


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that differ between two bodies, in the order of *after*.

    A missing list equals an empty one: the kind may have gained the field after *before*.
    """
    names = [name for name in after if name not in before or before[name] != after[name]]
    names += [name for name in before if name not in after]
    return tuple(n for n in names if (before.get(n), after.get(n)) not in _EMPTY)


def is_same(before: Document | None, after: Document | None) -> bool:
    """Return whether two documents are equal, ignoring fields that their kind gained in between."""
    if before is None or after is None:
        return before is after
    return before.cites == after.cites and not changed_fields(before.body, after.body)


def pick(body: Mapping[str, Any], names: Iterable[str]) -> Body:
    """Return the fields *names* of *body*, in that order."""
    return {name: body[name] for name in names}
