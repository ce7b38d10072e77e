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
from tests.content.names import product_names
from tests.content.text.facts import Facts, fill
from tests.markdown import render_html, render_text

APPLICATION = '{{ application or "your vendor" }}'
SECTIONS = (
    "a\n\n{{ with dc }}\n\nb {{ dc.name }}\n\n{{ end }}\n\n"
    "{{ without dc }}\n\nc\n\n{{ end }}\n\nd\n"
)


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
