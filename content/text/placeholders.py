"""The grammar of placeholders: what may be between `{{` and `}}` in an answer.

    {{ oauth-clients.google.client_id }}          one value of one document
    {{ dc.name }}                                 a value of the reader's data center
    {{ application or "your vendor" }}            the partner's product, or these words
    {{ table ip-ranges: cidr; traffic = web }}    a table of a collection, on its own line
    {{ with dc }} {{ without dc }} {{ end }}      a section, each mark on its own line

Values only: there is no expression, no loop and no code.
"""

import re
from dataclasses import dataclass

from content.documents import Citation

PLACEHOLDER = re.compile(r"\{\{([^{}\n]*)\}\}")
#: How the braces themselves are written; in text Markdown reads this so, in code we do.
ESCAPED_BRACES = "\\{\\{"
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FIELD = r"[a-z][a-z0-9_]*"
_VALUE = re.compile(rf"({_ID})\.({_ID})\.({_FIELD})")
_OF_DATA_CENTER = re.compile(rf"dc\.({_FIELD})")
_APPLICATION = re.compile(r'application or "([\w ,.\'-]{1,60})"')
_TABLE = re.compile(rf"table ({_ID}) *: *({_FIELD}(?: *, *{_FIELD})*)(?: *; *(.+))?")
_CONDITION = re.compile(rf"({_FIELD}) *= *([a-z0-9_-]+)")
_SECTIONS = ("with dc", "without dc", "end")
DATA_CENTERS = "data-centers"
#: These fields decide on the rows of a table and its note, whatever its columns.
_DECIDING = ("data_center", "effective_from", "effective_until", "sample")


class PlaceholderError(ValueError):
    """The text between the braces is not in the grammar."""


@dataclass(frozen=True)
class Value:
    """One field of one document."""

    collection: str
    id: str
    field: str

    def cite(self) -> Citation:
        """Return what this shows."""
        return Citation(self.collection, self.id, (self.field,))


@dataclass(frozen=True)
class OfDataCenter:
    """One field of the data center of the reader."""

    field: str

    def cite(self) -> Citation:
        """Return what this can show: the field of any data center."""
        return Citation(DATA_CENTERS, None, (self.field,))


@dataclass(frozen=True)
class Application:
    """The partner's product, or the words used without it."""

    fallback: str


@dataclass(frozen=True)
class Table:
    """Columns of the documents of a collection that meet every condition."""

    collection: str
    columns: tuple[str, ...]
    where: tuple[tuple[str, str], ...]

    def cite(self, order: tuple[str, ...] = ()) -> Citation:
        """Return what this shows: its columns, and what decides on its rows and their order."""
        fields = dict.fromkeys((*self.columns, *order, *_DECIDING))
        return Citation(self.collection, None, tuple(fields), self.where)


@dataclass(frozen=True)
class Section:
    """The beginning or the end of a part shown with or without a data center."""

    mark: str


@dataclass(frozen=True)
class Braces:
    """Two opening braces that begin no placeholder, written in code as `ESCAPED_BRACES`."""


Placeholder = Value | OfDataCenter | Application | Table | Section | Braces


def parse_placeholder(text: str) -> Placeholder:
    """Return the placeholder that *text*, from between the braces, is.

    Raises:
        PlaceholderError: It is not in the grammar.
    """
    words = text.strip()
    if words in _SECTIONS:
        return Section(words)
    if match := _OF_DATA_CENTER.fullmatch(words):
        return OfDataCenter(match[1])
    if match := _VALUE.fullmatch(words):
        return Value(match[1], match[2], match[3])
    if match := _APPLICATION.fullmatch(words):
        return Application(match[1])
    if match := _TABLE.fullmatch(words):
        columns = tuple(column.strip() for column in match[2].split(","))
        return Table(match[1], columns, _parse_conditions(match[3]))
    raise PlaceholderError(_explain(words))


def _parse_conditions(text: str | None) -> tuple[tuple[str, str], ...]:
    if text is None:
        return ()
    conditions = [_CONDITION.fullmatch(part.strip()) for part in text.split(",")]
    if None in conditions:
        raise PlaceholderError(
            f"{text!r} is not a list of conditions; write 'field = value', joined by commas."
        )
    pairs = tuple((match[1], match[2]) for match in conditions if match)
    if len(dict(pairs)) < len(pairs):
        raise PlaceholderError(f"{text!r} names a field twice; one row has one value in it.")
    return pairs


def _explain(words: str) -> str:
    if words.startswith("application"):
        return (
            "write 'application or \"your vendor\"', in straight quotes, with letters, digits and "
            '", . \' -" only: the product needs words to stand in for it.'
        )
    if words.startswith("table"):
        return "a table is written 'table collection: field, field; field = value'."
    return (
        f"{words!r} is not a placeholder; write collection.id.field for a value, "
        f"'{ESCAPED_BRACES}' for '{{{{' to be shown, or see docs/content.md."
    )
