"""IP ranges as a table for spreadsheets and scripts, with samples marked."""

import csv
from io import StringIO
from typing import Any

from content.documents import Body
from content.formats.rendering import Rendering

#: The columns, always in this order; new ones come after the last.
COLUMNS = (
    *("id", "cidr", "family", "data_center", "traffic", "protocol", "ports"),
    *("effective_from", "effective_until", "status", "sample"),
)


def render_csv(body: Body) -> Rendering:
    """Return a heading and a line for each range; lines end in LF, as those of all lists.

    A list is joined by spaces, what is not known is empty. No cell begins as a formula does: all
    are ids, networks, days and words of the code.

    Source: RFC 4180, section 2, but for the ends of lines.
    """
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([_format_cell(item[column]) for column in COLUMNS] for item in body["items"])
    return Rendering(text.getvalue())


def _format_cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
