"""Tables of facts, and what is said of a deadline on the day of reading."""

import re

import pytest

from tests.content.text.facts import Facts, fill
from tests.markdown import render_html


@pytest.mark.parametrize(
    ("reader", "rows"),
    [
        ({}, ["8.8.8.0/24", "8.8.9.0/24", "2a00::/32"]),
        ({"day": "2026-01-01"}, ["8.8.8.0/24", "8.8.9.0/24", "2a00::/32"]),
        ({"day": "2026-01-02"}, ["8.8.8.0/24", "2a00::/32"]),
        ({"data_center": "uk"}, ["8.8.8.0/24", "8.8.9.0/24"]),
        ({"data_center": "de"}, ["2a00::/32"]),
        ({"data_center": "uk", "day": "2026-01-02"}, ["8.8.8.0/24"]),
    ],
)
def test_a_table_has_the_rows_of_the_data_center_and_the_day(reader, rows):
    filled = fill("{{ table ip-ranges: cidr }}", **reader)

    assert [line for line in filled.split("\n")[2:] if line.startswith("|")] == [
        f"| `{r}` |" for r in rows
    ]


def test_a_table_has_headings_and_the_rows_that_meet_every_condition():
    filled = fill('{{ table ip-ranges: cidr "Network", traffic, effective_until; traffic = api }}')

    assert filled == (
        "| Network | In use until |\n| --- | --- |\n| `8.8.9.0/24` | 1 January 2026 |\n"
    )


def test_a_cell_of_a_table_is_empty_when_nothing_is_known():
    assert "| `2a00::/32` |  |" in fill("{{ table ip-ranges: cidr, effective_from }}")


def test_a_table_shows_other_documents_by_name_and_is_sorted_by_it():
    filled = fill("{{ table ip-ranges: data_center, cidr }}")

    assert re.findall(r"^\| ([GU].*?) \| `(.*?)` \|$", filled, re.MULTILINE) == [
        ("Ger\\|many", "2a00::/32"),
        ("UK", "8.8.8.0/24"),
        ("UK", "8.8.9.0/24"),
    ]


def test_a_table_of_groups_has_a_table_for_each_and_no_column_that_is_the_same_everywhere():
    table = "{{ table ip-ranges: data_center, cidr; group by data_center }}"
    head = "| IP range |\n| --- |\n"
    german, british = "| `2a00::/32` |", "| `8.8.8.0/24` |\n| `8.8.9.0/24` |"

    assert fill(table).startswith(f"**Ger\\|many**\n\n{head}{german}\n\n**UK**\n\n{head}{british}")
    assert fill(table, data_center="uk") == f"{head}{british}\n"


DEADLINES = {
    "end": {"happens_on": "2026-10-01", "precision": "day", "title": "It ends"},
    "start": {"happens_on": "2026-11-01", "precision": "month", "title": "It starts"},
}


def fill_deadlines(text, day):
    facts = Facts()
    rows = [{"id": name, "sources": [], **body} for name, body in DEADLINES.items()]
    facts.bodies["deadlines"] = rows
    return fill(text, facts, day=day)


def test_a_day_is_written_as_people_write_it_except_in_code():
    text = (
        "{{ deadlines.end.happens_on }}, {{ deadlines.start.happens_on }}, "
        "`{{ deadlines.end.happens_on }}`"
    )

    assert fill_deadlines(text, None) == "1 October 2026, November 2026, `2026-10-01`\n"


@pytest.mark.parametrize(
    ("day", "shown", "row"),
    [
        ("2026-11-30", "It will start: upcoming.", "| November 2026 | It starts |"),
        ("2026-12-01", "It has started: passed.", "There are currently no entries."),
    ],
)
def test_what_is_said_of_a_deadline_is_right_on_the_day_of_reading(day, shown, row):
    text = (
        "{{ if deadlines.start upcoming }}\n\nIt will start: {{ deadlines.start.state }}.\n\n"
        "{{ else }}\n\nIt has started: {{ deadlines.start.state }}.\n\n{{ end }}\n\n"
        "{{ table deadlines: happens_on, title; state = upcoming }}\n"
    )

    filled = fill_deadlines(text, day)

    assert filled.split("\n\n")[0] == shown
    assert filled.rstrip("\n").endswith(row)
    assert fill_deadlines(text.replace("upcoming }}\n\nIt", "passed }}\n\nIt"), day) != filled


def test_a_text_read_on_no_day_shows_both_parts_of_a_condition():
    text = "{{ if deadlines.end passed }}\n\na\n\n{{ else }}\n\nb\n\n{{ end }}\n"

    assert fill_deadlines(text, None) == "a\n\nb\n"


def test_the_other_part_of_a_section_is_shown_where_the_first_is_not():
    text = "{{ without dc }}\n\nc\n\n{{ else }}\n\nb {{ dc.name }}\n\n{{ end }}"

    assert (fill(text), fill(text, data_center="uk")) == ("c\n", "b UK\n")


def test_a_table_without_rows_says_so():
    message = "There are currently no entries.\n"

    assert fill("{{ table ip-ranges: cidr; traffic = none }}") == message
    assert fill("{{ table ip-ranges: cidr }}", data_center="us") == message


def test_a_table_with_a_sample_says_that_it_is_one():
    assert "Do not use them in a firewall.*" in fill("{{ table ip-ranges: cidr }}")
    assert "firewall" not in fill("{{ table ip-ranges: cidr }}", data_center="uk")


def test_a_table_of_documents_without_data_centers_is_whole():
    filled = fill("{{ table clouds: id, name }}", Facts(a="x | y", b="<b>"), data_center="uk")

    html = render_html(filled)
    assert filled.startswith("| ID | Cloud |\n")
    assert html.count("<tr>") == 3
    assert "<td>x | y</td>" in html
    assert "<td>&lt;b&gt;</td>" in html
