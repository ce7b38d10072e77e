"""The parameters of a request, and their canonical query: equal requests have equal ones."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from marshmallow import Schema, fields

from content.languages import choose_language
from schemas.deprecation import Deprecation
from schemas.fields import Reference
from schemas.formats import Format
from schemas.query import (
    CollectionName,
    DocumentPath,
    LanguageTag,
    QueryFlag,
    Repeated,
    list_parameters,
)
from schemas.words import OpenEnum

#: Parameters that select what is read; views get a `ReadContext` instead.
_CONTEXT_PARAMETERS = ("release", "on")
#: Parameters of these types take one of a few values, which content or code lists.
_BOUNDED_TYPES = (OpenEnum, CollectionName, DocumentPath, LanguageTag, QueryFlag, Reference)


@dataclass(frozen=True)
class RequestParams:
    """The parameters of one request.

    Attributes:
        path: Its path.
        ids: The ids in its path, by parameter.
        values: The values of its query, by argument.
        schema: The parameters of its operation.
        format_: The format of the response.
        negotiated: Whether the header Accept decided about the format.
        deprecations: The deprecated things that the request uses.
    """

    path: str
    ids: Mapping[str, str]
    values: Mapping[str, Any]
    schema: Schema
    format_: Format
    negotiated: bool
    deprecations: tuple[Deprecation, ...] = ()

    @property
    def key(self) -> Hashable:
        """Equal for requests with equal representations in one snapshot."""
        return self.build_target(), self.format_.name, self.negotiated, self.deprecations

    @property
    def unbounded(self) -> bool:
        """Whether it belongs in the unbounded partition of the cache."""
        return unbounded(self.schema, self.values)

    @property
    def view_args(self) -> dict[str, Any]:
        """The arguments of the view."""
        return {
            name: value for name, value in self.values.items() if name not in _CONTEXT_PARAMETERS
        }

    def build_target(self, **others: str | None) -> str:
        """Return its canonical path and query, with *others* in place of its parameters."""
        query = format_query(self.schema, self.values, **others)
        return f"{self.path}?{query}" if query else self.path


def format_query(schema: Schema, values: Mapping[str, Any], **others: str | None) -> str:
    """Return *values* as a query: in the order of *schema*, without defaults.

    Args:
        values: By argument, as `parse_query` returns them.
        others: By parameter, the values to write instead; None: leave the parameter out.
    """
    pairs = dict(_list_pairs(schema, values)) | others
    ordered = [
        (name, pairs[name]) for name in list_parameters(schema) if pairs.get(name) is not None
    ]
    return urlencode(ordered, doseq=True, safe=":,/")


def unbounded(schema: Schema, values: Mapping[str, Any]) -> bool:
    """Tell whether *values* has a value without end, or one of very many combinations."""
    return any(
        not isinstance(_get_inner(field), _BOUNDED_TYPES)
        or (isinstance(field, Repeated) and len(values[name]) > 1)
        for name, field in _list_given(schema, values)
    )


def _list_given(
    schema: Schema, values: Mapping[str, Any]
) -> Iterator[tuple[str, fields.Field[Any]]]:
    """Yield the name and the field of every argument that differs from its default."""
    for name, field in schema.load_fields.items():
        default = field.load_default
        value = _simplify(field, values.get(name))
        if name in values and value != (default() if callable(default) else default):
            yield name, field


def _list_pairs(schema: Schema, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, field in _list_given(schema, values):
        value = _simplify(field, values[name])
        yield field.data_key or name, str(value).lower() if isinstance(value, bool) else value


def _simplify(field: fields.Field[Any], value: Any) -> Any:
    """Return *value*, or the language that is served for it; None: the default."""
    if isinstance(field, QueryFlag):
        return value or None
    if not isinstance(field, LanguageTag):
        return value
    served = choose_language(value)
    return None if served == choose_language(None) else served


def _get_inner(field: fields.Field[Any]) -> fields.Field[Any]:
    return field.inner if isinstance(field, fields.List) else field
