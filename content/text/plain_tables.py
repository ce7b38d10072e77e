"""Tables as plain text: aligned columns, or a list of rows if the table is too wide."""

from collections.abc import Iterator, Sequence

#: Most mail and ticket programs wrap longer lines.
_MAX_LETTERS = 88
_GAP = "  "


def format_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table.

    Args:
        rows: The cells of each row. The first row has the headings. All have the same length.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > _MAX_LETTERS:
        return list(_list_rows(rows[0], rows[1:]))
    head, *body = [_align(row, widths) for row in rows]
    return [head, _align(["-" * width for width in widths], widths), *body]


def _align(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _list_rows(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each row as a list item, without empty cells."""
    for row in rows:
        mark = "- "
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                yield f"{mark}{heading}: {cell}" if heading else f"{mark}{cell}"
                mark = "  "
