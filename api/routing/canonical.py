"""The one spelling of a request: where answers are equal, so is the text that caches go by."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from marshmallow import Schema, fields

from content.languages import choose_language
from schemas.fields import Reference
from schemas.query import (
    CollectionName,
    DocumentPath,
    LanguageTag,
    QueryFlag,
    Repeated,
    list_parameters,
)
from schemas.words import OpenEnum

#: Parameters of these types take one of few values, which content or code has listed.
_BOUNDED_TYPES = (OpenEnum, CollectionName, DocumentPath, LanguageTag, QueryFlag, Reference)


def format_query(schema: Schema, values: Mapping[str, Any], **others: str | None) -> str:
    """Return *values* as a query: in the order of *schema*, without defaults.

    Args:
        values: By argument, as `parse_query` returns them.
        others: By parameter, what to write instead; None: leave it out.
    """
    pairs = dict(_list_pairs(schema, values)) | others
    message = [
        (name, pairs[name]) for name in list_parameters(schema) if pairs.get(name) is not None
    ]
    return urlencode(message, doseq=True, safe=":,/")


def unbounded(schema: Schema, values: Mapping[str, Any]) -> bool:
    """Tell whether a value without end stands in *values*, or one of very many combinations."""
    return any(
        not isinstance(_get_inner(field), _BOUNDED_TYPES)
        or (isinstance(field, Repeated) and len(values[name]) > 1)
        for name, field in _list_given(schema, values)
    )


def _list_given(
    schema: Schema, values: Mapping[str, Any]
) -> Iterator[tuple[str, fields.Field[Any]]]:
    """Yield the name and the field of every argument that says more than its default."""
    for name, field in schema.load_fields.items():
        default = field.load_default
        message = _simplify(field, values.get(name))
        if name in values and message != (default() if callable(default) else default):
            yield name, field


def _list_pairs(schema: Schema, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, field in _list_given(schema, values):
        message = _simplify(field, values[name])
        yield field.data_key or name, str(message).lower() if isinstance(message, bool) else message


def _simplify(field: fields.Field[Any], value: Any) -> Any:
    """Return what *value* comes to: of a language, the one that is served; None for the usual."""
    if isinstance(field, QueryFlag):
        return value or None
    if not isinstance(field, LanguageTag):
        return value
    served = choose_language(value)
    return None if served == choose_language(None) else served


def _get_inner(field: fields.Field[Any]) -> fields.Field[Any]:
    return field.inner if isinstance(field, fields.List) else field
