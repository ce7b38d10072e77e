"""Judge what placeholders name: collections, documents, fields and the conditions of tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import fields

from content.authoring.drafts import Draft
from content.documents import FAQS, Key
from content.text.filling import write_value
from content.text.placeholders import DATA_CENTERS, OfDataCenter, Placeholder, Table, Value
from schemas.collection import Collections
from schemas.fields import Listing, Reference, Text
from schemas.words import Word


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

    def find_fault(self, asks: Placeholder, *, in_code: bool) -> str | None:
        """Return what is wrong with what *asks* names; None when nothing is."""
        wrong = self._judge_names(asks)
        return wrong or (self._judge_in_code(asks) if in_code else None)

    def find_summary_fault(self, asks: Placeholder) -> str | None:
        """Return what is wrong with *asks* in a summary, which is plain text."""
        if not isinstance(asks, Value):
            return "a summary takes values of documents only; write the words out."
        return self._judge_names(asks)

    def fill(self, asks: Placeholder) -> str:
        """Return the words that a value will be replaced with; empty when it is not known."""
        if not isinstance(asks, Value):
            return ""
        draft = self.known.get(Key(asks.collection, asks.id))
        return write_value(draft.document.body.get(asks.field)) if draft else ""

    def _judge_names(self, asks: Placeholder) -> str | None:
        if isinstance(asks, OfDataCenter):
            return self._judge_fields(DATA_CENTERS, (asks.field,))
        if isinstance(asks, Table):
            wanted = (*asks.columns, *(field for field, _ in asks.where))
            return self._judge_fields(asks.collection, wanted) or self._judge_conditions(asks)
        if isinstance(asks, Value):
            wrong = self._judge_fields(asks.collection, (asks.field,))
            absent = Key(asks.collection, asks.id) not in self.attempted
            said = f"there is no {asks.collection}/{asks.id} to show; write the id of one there is."
            return wrong or (said if absent else None)
        return None

    def _judge_fields(self, name: str, wanted: tuple[str, ...]) -> str | None:
        if name not in self.collections or name == FAQS:
            others = ", ".join(other for other in self.collections.names if other != FAQS)
            return f"there is no collection {name!r} to show; there are {others}."
        collection = self.collections[name]
        shown = [f for f in collection.authored if _is_shown(collection.strict.fields[f])]
        unknown = [field for field in wanted if field not in shown]
        if not unknown:
            return None
        return f"{name} has no field {unknown[0]!r} to show; its fields are {', '.join(shown)}."

    def _judge_conditions(self, table: Table) -> str | None:
        known = self.collections[table.collection].strict.fields
        for name, value in table.where:
            field = known[name]
            if not isinstance(field, Text):
                return f"{name} is not a word; choose rows by a field that is one."
            if isinstance(field, Reference) and Key(field.collection, value) not in self.attempted:
                return f"{name} = {value} selects nothing: there is no {field.collection}/{value}."
            if isinstance(field, Word) and value not in field.choices:
                listed = ", ".join(field.choices)
                return f"{name} = {value} selects nothing; {name} is one of {listed}."
        return None

    def _judge_in_code(self, asks: Placeholder) -> str | None:
        for words in self._list_words(asks):
            if "`" in words or "|" in words:
                said = f"the value {words!r} would break out of code"
                return f"{said}; write the placeholder as text."
        return None

    def _list_words(self, asks: Placeholder) -> list[str]:
        """Return all that may stand in the place of *asks*."""
        if isinstance(asks, OfDataCenter):
            drafts = [d for key, d in self.known.items() if key.collection == DATA_CENTERS]
            return [write_value(draft.document.body[asks.field]) for draft in drafts]
        return [self.fill(asks)]


def _is_shown(field: fields.Field[object]) -> bool:
    """Tell whether a field can be written as words: not one that holds fields of its own."""
    inner = field.inner if isinstance(field, Listing) else field
    return not isinstance(inner, fields.Nested | fields.Dict)
