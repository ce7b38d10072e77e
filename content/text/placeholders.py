"""The grammar of placeholders between `{{` and `}}` in an answer.

    {{ oauth-clients.google.client_id }}          a value of a document
    {{ dc.name }}                                 a value of the reader's data center
    {{ application or "your vendor" }}            the application of the reader, or this text
    {{ table ip-ranges: cidr; traffic = web }}    a table of a collection, on its own line
    {{ with dc }} {{ else }} {{ end }}            a section, each marker on its own line
    {{ without dc }} {{ end }}                    a section for readers without a data center
    {{ if deadlines.ews-shutdown passed }}        a section that depends on a deadline

Columns can have headings, and tables can be grouped:

    {{ table deadlines: happens_on "When", title; state = upcoming; group by precision }}

There are no expressions, loops or code.
"""

import re
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{\{([^{}\n]*)\}\}")
#: Literal braces. Markdown itself unescapes this in text, but not in code.
ESCAPED_BRACES = "\\{\\{"
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FIELD = r"[a-z][a-z0-9_]*"
_VALUE = re.compile(rf"({_ID})\.({_ID})\.({_FIELD})")
_OF_DATA_CENTER = re.compile(rf"dc\.({_FIELD})")
_APPLICATION = re.compile(r'application or "([\w ,.\'-]{1,60})"')
_COLUMN = rf'({_FIELD})(?: +"([^"|;]{{1,60}})")?'
_TABLE = re.compile(
    rf"table ({_ID}) *: *({_COLUMN}(?: *, *{_COLUMN})*)"
    rf"(?: *; *(?! *group by )(.+?))?(?: *; *group by ({_FIELD}))?"
)
_CONDITION = re.compile(rf"({_FIELD}) *= *([a-z0-9_-]+)")
_IF = re.compile(rf"if ({_ID})\.({_ID}) ([a-z]+)")
_STATES = ("upcoming", "passed")
_SECTIONS = ("with dc", "without dc", "else", "end")


class PlaceholderError(ValueError):
    """The text between the braces is not a placeholder."""


@dataclass(frozen=True)
class Value:
    """A field of a document."""

    collection: str
    id: str
    field: str


@dataclass(frozen=True)
class OfDataCenter:
    """A field of the reader's data center."""

    field: str


@dataclass(frozen=True)
class Application:
    """The application of the reader, or *fallback* if it is unknown."""

    fallback: str


@dataclass(frozen=True)
class Column:
    """A field and its heading. Without a heading, the title of the field is used."""

    field: str
    heading: str | None = None


@dataclass(frozen=True)
class Table:
    """A table of the documents of a collection.

    Attributes:
        columns: The fields to show.
        where: The conditions, as pairs of field and value.
        group: The field by which to split the table. None for a single table.
    """

    collection: str
    columns: tuple[Column, ...]
    where: tuple[tuple[str, str], ...]
    group: str | None = None


@dataclass(frozen=True)
class Section:
    """A marker of a section: `with dc`, `without dc`, `else` or `end`."""

    mark: str


@dataclass(frozen=True)
class If:
    """The start of a section that is shown while a deadline has a *state*."""

    collection: str
    id: str
    state: str


@dataclass(frozen=True)
class Braces:
    """Literal braces in code, written as `ESCAPED_BRACES`."""


Placeholder = Value | OfDataCenter | Application | Table | Section | If | Braces


def parse_placeholder(text: str) -> Placeholder:
    """Return the placeholder for *text*, the text between the braces.

    Raises:
        PlaceholderError: *text* is not a placeholder.
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
    if (match := _IF.fullmatch(words)) and match[3] in _STATES:
        return If(match[1], match[2], match[3])
    if match := _TABLE.fullmatch(words):
        columns = tuple(Column(c[1], c[2]) for c in re.finditer(_COLUMN, match[2]))
        return Table(match[1], columns, _parse_conditions(match[7]), match[8])
    raise PlaceholderError(_explain(words))


def _parse_conditions(text: str | None) -> tuple[tuple[str, str], ...]:
    if text is None:
        return ()
    conditions = [_CONDITION.fullmatch(part.strip()) for part in text.split(",")]
    if None in conditions:
        raise PlaceholderError(
            f"{text!r} is not a list of conditions. Write 'field = value', separated by commas."
        )
    pairs = tuple((match[1], match[2]) for match in conditions if match)
    if len(dict(pairs)) < len(pairs):
        raise PlaceholderError(f"{text!r} has two conditions for one field. Use each field once.")
    return pairs


def _explain(words: str) -> str:
    if words.startswith("application"):
        return (
            "write 'application or \"your vendor\"'. The text in straight quotes is shown if the "
            "application is unknown. It can have up to 60 letters, digits, spaces, commas, "
            "periods, hyphens and apostrophes."
        )
    if words.startswith("table"):
        return (
            'write a table as \'table collection: field, field "Heading"; field = value; group '
            "by field'."
        )
    if words.startswith("if"):
        return "write a condition as 'if deadlines.id passed' or 'if deadlines.id upcoming'."
    return (
        f"{words!r} is not a placeholder. Write collection.id.field for a value, or "
        f"'{ESCAPED_BRACES}' to show '{{{{' itself. See docs/content.md for all placeholders."
    )
