"""Filters for the list of a collection, built from its declaration."""

from collections.abc import Callable
from functools import partial
from typing import Any

from marshmallow import fields

from schemas.collection import Collection
from schemas.fields import COMPONENT, List, Reference, Text
from schemas.query import optional, repeated
from schemas.words import Enum, OpenEnum


def build_filters(collection: Collection) -> dict[str, fields.Field[Any]]:
    """Return the filter parameters of *collection*, by field."""
    filters: dict[str, fields.Field[Any]] = {}
    for narrowing in collection.filters:
        described = collection.strict.fields[narrowing.field]
        description = str(described.metadata["description"])
        inner = described.inner if isinstance(described, List) else described
        make = partial(_choose_type(inner), example=inner.metadata.get("example"))
        key = {"data_key": narrowing.parameter}
        several = narrowing.multiple
        filters[narrowing.field] = (
            repeated(make(description), _describe_several(described), **key)
            if several
            else optional(make, description, **key)
        )
    return filters


def _describe_several(described: fields.Field[Any]) -> str:
    """Return the description of a repeatable filter on *described*."""
    inner = described.inner if isinstance(described, List) else described
    if isinstance(inner, Reference):
        several = inner.collection.replace("-", " ")
        return f"Filter by {several}: IDs from `/v1/{inner.collection}`."
    return f"Filter by one or more values. {described.metadata['description']}"


def _choose_type(described: fields.Field[Any]) -> Callable[..., Text]:
    """Return a factory of the filter parameter for the field *described*.

    Raises:
        TypeError: the field is not text.
    """
    if isinstance(described, Reference):
        return partial(Reference, described.collection)
    if isinstance(described, Enum):
        return partial(Enum, described.metadata[COMPONENT], described.choices)
    if isinstance(described, OpenEnum):
        return partial(OpenEnum, described.choices)
    if isinstance(described, Text):
        return type(described)
    raise TypeError(f"{described.name} is not text, so it cannot be a filter.")
