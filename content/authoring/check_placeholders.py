"""Judge what placeholders name: collections, documents, fields and the conditions of tables."""

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
    """Knows what can be shown.

    Attributes:
        known: The documents that could be read.
        attempted: Every id that a file names.
        collections: The table of collections.
    """

    known: Mapping[Key, Draft]
    attempted: set[Key]
    collections: Collections

    def find_fault(self, placeholder: Placeholder, *, in_code: bool) -> str | None:
        """Return what is wrong with what *placeholder* names; None when nothing is."""
        wrong = self._judge_names(placeholder)
        return wrong or (self._judge_in_code(placeholder) if in_code else None)

    def find_summary_fault(self, placeholder: Placeholder) -> str | None:
        """Return what is wrong with *placeholder* in a summary, which is plain text."""
        if not isinstance(placeholder, Value):
            return "a summary takes values of documents only; write the words out."
        if is_by_day(self.collections, placeholder.collection, placeholder.field):
            return "a summary cannot show what changes with the day; write it into the answer."
        return self._judge_names(placeholder)

    def fill(self, placeholder: Placeholder) -> str:
        """Return the words that a value will be replaced with; empty when it is not known."""
        if not isinstance(placeholder, Value):
            return ""
        body = self.find_body(Key(placeholder.collection, placeholder.id))
        name, field = placeholder.collection, placeholder.field
        return (", ".join(list_words(self, name, body, field, None)) or UNKNOWN) if body else ""

    def find_body(self, key: Key) -> Mapping[str, Any] | None:
        """Return the body of a document that could be read, or None."""
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
            message = f"there is no {path} to show; write the id of one there is."
            return wrong or (message if absent else None)
        return None

    def _judge_fields(self, name: str, wanted: tuple[str, ...]) -> str | None:
        shown = [c.name for c in self.collections if c.name != FAQS and not c.is_plain]
        if name not in shown:
            others = ", ".join(shown)
            return f"there is no collection {name!r} to show; there are {others}."
        collection = self.collections[name]
        known = [f for f in collection.authored if _is_shown(collection.strict.fields[f])]
        known += ["state"] if is_by_day(self.collections, name, "state") else []
        unknown = [field for field in wanted if field not in known]
        if not unknown:
            return None
        return f"{name} has no field {unknown[0]!r} to show; its fields are {', '.join(known)}."

    def _judge_conditions(self, table: Table) -> str | None:
        known = self.collections[table.collection].strict.fields
        for name, value in table.where:
            field = known[name]
            if not isinstance(field, Text):
                return f"{name} is not a word; choose rows by a field that is one."
            if isinstance(field, Reference) and Key(field.collection, value) not in self.attempted:
                return f"{name} = {value} selects nothing: there is no {field.collection}/{value}."
            if isinstance(field, OpenEnum) and value not in field.choices:
                listed = ", ".join(field.choices)
                return f"{name} = {value} selects nothing; {name} is one of {listed}."
        return None

    def _judge_size(self, table: Table) -> str | None:
        citation = cite_rows(table, self.collections)
        rows = sum(citation.covers(key, draft.document.body) for key, draft in self.known.items())
        cells = (rows + 1) * len(table.columns)
        if cells <= MAX_CELLS:
            return None
        return f"this table has {cells} cells, more than {MAX_CELLS}; narrow it with a condition."

    def _judge_in_code(self, placeholder: Placeholder) -> str | None:
        for words in self._list_words(placeholder):
            if "`" in words or "|" in words:
                message = f"the value {words!r} would break out of code"
                return f"{message}; write the placeholder as text."
        return None

    def _list_words(self, placeholder: Placeholder) -> list[str]:
        """Return every text that *placeholder* may be replaced with."""
        if isinstance(placeholder, OfDataCenter):
            keys = [key for key in self.known if key.collection == DATA_CENTERS]
        elif isinstance(placeholder, Value):
            keys = [Key(placeholder.collection, placeholder.id)]
        else:
            return []
        bodies = [self.known[key].document.body for key in keys if key in self.known]
        return [format_value(body.get(placeholder.field)) for body in bodies]


def _is_shown(field: fields.Field[object]) -> bool:
    """Tell whether a field can be written as words: not one that holds fields of its own."""
    inner = field.inner if isinstance(field, List) else field
    return not isinstance(inner, fields.Nested | fields.Dict)
