"""Adapt the HTML of an answer to a page: heading anchors, responsive tables, line breaks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from itertools import count

_TAG = re.compile(r"<[^>]*>")
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)
_HEADING_CELL = re.compile(r"<th>(.*?)</th>", re.DOTALL)
_TABLE_PART = re.compile(r"<(thead|tbody|tr|th|td)\b")
#: Browsers drop the meaning of tables whose parts are shown as blocks.
_ROLES = {
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}
#: A table with fewer columns fits on a phone.
_MIN_STACKED = 2
#: A value that must not wrap: a network, an ID, a date, a word.
_WHOLE = re.compile(r"(?!https?:)\S{1,40}|(?:[0-9]{1,2} )?[A-Z][a-z]+ [0-9]{4}")
_WHOLE_HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)
_NO_LETTERS = re.compile(r"[\W_]+")
_TAG_OR_LONG_WORD = re.compile(r"<[^>]*>|[^\s<>]{30,}")
_BREAK = re.compile(r"(?<=[/.])(?=\w)")


def let_addresses_break(html: str) -> str:
    """Return *html* with break opportunities after slashes and dots in long addresses."""

    def mark(found: re.Match[str]) -> str:
        return found[0] if found[0].startswith("<") else _BREAK.sub("<wbr>", found[0])

    return _TAG_OR_LONG_WORD.sub(mark, html)


def fit_tables(html: str) -> str:
    """Return *html* with tables that fit narrow pages.

    Each table is in a box that scrolls, with the keyboard too. On phones, a table with several
    columns is shown as a list of its rows: each cell has the heading of its column, and roles tell
    screen readers that it is still a table.
    """
    return _TABLE.sub(_fit_table, html)


def _fit_table(table: re.Match[str]) -> str:
    headings = [read_text(heading) for heading in _HEADING_CELL.findall(table[0])]
    rows = _ROW.sub(lambda row: _label_cells(row[0], headings), table[1])
    rows = rows.replace("<th>", '<th scope="col">')
    attributes = ""
    if len(headings) >= _MIN_STACKED:
        rows = _TABLE_PART.sub(lambda part: f'{part[0]} role="{_ROLES[part[1]]}"', rows)
        attributes = ' class="stacks" role="table"'
    box = '<div class="wide" role="group" aria-label="Table" tabindex="0">'
    return f"{box}<table{attributes}>{rows}</table></div>"


def _label_cells(row: str, headings: Iterable[str]) -> str:
    labels = iter(headings)

    def label(cell: re.Match[str]) -> str:
        text = read_text(cell[1])
        whole = ' class="whole"' if _WHOLE.fullmatch(text) else ""
        return f'<td data-label="{escape(next(labels, ""))}"{whole}>{cell[1]}</td>'

    return _CELL.sub(label, row)


def read_text(html: str) -> str:
    """Return the text of *html*."""
    return unescape(_TAG.sub("", html))


@dataclass(frozen=True)
class Heading:
    """A heading of an answer.

    Attributes:
        id: Its fragment identifier.
        text: Its text.
        level: Its level, from 2.
    """

    id: str
    text: str
    level: int


def anchor_headings(html: str, taken: Iterable[str]) -> tuple[str, list[Heading]]:
    """Return *html* with an `id` and a link in each heading, and the headings.

    Args:
        taken: IDs that the page already uses.
    """
    found: dict[str, Heading] = {}
    known = set(taken)

    def anchor(heading: re.Match[str]) -> str:
        level, inner = heading[1], heading[2]
        text = read_text(inner)
        slug = _NO_LETTERS.sub("-", text.lower()).strip("-") or "section"
        name = next(n for n in _list_names(slug) if n not in found and n not in known)
        found[name] = Heading(name, text, int(level))
        linked = inner if "<a " in inner else f'<a href="#{name}">{inner}</a>'
        return f'<h{level} id="{name}">{linked}</h{level}>'

    return _WHOLE_HEADING.sub(anchor, html), list(found.values())


def _list_names(slug: str) -> Iterable[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))
