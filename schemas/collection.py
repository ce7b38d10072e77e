"""What a collection is: the kind of its documents, how its list is ordered and narrowed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, fields

from schemas.fields import Id, List, Reference


@dataclass(frozen=True)
class Filter:
    """A parameter that narrows a list to the documents whose *field* has one of its values."""

    parameter: str
    field: str
    multiple: bool = False


@dataclass(frozen=True)
class Collection:
    """A kind of document.

    Attributes:
        name: The collection in paths, in citations and in the name of its file.
        item: What one document is called in the OpenAPI document, for example `IpRange`.
        title: What people call the collection.
        one: What people call one document, within a sentence.
        description: What it holds, one sentence.
        schema: The schema of a whole document.
        order: The fields a list is ordered by; the id comes last.
        filters: The parameters that narrow a list by a field.
        unique: The fields whose values no two documents share, one field or several together.
        configures: The fields that administrators copy into their own systems: a change of one
            is an instruction to them, a change of any other field is only to be read.
        has_default_views: Whether its list and its documents are served without code of their own.
        declaration: The document of `kinds` that it was built from; None: it is built in.
    """

    name: str
    item: str
    title: str
    one: str
    description: str
    schema: type[Schema]
    order: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    configures: tuple[str, ...] = ()
    has_default_views: bool = True
    declaration: Mapping[str, Any] | None = None

    @property
    def several(self) -> str:
        """What people call its documents, within a sentence."""
        return self.title if self.title[1].isupper() else self.title[0].lower() + self.title[1:]

    @cached_property
    def strict(self) -> Schema:
        """The schema that reads what an editor wrote: an unknown field is a fault."""
        return self.schema(unknown=RAISE)

    @cached_property
    def lenient(self) -> Schema:
        """The schema that reads what a release holds: what it does not know is left out."""
        return _loosen(self.schema(unknown=EXCLUDE))

    @cached_property
    def authored(self) -> tuple[str, ...]:
        """The fields that an editor writes, in order."""
        return tuple(self.strict.load_fields)

    @cached_property
    def served(self) -> tuple[str, ...]:
        """The fields that a client reads, in order."""
        return tuple(self.strict.dump_fields)

    @cached_property
    def is_plain(self) -> bool:
        """Whether its documents have no sources, review dates and aliases."""
        return "review_by" not in self.authored

    @cached_property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Each authored field that names other documents, with their collection."""
        pairs = ((name, _find_reference(self.strict.fields[name])) for name in self.authored)
        return tuple((name, found.collection) for name, found in pairs if found is not None)

    def sort_key(self, body: dict[str, Any]) -> tuple[Any, ...]:
        """Return what a list of this collection is ordered by."""
        return (*[key(body[name]) for name, key in self._sort_keys], body["id"])

    @cached_property
    def _sort_keys(self) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
        return tuple((name, _find_sort_key(self.strict.fields[name])) for name in self.order)

    def complete(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return *body* with null, or an empty list, in each field that the kind gained later."""
        known = self.strict.fields
        return {n: body.get(n, [] if isinstance(known[n], List) else None) for n in self.authored}


class Collections:
    """A set of collections in the order in which everything lists them."""

    def __init__(self, collections: Iterable[Collection]) -> None:
        self._by_name = {collection.name: collection for collection in collections}
        self._positions = {name: position for position, name in enumerate(self._by_name)}

    def __iter__(self) -> Iterator[Collection]:
        return iter(self._by_name.values())

    def __getitem__(self, name: str) -> Collection:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the collections, in order."""
        return tuple(self._by_name)

    @property
    def built_in(self) -> tuple[Collection, ...]:
        """Those that the code defines."""
        return tuple(collection for collection in self if collection.declaration is None)

    @property
    def declared(self) -> tuple[Collection, ...]:
        """Those that the content declares, by name."""
        return tuple(collection for collection in self if collection.declaration is not None)

    def joined(self, others: "Collections") -> "Collections":
        """Return these collections, and those of *others* that are not among them."""
        return Collections((*self, *(other for other in others if other.name not in self)))

    def sort_key(self, name: str, document_id: str) -> tuple[int, str]:
        """Return what documents are ordered by: the position of their collection, then the id."""
        return self._positions[name], document_id


def _find_reference(field: fields.Field[Any]) -> Reference | None:
    inner = field.inner if isinstance(field, List) else field
    return inner if isinstance(inner, Reference) and isinstance(inner, Id) else None


def _loosen(schema: Schema) -> Schema:
    """Let the objects within the documents of *schema* have unknown fields too."""
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            inner.unknown = EXCLUDE
            _loosen(inner.schema)
    return schema


def _find_sort_key(field: fields.Field[Any]) -> Callable[[Any], Any]:
    """Return what orders the values of *field*; null comes last."""
    order: Callable[[Any], Any] = getattr(field, "sort_key", _itself)
    if not field.allow_none:
        return order
    return lambda value: (value is None, value if value is None else order(value))


def _itself(value: Any) -> Any:
    return value
