"""Fill a template: values, tables and the partner's context, escaped for their context."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from content.documents import Key, is_sample
from content.text.placeholders import (
    DATA_CENTERS,
    PLACEHOLDER,
    Application,
    Braces,
    OfDataCenter,
    Placeholder,
    PlaceholderError,
    Section,
    Table,
    Value,
    parse_placeholder,
)
from content.text.template import Slot, Template
from content.windows import get_status

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
#: What is a mark anywhere in a line. What comes after the words may complete an entity or a tag.
_MARK = re.compile(
    r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?]|$)|&(?=#?\w+;|#?\w*$)|!(?=$)|#(?=#*$)"
)
#: What is a mark where it begins a line: of a list, a heading, a quote, a rule or a table.
_BEGINNING = re.compile(r"^([0-9]{1,9}(?=[.)](?:\s|$))|(?=[-+=>#:.)]))")
_LIST_MARKS = (re.compile("[-*+] "), re.compile("[0-9]{1,9}[.)] "))
#: Tables show the same values again and again.
_KEPT_VALUES = 4096
_LIST_NUMBER = re.compile(r"[0-9]{1,9}")
_PERIOD = re.compile(r"P([0-9]+)D")
_HEADINGS = {"cidr": "CIDR", "id": "ID", "api_host": "API host", "client_id": "Client ID"}
_SAMPLE_NOTE = (
    "*Sample: the table shows documentation addresses, not addresses of a real service. "
    "Never put them into a firewall.*"
)


class Facts(Protocol):
    """Where a template finds what it cites."""

    def find_body(self, key: Key) -> Mapping[str, Any] | None:
        """Return the body of a document, or None."""

    def list_bodies(
        self, collection: str, where: Iterable[tuple[str, str]]
    ) -> list[Mapping[str, Any]]:
        """Return the bodies of a collection that have the values of *where*, in its order."""


@dataclass(frozen=True)
class Reader:
    """Who is reading.

    Attributes:
        data_center: The id of the reader's data center, when it is known.
        application: The partner's product, when it is given.
        day: The day whose retired rows are left out of tables; None keeps every row.
    """

    data_center: str | None = None
    application: str | None = None
    day: str | None = None


def fill_template(template: Template, facts: Facts, reader: Reader) -> str:
    """Return the Markdown of *template* with every placeholder filled in."""
    blocks: list[str] = [""]
    shown, at = True, 0
    for slot in template.slots:
        blocks[-1] += template.text[at : slot.start] if shown else ""
        at = slot.end
        if isinstance(slot.placeholder, Section):
            shown = _opens(slot.placeholder, reader)
            blocks.append("")
        elif shown:
            blocks[-1] += _fill_slot(slot, template.text, facts, reader)
    blocks[-1] += template.text[at:] if shown else ""
    filled = ""
    for block in filter(None, (block.strip("\n") for block in blocks)):
        filled += f"{_find_gap(filled, block)}{block}"
    return f"{filled}\n"


def _find_gap(above: str, below: str) -> str:
    """Return what parts two blocks: no empty line within a list, which would widen all of it."""
    if not above:
        return ""
    last = above[above.rfind("\n\n") + 1 :].lstrip("\n")
    is_one_list = any(mark.match(last) and mark.match(below) for mark in _LIST_MARKS)
    return "\n" if is_one_list else "\n\n"


def fill_summary(text: str, facts: Facts) -> str:
    """Return the plain *text* of a summary with its values filled in; all else stays literal."""

    def fill(match: re.Match[str]) -> str:
        value = _parse_value(match[1])
        return match[0] if value is None else _find_words(value, facts, Reader())

    return PLACEHOLDER.sub(fill, text)


def list_summary_values(text: str) -> list[Value]:
    """Return the values that the *text* of a summary shows."""
    values = (_parse_value(found) for found in PLACEHOLDER.findall(text))
    return [value for value in values if value is not None]


def format_value(value: Any) -> str:
    """Return a value of a document as a person would write it."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(format_value(item) for item in value) or "not known"
    return _format_text(str(value))


