"""Check placeholders: collections, documents, fields and conditions of tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from content.authoring.check_markdown import MAX_CELLS
from content.documents import DATA_CENTERS, FAQS, Key
from content.sources.drafts import Draft
from content.text.citing import cite_rows
from content.text.placeholders import If, OfDataCenter, Placeholder, Table, Value
from content.text.values import UNKNOWN, format_value, is_by_day, list_words
from schemas.collection import Collections
from schemas.fields import List, Reference, Text
from schemas.words import OpenEnum


@dataclass(frozen=True)
class PlaceholderJudge:
    """Checks placeholders against the documents that exist.

    Attributes:
        known: The documents that could be read.
        attempted: All IDs in the files.
        collections: All collections.
    """

    known: Mapping[Key, Draft]
    attempted: set[Key]
    collections: Collections

    def find_fault(self, placeholder: Placeholder, *, in_code: bool) -> str | None:
        """Return the fault of *placeholder*; None if there is none."""
        wrong = self._judge_names(placeholder)
        return wrong or (self._judge_in_code(placeholder) if in_code else None)

    def find_summary_fault(self, placeholder: Placeholder) -> str | None:
        """Return the fault of *placeholder* in a summary, which is plain text; None if none."""
        if not isinstance(placeholder, Value):
            return "only values of documents can be used in a summary. Write out the text."
        if is_by_day(self.collections, placeholder.collection, placeholder.field):
            return (
                "values that change with the date cannot be used in a summary. Use "
                "the placeholder in the answer."
            )
        return self._judge_names(placeholder)

    def fill(self, placeholder: Placeholder) -> str:
        """Return the text that replaces a value; empty if it is unknown."""
        if not isinstance(placeholder, Value):
            return ""
        body = self.find_body(Key(placeholder.collection, placeholder.id))
        name, field = placeholder.collection, placeholder.field
        return (", ".join(list_words(self, name, body, field, None)) or UNKNOWN) if body else ""

    def find_body(self, key: Key) -> Mapping[str, Any] | None:
        """Return the body of a document that could be read; None if it could not."""
        draft = self.known.get(key)
        return draft.document.body if draft else None

    def _judge_names(self, placeholder: Placeholder) -> str | None:
        if isinstance(placeholder, OfDataCenter):
            return self._judge_fields(DATA_CENTERS, (placeholder.field,))
        if isinstance(placeholder, Table):
            columns = (column.field for column in placeholder.columns)
            group = () if placeholder.group is None else (placeholder.group,)
            wanted = (*columns, *(field for field, _ in placeholder.where), *group)
            wrong = self._judge_fields(placeholder.collection, wanted)
            return wrong or self._judge_conditions(placeholder) or self._judge_size(placeholder)
        if isinstance(placeholder, If):
            placeholder = Value(placeholder.collection, placeholder.id, "state")
        if isinstance(placeholder, Value):
            wrong = self._judge_fields(placeholder.collection, (placeholder.field,))
            absent = Key(placeholder.collection, placeholder.id) not in self.attempted
            path = f"{placeholder.collection}/{placeholder.id}"
            message = f"{path} does not exist. Use the ID of an existing document."
            return wrong or (message if absent else None)
        return None

    def _judge_fields(self, name: str, wanted: tuple[str, ...]) -> str | None:
        shown = [c.name for c in self.collections if c.name != FAQS and not c.is_plain]
        if name not in shown:
            others = ", ".join(shown)
            return f"unknown collection {name!r} in a placeholder. Use one of: {others}."
        collection = self.collections[name]
        known = [f for f in collection.authored if _is_shown(collection.strict.fields[f])]
        known += ["state"] if is_by_day(self.collections, name, "state") else []
        unknown = [field for field in wanted if field not in known]
        if not unknown:
            return None
        return (
            f"{name} has no field {unknown[0]!r} that can be shown. Use one of: {', '.join(known)}."
        )

    def _judge_conditions(self, table: Table) -> str | None:
        known = self.collections[table.collection].strict.fields
        for name, value in table.where:
            field = known[name]
            if not isinstance(field, Text):
                return f"{name} cannot be used in a condition. Use a field with text."
            if isinstance(field, Reference) and Key(field.collection, value) not in self.attempted:
                return (
                    f"{name} = {value} selects no rows: {field.collection}/{value} does not exist."
                )
            if isinstance(field, OpenEnum) and value not in field.choices:
                listed = ", ".join(field.choices)
                return f"{name} = {value} selects no rows. Use one of: {listed}."
        return None

    def _judge_size(self, table: Table) -> str | None:
        citation = cite_rows(table, self.collections)
        rows = sum(citation.covers(key, draft.document.body) for key, draft in self.known.items())
        cells = (rows + 1) * len(table.columns)
        if cells <= MAX_CELLS:
            return None
        return (
            f"this table has {cells} cells, more than {MAX_CELLS}. Add a condition "
            "to select fewer rows."
        )

    def _judge_in_code(self, placeholder: Placeholder) -> str | None:
        for words in self._list_words(placeholder):
            if "`" in words or "|" in words:
                message = f"the value {words!r} would end the code"
                return f"{message}. Use the placeholder outside code."
        return None

    def _list_words(self, placeholder: Placeholder) -> list[str]:
        """Return all texts that can replace *placeholder*."""
        if isinstance(placeholder, OfDataCenter):
            keys = [key for key in self.known if key.collection == DATA_CENTERS]
        elif isinstance(placeholder, Value):
            keys = [Key(placeholder.collection, placeholder.id)]
        else:
            return []
        bodies = [self.known[key].document.body for key in keys if key in self.known]
        return [format_value(body.get(placeholder.field)) for body in bodies]


def _is_shown(field: fields.Field[object]) -> bool:
    """Return whether a field can be shown as text, so it has no fields of its own."""
    inner = field.inner if isinstance(field, List) else field
    return not isinstance(inner, fields.Nested | fields.Dict)
