"""Define `Collection`: the schema, sort order and filters of a set of documents."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, fields

from schemas.fields import Id, List, Reference


@dataclass(frozen=True)
class Filter:
    """A query parameter that filters a list by the value of *field*."""

    parameter: str
    field: str
    multiple: bool = False


@dataclass(frozen=True)
class Collection:
    """A set of documents of one kind.

    Attributes:
        name: Name in URL paths, citations and file names, such as `ip-ranges`.
        item: Name of the component for one document in the contract, such as `IpRange`.
        title: Display name of the collection.
        one: Name of one document within a sentence, such as "IP range".
        description: One sentence about the contents.
        schema: Schema of a complete document.
        order: Fields that sort the list. The ID is always the last sort key.
        filters: Query parameters that filter the list.
        unique: Fields, or groups of fields, whose values must be unique.
        configures: Fields that administrators copy into their own systems. If one of them
            changes, administrators have to act.
        has_default_views: Whether the generic views serve the list and the documents.
        declaration: Document in `kinds` that declares the collection. None if it is built in.
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
        """Name of several documents within a sentence, such as "data centers"."""
        return self.title if self.title[1:2].isupper() else self.title[0].lower() + self.title[1:]

    @cached_property
    def strict(self) -> Schema:
        """Schema for source files. Rejects unknown fields."""
        return self.schema(unknown=RAISE)

    @cached_property
    def lenient(self) -> Schema:
        """Schema for published releases. Ignores unknown fields."""
        return _loosen(self.schema(unknown=EXCLUDE))

    @cached_property
    def authored(self) -> tuple[str, ...]:
        """Names of the fields that editors write, in order."""
        return tuple(self.strict.load_fields)

    @cached_property
    def served(self) -> tuple[str, ...]:
        """Names of the fields in responses, in order."""
        return tuple(self.strict.dump_fields)

    @cached_property
    def is_plain(self) -> bool:
        """Whether the documents have no sources, review dates or aliases."""
        return "review_by" not in self.authored

    @cached_property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Authored fields that refer to other documents, with the collection of each."""
        pairs = ((name, _find_reference(self.strict.fields[name])) for name in self.authored)
        return tuple((name, found.collection) for name, found in pairs if found is not None)

    def sort_key(self, body: dict[str, Any]) -> tuple[Any, ...]:
        """Return the sort key of the document *body*."""
        return (*[key(body[name]) for name, key in self._sort_keys], body["id"])

    @cached_property
    def _sort_keys(self) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
        # If a declared kind gains a field, documents of older releases lack it.
        grows, known = self.declaration is not None, self.strict.fields
        return tuple((n, _find_sort_key(known[n], nullable=grows)) for n in self.order)

    def complete(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return *body* with null or an empty list for fields added to the kind later."""
        known = self.strict.fields
        return {n: body.get(n, [] if isinstance(known[n], List) else None) for n in self.authored}


class Collections:
    """An ordered set of collections."""

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
        """Names of the collections, in order."""
        return tuple(self._by_name)

    @property
    def built_in(self) -> tuple[Collection, ...]:
        """Collections that are defined in code."""
        return tuple(collection for collection in self if collection.declaration is None)

    @property
    def declared(self) -> tuple[Collection, ...]:
        """Collections that the content folder declares."""
        return tuple(collection for collection in self if collection.declaration is not None)

    def joined(self, others: "Collections") -> "Collections":
        """Return these collections, followed by those of *others* with a new name."""
        return Collections((*self, *(other for other in others if other.name not in self)))

    def sort_key(self, name: str, document_id: str) -> tuple[int, str]:
        """Return the sort key of a document: the position of its collection, then the ID."""
        return self._positions[name], document_id


def _find_reference(field: fields.Field[Any]) -> Reference | None:
    inner = field.inner if isinstance(field, List) else field
    return inner if isinstance(inner, Reference) and isinstance(inner, Id) else None


def _loosen(schema: Schema) -> Schema:
    """Make nested schemas of *schema* ignore unknown fields, and return *schema*."""
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            inner.unknown = EXCLUDE
            _loosen(inner.schema)
    return schema


def _find_sort_key(field: fields.Field[Any], *, nullable: bool) -> Callable[[Any], Any]:
    """Return the sort key function for values of *field*. Null sorts last."""
    order: Callable[[Any], Any] = getattr(field, "sort_key", _itself)
    if not (nullable or field.allow_none):
        return order
    return lambda value: (value is None, value if value is None else order(value))


def _itself(value: Any) -> Any:
    return value
