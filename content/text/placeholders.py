"""The grammar of placeholders: what may be between `{{` and `}}` in an answer.

    {{ oauth-clients.google.client_id }}          one value of one document
    {{ dc.name }}                                 a value of the reader's data center
    {{ application or "your vendor" }}            the partner's product, or these words
    {{ table ip-ranges: cidr; traffic = web }}    a table of a collection, on its own line
    {{ with dc }} {{ else }} {{ end }}            a section, each mark on its own line
    {{ without dc }} {{ end }}                    the same, the other way round
    {{ if deadlines.ews-shutdown passed }}        a section by the state of a deadline

A column may have a heading, and a table groups:

    {{ table deadlines: happens_on "When", title; state = upcoming; group by precision }}

Values only: there is no expression, no loop and no code.
"""

import re
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{\{([^{}\n]*)\}\}")
#: How the braces themselves are written; in text Markdown reads this so, in code we do.
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
    """The text between the braces is not in the grammar."""


@dataclass(frozen=True)
class Value:
    """One field of one document."""

    collection: str
    id: str
    field: str


@dataclass(frozen=True)
class OfDataCenter:
    """One field of the data center of the reader."""

    field: str


@dataclass(frozen=True)
class Application:
    """The partner's product, or the words used without it."""

    fallback: str


@dataclass(frozen=True)
class Column:
    """A field, and its heading; None: the title of the field."""

    field: str
    heading: str | None = None


@dataclass(frozen=True)
class Table:
    """Columns of the documents of a collection that meet every condition.

    Attributes:
        group: The field of which each value has a table of its own; None: there is one table.
    """

    collection: str
    columns: tuple[Column, ...]
    where: tuple[tuple[str, str], ...]
    group: str | None = None


@dataclass(frozen=True)
class Section:
    """A mark of a section: its beginning by the data center, its other part, or its end."""

    mark: str


@dataclass(frozen=True)
class If:
    """The beginning of a section that is shown while a deadline is in a *state*."""

    collection: str
    id: str
    state: str


@dataclass(frozen=True)
class Braces:
    """Two opening braces that begin no placeholder, written in code as `ESCAPED_BRACES`."""


Placeholder = Value | OfDataCenter | Application | Table | Section | If | Braces


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
        return (
            'a table is written \'table collection: field, field "Heading"; field = value; group '
            "by field'."
        )
    if words.startswith("if"):
        return "a condition is written 'if deadlines.id passed' or 'if deadlines.id upcoming'."
    return (
        f"{words!r} is not a placeholder; write collection.id.field for a value, "
        f"'{ESCAPED_BRACES}' for '{{{{' to be shown, or see docs/content.md."
    )
