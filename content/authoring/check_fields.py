"""Check single fields: one-line texts, formats, dates, and comments that cut off a text."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from marshmallow import Schema, fields

from content.documents import FAQS
from content.errors import Fault
from content.sources.drafts import Draft
from content.sources.located_yaml import Path
from schemas.characters import describe_character, find_invisible
from schemas.fields import List, Markdown, Text, show
from schemas.shapes import judge_label

#: HTML entities, which only Markdown fields decode.
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
#: Days that must not be in the future.
_PAST_DAYS = frozenset({"written_on", "reviewed_on", "published_on", "retrieved_on"})
_BACKSLASH = "To write a backslash, put the text in single quotes."


def check_fields(draft: Draft, schema: Schema, day: str) -> Iterator[Fault]:
    """Yield the faults in the fields of *draft*, at most one per field.

    Args:
        schema: The schema that loaded the document.
        day: Today, in UTC.
    """
    for path, field, value in _list_values(schema, draft.document.body, ()):
        if isinstance(field, Markdown) or not isinstance(field, Text):
            continue
        summary = draft.document.key.collection == FAQS and path == ("summary",)
        wrong = _judge_comment(field, draft.find_comment(*path))
        # Invisible characters are reported while the file is read.
        seen = isinstance(value, str) and not any(find_invisible(value, multiline=True))
        if wrong is None and seen:
            wrong = _judge_text(value, placeholders=summary) or judge_shape(field, value)
        if wrong is None and path[-1] in _PAST_DAYS and value is not None and value > day:
            wrong = f"{value} is in the future. Today is {day} (UTC)."
        if wrong is not None:
            yield draft.fault(wrong, *path)


def _list_values(
    schema: Schema, body: Mapping[str, Any], path: Path
) -> Iterator[tuple[Path, fields.Field[Any], Any]]:
    """Yield every authored value in *body* with its path and field, nested ones too."""
    for name, field in schema.load_fields.items():
        value, here = body.get(name), (*path, name)
        if isinstance(field, List) and isinstance(value, list):
            pairs = [((*here, place), field.inner, item) for place, item in enumerate(value)]
        else:
            pairs = [(here, field, value)]
        for at, inner, item in pairs:
            if isinstance(inner, fields.Nested) and isinstance(item, dict):
                yield from _list_values(inner.schema, item, at)
            else:
                yield at, inner, item


def _judge_comment(field: Text, message: str | None) -> str | None:
    """Return the message about a comment after a text that may continue with it."""
    return message if type(field) is Text and field.shape in (None, judge_label) else None


def _judge_text(value: str, *, placeholders: bool) -> str | None:
    """Return what is wrong with a one-line text, and how to fix it."""
    if "\n" in value:
        return (
            "this text must be one line. To write it on several lines of the file, "
            f"start with '>-', which joins them. {_BACKSLASH}"
        )
    if "\t" in value:
        return f"tabs are not allowed. Write a space. {_BACKSLASH}"
    if value != value.strip():
        edge = value[0] if value[0].isspace() else value[-1]
        return (
            f"the text starts or ends with {describe_character(edge)}. Write {show(value.strip())}."
        )
    if "\ufffd" in value:
        return "U+FFFD replaces a character that was lost. Type the text again."
    if not placeholders and "{{" in value:
        return "placeholders work only in answers and their summaries. Write out the value."
    entity = _ENTITY.search(value)
    if entity and unescape(entity[0]) != entity[0]:
        return (
            f"HTML entities are not decoded here. Write {unescape(entity[0])!r} "
            f"instead of {entity[0]!r}."
        )
    return None


def judge_shape(field: Text, value: str) -> str | None:
    """Return what is wrong with the form of *value*; None if nothing is."""
    wrong = field.shape(value) if field.shape is not None else None
    return f"{show(value)} {wrong}" if wrong else None
