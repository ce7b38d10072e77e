"""IP ranges as CSV for spreadsheets and scripts, with samples marked."""

import csv
from io import StringIO
from typing import Any

from content.documents import Body
from content.formats.rendering import Rendering

#: The columns. Add new ones at the end.
COLUMNS = (
    *("id", "cidr", "family", "data_center", "traffic", "protocol", "ports"),
    *("effective_from", "effective_until", "status", "sample"),
)


def render_csv(body: Body) -> Rendering:
    """Return a header line and a line for each range.

    Lists are joined with spaces, and null is empty. Lines end with LF, as in all text formats. No
    cell can start a spreadsheet formula: cells contain only IDs, networks, dates and fixed words.

    Source: RFC 4180, section 2, except for line endings.
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
