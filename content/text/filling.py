"""Fill in templates: values, tables, and the data center and application of the reader."""

import re

from content.documents import DATA_CENTERS, Key
from content.text.escaping import escape_all, escape_markdown
from content.text.placeholders import (
    PLACEHOLDER,
    Application,
    Braces,
    If,
    OfDataCenter,
    Placeholder,
    PlaceholderError,
    Section,
    Table,
    Value,
    parse_placeholder,
)
from content.text.tables import format_table
from content.text.template import Slot, Template
from content.text.values import UNKNOWN, Facts, Reader, format_value, list_words, read_value

_LIST_MARKS = (re.compile("[-*+] "), re.compile("[0-9]{1,9}[.)] "))
_LIST_NUMBER = re.compile(r"[0-9]{1,9}")


def fill_template(template: Template, facts: Facts, reader: Reader) -> str:
    """Return the Markdown of *template* with all placeholders filled in."""
    blocks: list[str] = [""]
    shown, otherwise, at = True, True, 0
    for slot in template.slots:
        blocks[-1] += template.text[at : slot.start] if shown else ""
        at = slot.end
        if isinstance(slot.placeholder, Section | If):
            if slot.placeholder == Section("end"):
                shown = True
            elif slot.placeholder == Section("else"):
                shown = otherwise
            else:
                shown, otherwise = _opens(slot.placeholder, facts, reader)
            blocks.append("")
        elif shown:
            blocks[-1] += _fill_slot(slot, template.text, facts, reader)
    blocks[-1] += template.text[at:] if shown else ""
    filled = ""
    for block in filter(None, (block.strip("\n") for block in blocks)):
        filled += f"{_find_gap(filled, block)}{block}"
    return f"{filled}\n"


def _find_gap(above: str, below: str) -> str:
    """Return the separator of two blocks. Within a list it is no empty line, to keep it tight."""
    if not above:
        return ""
    last = above[above.rfind("\n\n") + 1 :].lstrip("\n")
    is_one_list = any(mark.match(last) and mark.match(below) for mark in _LIST_MARKS)
    return "\n" if is_one_list else "\n\n"


def fill_summary(text: str, facts: Facts) -> str:
    """Return the *text* of a summary with values filled in. Other placeholders stay unchanged."""

    def fill(match: re.Match[str]) -> str:
        value = _parse_value(match[1])
        return match[0] if value is None else _find_words(value, facts, Reader())

    return PLACEHOLDER.sub(fill, text)


def list_summary_values(text: str) -> list[Value]:
    """Return the values that the *text* of a summary shows."""
    values = (_parse_value(found) for found in PLACEHOLDER.findall(text))
    return [value for value in values if value is not None]


def _parse_value(text: str) -> Value | None:
    try:
        placeholder = parse_placeholder(text)
    except PlaceholderError:
        return None
    return placeholder if isinstance(placeholder, Value) else None


def _opens(opener: Section | If, facts: Facts, reader: Reader) -> tuple[bool, bool]:
    """Return whether the first part of a section is shown, and whether its `else` part is."""
    if isinstance(opener, Section):
        shown = (reader.data_center is not None) == (opener.mark == "with dc")
        return shown, not shown
    if reader.day is None:
        return True, True
    body = facts.find_body(Key(opener.collection, opener.id))
    shown = body is not None and read_value(body, "state", reader.day) == opener.state
    return shown, not shown


def _fill_slot(slot: Slot, text: str, facts: Facts, reader: Reader) -> str:
    if isinstance(slot.placeholder, Table):
        return format_table(slot.placeholder, facts, reader)
    words = _find_words(slot.placeholder, facts, reader, in_code=slot.in_code)
    if slot.in_code:
        return words
    line = text[text.rfind("\n", 0, slot.start) + 1 : slot.start]
    within = any(letter.isalpha() for letter in line)
    if not within and _LIST_NUMBER.fullmatch(words) and text[slot.end : slot.end + 1] in (".", ")"):
        # This would start a list, and a backslash cannot escape a digit.
        return f"&#{ord(words[0])};{words[1:]}"
    if isinstance(slot.placeholder, Application):
        return escape_all(words)
    return escape_markdown(words, within=within)


def _find_words(
    placeholder: Placeholder, facts: Facts, reader: Reader, *, in_code: bool = False
) -> str:
    if isinstance(placeholder, Application):
        return reader.application or placeholder.fallback
    if isinstance(placeholder, Value):
        key = Key(placeholder.collection, placeholder.id)
    elif isinstance(placeholder, OfDataCenter) and reader.data_center is not None:
        key = Key(DATA_CENTERS, reader.data_center)
    else:
        return "{{" if isinstance(placeholder, Braces) else ""
    body = facts.find_body(key) or {}
    if in_code:
        return format_value(read_value(body, placeholder.field, reader.day))
    words = list_words(facts, key.collection, body, placeholder.field, reader.day)
    return ", ".join(words) or UNKNOWN