def _parse_value(text: str) -> Value | None:
    try:
        placeholder = parse_placeholder(text)
    except PlaceholderError:
        return None
    return placeholder if isinstance(placeholder, Value) else None


@lru_cache(maxsize=_KEPT_VALUES)
def _format_text(text: str) -> str:
    if match := _PERIOD.fullmatch(text):
        return f"{match[1]} days"
    return " ".join(text.split())


def _opens(section: Section, reader: Reader) -> bool:
    if section.mark == "end":
        return True
    return (reader.data_center is not None) == (section.mark == "with dc")


def _fill_slot(slot: Slot, text: str, facts: Facts, reader: Reader) -> str:
    if isinstance(slot.placeholder, Table):
        return "\n".join(_format_table(slot.placeholder, facts, reader))
    words = _find_words(slot.placeholder, facts, reader)
    if slot.in_code:
        return words
    line = text[text.rfind("\n", 0, slot.start) + 1 : slot.start]
    within = any(letter.isalpha() for letter in line)
    if not within and _LIST_NUMBER.fullmatch(words) and text[slot.end : slot.end + 1] in (".", ")"):
        # The two would begin a list, and a backslash cannot escape a digit.
        return f"&#{ord(words[0])};{words[1:]}"
    if isinstance(slot.placeholder, Application):
        return _escape_all(words)
    return escape_markdown(words, within=within)


def _find_words(placeholder: Placeholder, facts: Facts, reader: Reader) -> str:
    if isinstance(placeholder, Value):
        return _read_field(facts, Key(placeholder.collection, placeholder.id), placeholder.field)
    if isinstance(placeholder, OfDataCenter) and reader.data_center is not None:
        return _read_field(facts, Key(DATA_CENTERS, reader.data_center), placeholder.field)
    if isinstance(placeholder, Application):
        return reader.application or placeholder.fallback
    return "{{" if isinstance(placeholder, Braces) else ""


def _read_field(facts: Facts, key: Key, field: str) -> str:
    body = facts.find_body(key)
    return format_value(body.get(field) if body is not None else None)


@lru_cache(maxsize=_KEPT_VALUES)
def escape_markdown(words: str, *, within: bool) -> str:
    """Return *words* so that Markdown takes them as text, with no more backslashes than needed.

    Args:
        within: Whether other words come before them in the line, so that a number, a hyphen or a
            plus cannot begin a list. A mark of a list is no word: another may follow it.
    """
    escaped = _MARK.sub(r"\\\g<0>", words)
    return escaped if within else _BEGINNING.sub(r"\1\\", escaped, count=1)


@lru_cache(maxsize=_KEPT_VALUES)
def _escape_all(words: str) -> str:
    """Return *words* with a backslash before every sign.

    Anybody chooses the name of a product: no program may take one of its signs for a mark, nor a
    dot for that of a host that it should link to.
    """
    return _PUNCTUATION.sub(r"\\\g<0>", words)


def _format_table(table: Table, facts: Facts, reader: Reader) -> Iterator[str]:
    bodies = facts.list_bodies(table.collection, table.where)
    rows = [body for body in bodies if _shows(body, reader)]
    if not rows:
        yield "There is nothing to list here at present."
        return
    yield _format_row(_HEADINGS.get(c, c.replace("_", " ").capitalize()) for c in table.columns)
    yield _format_row("---" for _ in table.columns)
    for body in rows:
        values = (body.get(column) for column in table.columns)
        cells = ("" if value is None else format_value(value) for value in values)
        yield _format_row(escape_markdown(cell, within=True) for cell in cells)
    if any(is_sample(body) for body in rows):
        yield ""
        yield _SAMPLE_NOTE


def _format_row(cells: Iterator[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _shows(body: Mapping[str, Any], reader: Reader) -> bool:
    elsewhere = body.get("data_center", reader.data_center) != reader.data_center
    if reader.data_center is not None and elsewhere:
        return False
    return reader.day is None or get_status(body, reader.day) != "retired"
