"""Prepare the fields of a fact for pages: labels and formatted values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from api.rendering.filters import format_words
from content.answers.answer import ReadContext
from content.documents import Body
from content.formats.answer_html import order_headings
from content.text.markdown import render_markdown
from content.text.values import (
    find_label,
    format_day,
    format_month,
    format_value,
    name_document,
)
from schemas.collection import Collection
from schemas.document import FactPart
from schemas.fields import Day, Flag, Markdown, Period, Reference, Text, Uri
from schemas.labels import title_of
from schemas.words import OpenEnum

#: Fields that are not listed, because the page shows them elsewhere or because they only qualify
#: another field.
_SHARED = frozenset({"id", "precision", "state", *FactPart().fields})


@dataclass(frozen=True)
class Value:
    """One value of a field.

    Attributes:
        text: The formatted value.
        target: Collection and ID of the document it refers to, or None.
        url: The URL to link to, or None.
        html: The value as HTML if it is Markdown, or None.
        day: The ISO date if it is a date, or None.
    """

    text: str
    target: tuple[str, str] | None = None
    url: str | None = None
    html: str | None = None
    day: str | None = None


@dataclass(frozen=True)
class FieldValue:
    """A field of a document that has a value.

    Attributes:
        name: The name of the field.
        label: Its label.
        values: Its value, or the items of a list.
        copied: Whether to show a button that copies the value.
    """

    name: str
    label: str
    values: tuple[Value, ...]
    copied: bool


def list_field_values(
    context: ReadContext, collection: Collection, body: Body
) -> Iterator[FieldValue]:
    """Yield the fields of *body*, a document of *collection* as the API returns it."""
    heading = find_label(collection.authored)
    for name in collection.served:
        field, given = collection.strict.fields[name], body[name]
        copied = name in collection.configures
        if name in _SHARED or (name == heading and not copied) or given in (None, []):
            continue
        inner = field.inner if isinstance(field, fields.List) else field
        listed = given if isinstance(given, list) else [given]
        shown = tuple(_build_value(context, inner, value, body) for value in listed)
        yield FieldValue(name, title_of(name, field), shown, copied and _is_copied(inner))


def format_choice(context: ReadContext, field: fields.Field[Any], value: str) -> str:
    """Return the label of *value*, an option of a filter."""
    return _build_value(context, field, value, {}).text


def _build_value(context: ReadContext, field: fields.Field[Any], value: Any, body: Body) -> Value:
    if isinstance(field, Reference):
        found = context.catalogue.find_current(field.collection, value)
        if found is None:
            return Value(value)
        return Value(name_document(found.body), target=(field.collection, found.key.id))
    if isinstance(field, Day):
        # With month precision, the day is always the first. Leave it out.
        in_month = body.get("precision") == "month"
        return Value(format_month(value) if in_month else format_day(value), day=value)
    if isinstance(field, Flag):
        return Value("Yes" if value else "No")
    if isinstance(field, OpenEnum):
        return Value(format_words(value))
    if isinstance(field, Period):
        return Value(format_value(value))
    if isinstance(field, Uri):
        return Value(value, url=value)
    if isinstance(field, Markdown):
        html, text = render_markdown(value)
        # A document has a heading of the second level.
        return Value(text, html=order_headings(html, top=3))
    return Value(str(value))


def _is_copied(field: fields.Field[Any]) -> bool:
    """Tell whether values of *field* are texts to copy exactly."""
    return isinstance(field, Text) and not isinstance(field, Markdown | OpenEnum | Period | Day)
