"""The parameters of a request and their canonical query, which is equal for equal requests."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from marshmallow import Schema, fields

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

#: Parameters that select the `ReadContext`, which views get in their place.
_CONTEXT_PARAMETERS = ("release", "on")
#: Types of parameters with a limited set of values.
_BOUNDED_TYPES = (OpenEnum, CollectionName, DocumentPath, LanguageTag, QueryFlag, Reference)


@dataclass(frozen=True)
class RequestParams:
    """The parameters of one request.

    Attributes:
        path: The path of the request.
        ids: The IDs in the path, by parameter.
        values: The values of the query, by argument.
        schema: The parameters of the operation.
        format_: The format of the response.
        negotiated: Whether the Accept header selected the format.
        deprecations: The deprecations that affect the request.
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
        """The cache key; equal for requests with the same representation in a snapshot."""
        return self.build_target(), self.format_.name, self.negotiated, self.deprecations

    @property
    def unbounded(self) -> bool:
        """Whether the response belongs in the unbounded partition of the cache."""
        return unbounded(self.schema, self.values)

    @property
    def view_args(self) -> dict[str, Any]:
        """The arguments of the view."""
        return {
            name: value for name, value in self.values.items() if name not in _CONTEXT_PARAMETERS
        }

    def build_target(self, **others: str | None) -> str:
        """Return the canonical path and query, with the parameters in *others* replaced."""
        query = format_query(self.schema, self.values, **others)
        return f"{self.path}?{query}" if query else self.path


def format_query(schema: Schema, values: Mapping[str, Any], **others: str | None) -> str:
    """Return *values* as a query string, in the order of *schema* and without defaults.

    Args:
        values: By argument, as `parse_query` returns them.
        others: Values that replace those of parameters; None removes the parameter.
    """
    pairs = dict(_list_pairs(schema, values)) | others
    ordered = [
        (name, pairs[name]) for name in list_parameters(schema) if pairs.get(name) is not None
    ]
    return urlencode(ordered, doseq=True, safe=":,/")


def unbounded(schema: Schema, values: Mapping[str, Any]) -> bool:
    """Tell whether *values* contains a free value or a combination of several values."""
    return any(
        not isinstance(_get_inner(field), _BOUNDED_TYPES)
        or (isinstance(field, Repeated) and len(values[name]) > 1)
        for name, field in _list_given(schema, values)
    )


def _list_given(
    schema: Schema, values: Mapping[str, Any]
) -> Iterator[tuple[str, fields.Field[Any]]]:
    """Yield the name and field of each argument that differs from its default."""
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
    """Return *value*; None if it means the same as the default."""
    if isinstance(field, QueryFlag):
        return value or None
    # A site has one language, so every tag falls back to it.
    return None if isinstance(field, LanguageTag) else value


def _get_inner(field: fields.Field[Any]) -> fields.Field[Any]:
    return field.inner if isinstance(field, fields.List) else field
