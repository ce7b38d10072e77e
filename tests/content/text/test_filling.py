"""Values, tables and the partner's context, escaped for where they stand."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.documents import Key
from content.text.escaping import escape_markdown
from content.text.filling import fill_summary, fill_template, list_summary_values
from content.text.placeholders import Value
from content.text.template import parse_template
from content.text.values import Reader, format_value
from schemas.collections import COLLECTIONS
from tests.content.names import product_names
from tests.content_factory import SAMPLE, SOURCE
from tests.markdown import render_html, render_text

APPLICATION = '{{ application or "your vendor" }}'
SECTIONS = (
    "a\n\n{{ with dc }}\n\nb {{ dc.name }}\n\n{{ end }}\n\n"
    "{{ without dc }}\n\nc\n\n{{ end }}\n\nd\n"
)


class Facts:
    """Two data centers, three ranges, and whatever else a test gives."""

    collections = COLLECTIONS

    def __init__(self, **clouds):
        window = {"effective_from": None, "effective_until": None, "sources": [SOURCE]}
        uk, de = {**window, "data_center": "uk"}, {**window, "data_center": "de"}
        self.bodies = {
            "data-centers": [{"id": "uk", "name": "UK"}, {"id": "de", "name": "Ger|many"}],
            "clouds": [
                {"id": name, "name": value, "sources": []} for name, value in clouds.items()
            ],
            "ip-ranges": [
                {**uk, "id": "a", "cidr": "8.8.8.0/24", "traffic": "web"},
                {
                    **uk,
                    "id": "b",
                    "cidr": "8.8.9.0/24",
                    "traffic": "api",
                    "effective_until": "2026-01-01",
                },
                {**de, "id": "c", "cidr": "2a00::/32", "traffic": "web", "sources": [SAMPLE]},
            ],
        }

    def find_body(self, key):
        return next((b for b in self.bodies[key.collection] if b["id"] == key.id), None)

    def list_bodies(self, collection, where):
        return [b for b in self.bodies[collection] if all(b[f] == v for f, v in where)]


def fill(text: str, facts=None, **reader) -> str:
    template = parse_template(text)
    assert template.faults == ()
    return fill_template(template, facts or Facts(), Reader(**reader))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not known"),
        ([], "not known"),
        (True, "yes"),
        (False, "no"),
        (443, "443"),
        (0, "0"),
        ("P30D", "30 days"),
        ("P30DT", "P30DT"),
        ([80, 443], "80, 443"),
        (["P1D", None], "1 day, not known"),
        (" a \n\n b\t", "a b"),
        ("2026-01-01", "2026-01-01"),
    ],
)
def test_a_value_is_written_as_a_person_would(value, words):
    assert format_value(value) == words


def test_a_value_of_a_document_is_filled_in():
    assert (
        fill("The {{ clouds.a.name }} `{{ clouds.a.name }}`", Facts(a="x*y*"))
        == "The x\\*y\\* `x*y*`\n"
    )


@pytest.mark.parametrize(
    "value",
    [
        "a * b",
        "[a](b)",
        "<b>",
        "&lt;",
        "a_b_",
        "# a",
        "- a",
        "1. a",
        "a | b",
        "![x](y)",
        "~~a~~",
        "\\",
        "    a",
        "***",
        "===",
        "> a",
        "+",
        "`",
        "$%^;=?@",
    ],
)
@pytest.mark.parametrize(
    "format_",
    [
        "{}",
        "a {}",
        "- {}",
        "1. {}",
        "> {}",
        "### {}",
        "| a |\n| --- |\n| {} |",
        "**{}**",
        "[{}](https://a.b)",
    ],
)
def test_a_value_is_text_wherever_it_stands(value, format_):
    filled = fill(format_.format("{{ clouds.a.name }}"), Facts(a=value))

    plain = render_html(format_.format("XYZ"))
    expected = value.strip()
    assert unescape(render_html(filled)) == unescape(plain).replace("XYZ", expected)


@given(product_names())
@example("---")
@example("- a")
@example("+ a")
@example("1. a")
@example("1) a")
@example("365")
@example("+")
@example("AT&T (UK)")
@example("&amp")
@example("'")
@pytest.mark.parametrize(
    "format_",
    [
        "{}",
        "{}. More.",
        "{}) more",
        "Ask {}, then {}.",
        "- {}",
        "1. {}",
        "1) {}",
        "- 1. {}",
        "> {}",
        "### {}",
        "**{}** and *{}*",
        "a\n{}",
        "a\n{}\nb",
        "12 {}",
        "[{}](https://example.com)",
        "| a | b |\n| --- | --- |\n| {} | a {} |",
    ],
)
def test_whatever_product_is_named_the_answer_is_that_text_and_no_more_markup(format_, name):
    filled = fill(format_.replace("{}", APPLICATION), application=name)

    plain = render_html(format_.replace("{}", "XYZ"))
    assert unescape(render_html(filled)) == unescape(plain).replace("XYZ", name)
    assert re.findall(r"<[^>]*>", render_html(filled)) == re.findall(r"<[^>]*>", plain)
    # Underlines and columns of text are as wide as the name.
    texts = render_text(filled), render_text(format_.replace("{}", "XYZ")).replace("XYZ", name)
    assert len({re.sub("[- ]+", "", text) for text in texts}) == 1


@given(
    st.text("abc019 .,:;!?#$%&'()*+-/<=>@[]\\^_`{|}~\"é日", min_size=1)
    .map(format_value)
    .filter(bool)
)
@pytest.mark.parametrize("within", [True, False])
def test_escaped_words_are_words(within, words):
    before = "a " if within else ""

    html = render_html(before + escape_markdown(words, within=within))

    assert unescape(html) == f"<p>{before}{words}</p>"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a {{ x }} b",
            "{{ with dc }}",
            "a {{ with dc }} b\n\n{{ end }}",
            "{{ end }}",
            "{{ dc.name }}",
        ),
        *("{{ without dc }}\n\na\n\n{{ with dc }}", "[a](b{{ clouds.a.name }})", "{{ a\n}}"),
        *("{{ with dc }}\n\na\n\nb {{ end }}", "a {{ table clouds: name }} b"),
    ],
)
@pytest.mark.parametrize("reader", [{}, {"data_center": "uk"}])
def test_what_does_not_parse_stays_as_it_is(text, reader):
    template = parse_template(text)

    assert template.faults != ()
    assert fill_template(template, Facts(), Reader(**reader)) == f"{text}\n"


@pytest.mark.parametrize(
    "summary", ["{{ x }}", "{{ dc.name }}", "{{ end }}", "{{", "{{ table a: b }}"]
)
def test_what_is_no_value_stays_in_a_summary(summary):
    assert fill_summary(f"a {summary} b", Facts()) == f"a {summary} b"


def test_a_field_that_is_not_there_is_not_known():
    assert fill("a {{ clouds.a.none }}", Facts(a="x")) == "a not known\n"
    assert fill_summary("{{ clouds.a.none }}", Facts(a="x")) == "not known"
    assert "|  | x |" in fill("{{ table clouds: none, name }}", Facts(a="x"))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`\\{\\{ x }}` \\{\\{ y }}", "<p><code>{{ x }}</code> {{ y }}</p>"),
        ("```\n\\{\\{ x }}\n```", "<pre><code>{{ x }}\n</code></pre>"),
        ("`{{ clouds.a.name }} \\{\\{ x }}`", "<p><code>UK {{ x }}</code></p>"),
        ("\\\\{\\{ x", "<p>\\{{ x</p>"),
    ],
)
def test_escaped_braces_are_braces_in_code_too(text, html):
    filled = fill(text, Facts(a="UK"))

    assert render_html(filled) == html
    assert re.sub("</?(p|pre|code)>", "", html).strip() == render_text(filled).strip()


@pytest.mark.parametrize(
    "words",
    ["Not tested, if the tenant's (EWSAllowedAppIDs) rule allows it.", "2018-07-19", "10.0.0.0/8"],
)
@pytest.mark.parametrize("before", ["", "a "])
def test_prose_needs_no_backslash(words, before):
    assert fill(f"{before}{{{{ clouds.a.name }}}}", Facts(a=words)) == f"{before}{words}\n"


def test_words_stand_in_for_a_product_that_is_not_named():
    assert fill(f"Ask {APPLICATION}.") == "Ask your vendor.\n"
    assert fill(f"Ask {APPLICATION}.", application="Acme") == "Ask Acme.\n"


@pytest.mark.parametrize(
    ("data_center", "filled"),
    [("uk", "a\n\nb UK\n\nd\n"), ("de", "a\n\nb Ger\\|many\n\nd\n"), (None, "a\n\nc\n\nd\n")],
)
def test_a_section_is_shown_with_or_without_a_data_center(data_center, filled):
    assert fill(SECTIONS, data_center=data_center) == filled


def test_a_section_within_a_list_leaves_the_list_tight():
    text = "1. a\n\n{{ with dc }}\n\n2. b\n\n{{ end }}\n\n3. c\n\n{{ with dc }}\n\nd\n\n{{ end }}\n"

    assert fill(text, data_center="uk") == "1. a\n2. b\n3. c\n\nd\n"


def test_a_text_that_is_all_hidden_is_empty():
    assert fill("{{ with dc }}\n\n{{ clouds.a.name }}\n\n{{ end }}") == "\n"


@pytest.mark.parametrize(
    "text",
    [
        "    code\n\nText.\n",
        "```\na\n\n\n\nb\n```\n",
        "a\n\n\n\nb\n",
        "- a\n\n      code\n",
        "a  \nb\n",
    ],
)
def test_what_holds_no_placeholder_stays_as_it_is(text):
    assert fill(text) == text
    assert fill(f"{{{{ without dc }}}}\n\n{text}\n{{{{ end }}}}") == text


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
        ("2026-12-01", "It has started: passed.", "There is nothing to list at present."),
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
    message = "There is nothing to list at present.\n"

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


def test_a_value_of_a_document_that_is_not_there_is_not_known():
    assert fill("a {{ clouds.a.name }}") == "a not known\n"


def test_a_summary_is_plain_text_with_its_values():
    summary = "Its name: {{ clouds.a.name }}, {{clouds.b.name}}."

    assert fill_summary(summary, Facts(a="x*y", b="<b>")) == "Its name: x*y, <b>."
    assert list_summary_values(summary) == [
        Value("clouds", "a", "name"),
        Value("clouds", "b", "name"),
    ]


def test_what_is_no_value_is_not_among_the_values_of_a_summary():
    assert list_summary_values("{{ dc.name }} a") == []
    assert Facts().find_body(Key("clouds", "a")) is None
