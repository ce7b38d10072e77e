"""Format values for readers: dates, periods, and names of other documents."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from marshmallow import fields

from content.documents import NAMES, Key
from content.text.placeholders import Table
from content.windows import derive_by_day
from schemas.collection import Collections
from schemas.fields import Day, List, Reference
from schemas.networks import Cidr
from schemas.shapes import (
    judge_client_id,
    judge_code,
    judge_endpoint,
    judge_host,
    judge_label,
    judge_mail_address,
)
from schemas.words import OpenEnum

UNKNOWN = "not known"
#: Fields that readers know a document by if it has no name. Texts that refer to it show its ID.
_NAMING = ("cidr", "question")
#: Independent of the locale, so that all servers send the same text.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_COPIED = (
    *(judge_client_id, judge_code, judge_endpoint),
    *(judge_host, judge_label, judge_mail_address),
)
#: Tables repeat the same values.
_CACHED_TEXTS = 4096
_PERIOD = re.compile(r"P([0-9]+)D")


class Documents(Protocol):
    """Looks up the documents that values refer to."""

    @property
    def collections(self) -> Collections:
        """The table of collections."""

    def find_body(self, key: Key) -> Mapping[str, Any] | None:
        """Return the body of a document. None if it does not exist."""


class Facts(Documents, Protocol):
    """Looks up the documents that a template cites."""

    def list_bodies(
        self, collection: str, where: Iterable[tuple[str, str]]
    ) -> list[Mapping[str, Any]]:
        """Return the bodies of *collection* that match *where*, in the order of the collection."""


@dataclass(frozen=True)
class Reader:
    """The person who reads a filled-in template.

    Attributes:
        data_center: The ID of the reader's data center. None if unknown.
        application: The name of the reader's application. None if unknown.
        day: The current day, which hides retired rows and decides conditions. None to show all
            rows and sections.
    """

    data_center: str | None = None
    application: str | None = None
    day: str | None = None


def find_field(collections: Collections, name: str, field: str) -> fields.Field[Any] | None:
    """Return the *field* of the collection *name*. None if it does not exist."""
    return collections[name].strict.fields.get(field) if name in collections else None


def is_by_day(collections: Collections, name: str, field: str) -> bool:
    """Return whether the *field* of the collection *name* depends on the day."""
    known = find_field(collections, name, field)
    return field == "state" and known is not None and known.dump_only


def split_conditions(
    table: Table, collections: Collections
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the conditions of *table* on stored fields, and those that depend on the day."""
    name = table.collection
    by_day = tuple(pair for pair in table.where if is_by_day(collections, name, pair[0]))
    return tuple(pair for pair in table.where if pair not in by_day), by_day


def find_label(known: Container[str]) -> str | None:
    """Return which of the fields *known* is the display name of a document; None if none is."""
    return next((name for (name,) in NAMES if name in known), None)


def name_document(body: Mapping[str, Any]) -> str:
    """Return the display name of a document, or else the text that it is about, or its ID."""
    label = find_label(body)
    named = [body[label]] if label else [body.get(name) for name in _NAMING]
    return next((format_value(value) for value in named if value not in (None, [])), body["id"])


def is_copied(collections: Collections, field: fields.Field[Any] | None) -> bool:
    """Return whether people copy values of *field* exactly, such as host names."""
    inner = field.inner if isinstance(field, List) else field
    if isinstance(inner, Reference) and inner.collection in collections:
        label = find_label(collections[inner.collection].authored)
        inner = find_field(collections, inner.collection, label or "id")
    return isinstance(inner, Cidr) or getattr(inner, "shape", None) in _COPIED


def read_value(body: Mapping[str, Any], name: str, day: str | None) -> Any:
    """Return the field *name* of *body*, which may depend on *day*."""
    if name in body or day is None:
        return body.get(name)
    return derive_by_day(body, day).get(name)


def list_words(
    facts: Documents, collection: str, body: Mapping[str, Any], name: str, day: str | None
) -> list[str]:
    """Return the formatted values of the field *name*. Empty if it is null or empty."""
    return list_field_words(facts, find_field(facts.collections, collection, name), body, name, day)


def list_field_words(
    facts: Documents,
    field: fields.Field[Any] | None,
    body: Mapping[str, Any],
    name: str,
    day: str | None,
) -> list[str]:
    """Return the formatted values of *field*, called *name*. Empty if it is null or empty."""
    value = read_value(body, name, day)
    inner = field.inner if isinstance(field, List) else field
    values = value if isinstance(value, list) else [] if value is None else [value]
    in_month = name == "happens_on" and body.get("precision") == "month"
    return [_format(facts, inner, one, in_month=in_month) for one in values]


def format_value(value: Any) -> str:
    """Return *value* as text, unescaped."""
    if isinstance(value, str):
        return _format_text(value)
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(format_value(item) for item in value) or UNKNOWN
    return _format_text(str(value))


def format_day(day: str) -> str:
    """Return *day*, `YYYY-MM-DD`, for readers: `5 December 2026`."""
    return f"{date.fromisoformat(day).day} {format_month(day)}"


def format_month(day: str) -> str:
    """Return the month of *day*, `YYYY-MM-DD`, for readers: `December 2026`."""
    parsed = date.fromisoformat(day)
    return f"{_MONTHS[parsed.month - 1]} {parsed.year}"


def _format(
    facts: Documents, field: fields.Field[Any] | None, value: Any, *, in_month: bool
) -> str:
    if isinstance(field, Reference):
        return _find_name(facts, field.collection, value)
    if isinstance(field, Day):
        return format_month(value) if in_month else format_day(value)
    if isinstance(field, OpenEnum):
        return str(value).replace("_", " ")
    return format_value(value)


def _find_name(facts: Documents, collection: str, document_id: str) -> str:
    """Return the display name of a document, or its ID if it has none or does not exist."""
    named = collection in facts.collections and find_label(facts.collections[collection].authored)
    body = facts.find_body(Key(collection, document_id)) if named else None
    return name_document(body) if body else document_id


@lru_cache(maxsize=_CACHED_TEXTS)
def _format_text(text: str) -> str:
    if match := _PERIOD.fullmatch(text):
        return "1 day" if match[1] == "1" else f"{match[1]} days"
    return " ".join(text.split())
