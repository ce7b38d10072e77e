"""Tables of facts as Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from content.documents import is_sample
from content.text.escaping import escape_markdown
from content.text.placeholders import Column, Table
from content.text.values import (
    Facts,
    Reader,
    find_field,
    is_copied,
    list_field_words,
    list_words,
    read_value,
    split_conditions,
)
from content.windows import get_status
from schemas.fields import Reference
from schemas.labels import title_of

_NOTHING = "There are currently no entries."
_SAMPLE_NOTE = (
    "*Sample data: these are documentation addresses, not addresses of a real service. "
    "Do not use them in a firewall.*"
)

_Row = Mapping[str, Any]


def format_table(table: Table, facts: Facts, reader: Reader) -> str:
    """Return *table* as Markdown, for *reader*."""
    rows = list(_list_rows(table, facts, reader))
    if not rows:
        return _NOTHING
    columns = _choose_columns(table, reader)
    first = columns[0].field
    sort_by = [table.group] if table.group else []
    sort_by += [first] if _is_reference(table, facts, first) else []
    rows.sort(key=lambda row: [_format_words(table, facts, row, name, reader) for name in sort_by])
    parts = [
        part
        for heading, group in _list_groups(table, facts, reader, rows)
        for part in (*heading, "\n".join(_format_rows(table, columns, facts, reader, group)))
    ]
    return "\n\n".join([*parts, _SAMPLE_NOTE] if any(map(is_sample, rows)) else parts)


def _list_rows(table: Table, facts: Facts, reader: Reader) -> Iterator[_Row]:
    stored, by_day = split_conditions(table, facts.collections)
    for row in facts.list_bodies(table.collection, stored):
        elsewhere = row.get("data_center", reader.data_center) != reader.data_center
        if reader.data_center is not None and elsewhere:
            continue
        if reader.day is None or (
            get_status(row, reader.day) != "retired"
            and all(read_value(row, name, reader.day) == value for name, value in by_day)
        ):
            yield row


def _choose_columns(table: Table, reader: Reader) -> tuple[Column, ...]:
    """Return the columns whose values can differ between rows."""
    constant = {table.group, *(name for name, _ in table.where)}
    constant |= {"data_center"} if reader.data_center is not None else set()
    return tuple(c for c in table.columns if c.field not in constant) or table.columns


def _list_groups(
    table: Table, facts: Facts, reader: Reader, rows: Iterable[_Row]
) -> Iterator[tuple[list[str], list[_Row]]]:
    """Yield the heading and the rows of each group. A single group has no heading."""
    if table.group is None or (table.group == "data_center" and reader.data_center is not None):
        yield [], list(rows)
        return
    name = table.group
    for words, group in groupby(rows, lambda row: _format_words(table, facts, row, name, reader)):
        yield [f"**{escape_markdown(words, within=False)}**"] if words else [], list(group)


def _format_rows(
    table: Table, columns: tuple[Column, ...], facts: Facts, reader: Reader, rows: list[_Row]
) -> Iterator[str]:
    known = [(c.field, find_field(facts.collections, table.collection, c.field)) for c in columns]
    headings = (
        column.heading or (title_of(name, field) if field else name)
        for column, (name, field) in zip(columns, known, strict=True)
    )
    shown = [(name, field, is_copied(facts.collections, field)) for name, field in known]
    yield _join(escape_markdown(heading, within=True) for heading in headings)
    yield _join("---" for _ in columns)
    for row in rows:
        yield _join(
            ", ".join(
                _format_cell(words, in_code=in_code)
                for words in list_field_words(facts, field, row, name, reader.day)
            )
            for name, field, in_code in shown
        )


def _format_cell(words: str, *, in_code: bool) -> str:
    # These characters cannot be escaped in code.
    if in_code and not {"`", "|"} & {*words}:
        return f"`{words}`"
    return escape_markdown(words, within=True)


def _format_words(table: Table, facts: Facts, row: _Row, name: str, reader: Reader) -> str:
    return ", ".join(list_words(facts, table.collection, row, name, reader.day))


def _is_reference(table: Table, facts: Facts, name: str) -> bool:
    return isinstance(find_field(facts.collections, table.collection, name), Reference)


def _join(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
