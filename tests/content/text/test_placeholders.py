"""The grammar of placeholders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text.placeholders import (
    PLACEHOLDER,
    Application,
    Column,
    If,
    OfDataCenter,
    PlaceholderError,
    Section,
    Table,
    Value,
    parse_placeholder,
)

IDS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
FIELDS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("oauth-clients.google.client_id", Value("oauth-clients", "google", "client_id")),
        ("  a.b.c\t", Value("a", "b", "c")),
        ("dc.name", OfDataCenter("name")),
        ("dc.a.b", Value("dc", "a", "b")),
        ('application or "your vendor"', Application("your vendor")),
        ('application or "Müller, Söhne."', Application("Müller, Söhne.")),
        ('application or "O\'Neill-Smith, Inc."', Application("O'Neill-Smith, Inc.")),
        ("table clouds: name", Table("clouds", (Column("name"),), ())),
        ("table clouds : name , support", Table("clouds", (Column("name"), Column("support")), ())),
        (
            "table ip-ranges: cidr; traffic = web, data_center=uk",
            Table("ip-ranges", (Column("cidr"),), (("traffic", "web"), ("data_center", "uk"))),
        ),
        (
            'table a: b "B, c" , d "D"; e = f; group by g_h',
            Table("a", (Column("b", "B, c"), Column("d", "D")), (("e", "f"),), "g_h"),
        ),
        ("table a: b; group by c", Table("a", (Column("b"),), (), "c")),
        ("with dc", Section("with dc")),
        ("else", Section("else")),
        ("if deadlines.ews-shutdown passed", If("deadlines", "ews-shutdown", "passed")),
        ("if a.b upcoming", If("a", "b", "upcoming")),
        ("without dc", Section("without dc")),
        (" end ", Section("end")),
    ],
)
def test_what_is_in_the_grammar_is_read(text, placeholder):
    assert parse_placeholder(text) == placeholder


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not a placeholder. Write collection.id.field for a value"),
        ("a.b", "'a.b' is not a placeholder"),
        ("a.b.c.d", "'a.b.c.d' is not a placeholder"),
        ("A.b.c", "'A.b.c' is not a placeholder"),
        ("a.b_c.d", "'a.b_c.d' is not a placeholder"),
        ("a.b.c-d", "'a.b.c-d' is not a placeholder"),
        ("a.b.c|upper", "'a.b.c|upper' is not a placeholder"),
        ("a.b.c + 1", "'a.b.c + 1' is not a placeholder"),
        ("a. b.c", "'a. b.c' is not a placeholder"),
        ("dc", "'dc' is not a placeholder"),
        ("dc.api-host", "'dc.api-host' is not a placeholder"),
        ("with  dc", "'with  dc' is not a placeholder"),
        ("with uk", "'with uk' is not a placeholder"),
        ("for x in y", "'for x in y' is not a placeholder"),
        ("__import__('os')", "is not a placeholder"),
        ("application", "is shown if the application is unknown."),
        ('application or ""', "is shown if the application is unknown."),
        ("application or 'a'", "is shown if the application is unknown."),
        ('application or "<b>"', "is shown if the application is unknown."),
        ('application or "a" or "b"', "is shown if the application is unknown."),
        ('application or "' + "a" * 61 + '"', "is shown if the application is unknown."),
        ("table", "write a table as 'table collection: field, field "),
        ("table clouds", "write a table as"),
        ("table clouds:", "write a table as"),
        ("table clouds: a,", "write a table as"),
        ("table clouds: a b", "write a table as"),
        ("table clouds: a; b", "'b' is not a list of conditions. Write 'field = value'"),
        ("table clouds: a; b = c d", "'b = c d' is not a list of conditions"),
        ("table clouds: a; b = c,", "'b = c,' is not a list of conditions"),
        ("table clouds: a; b != c", "'b != c' is not a list of conditions"),
        ("table clouds: a; b = c, b = d", "has two conditions for one field"),
        ("table clouds: a; b = 'c'", "is not a list of conditions"),
        ('table clouds: a ""', "write a table as"),
        ('table clouds: a "x;y"', "write a table as"),
        ("table clouds: a; group by", "is not a list of conditions"),
        ("table clouds: a; group by b; c = d", "write a table as"),
        ("if a.b", "write a condition as 'if deadlines.id passed'"),
        ("if a.b overdue", "write a condition as"),
        ("if a.b.c passed", "write a condition as"),
        ("if a.b passed or c.d passed", "write a condition as"),
    ],
)
def test_what_is_not_in_the_grammar_says_what_is(text, message):
    with pytest.raises(PlaceholderError) as caught:
        parse_placeholder(text)

    assert message in str(caught.value)
    assert str(caught.value).endswith(".")


@given(IDS, IDS, FIELDS)
def test_every_value_is_read_as_it_is_written(collection, document_id, field):
    assert parse_placeholder(f" {collection}.{document_id}.{field} ") == Value(
        collection, document_id, field
    )


@given(st.text(max_size=80) | st.text("ab.-:;,=_ \"'{}", max_size=30))
def test_a_text_that_does_not_begin_as_one_of_the_grammar_is_refused(text):
    with pytest.raises(PlaceholderError, match=r"\.$"):
        parse_placeholder(f"!{text}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ a }} {{b}}", [" a ", "b"]),
        ("{{ a", []),
        ("{{ a\n}}", []),
        ("{{{ a }}}", [" a "]),
        ("{{ {{ a }}", [" a "]),
        ("{ { a } }", []),
        ("{{}}", [""]),
    ],
)
def test_a_placeholder_is_closed_in_its_line(text, found):
    assert PLACEHOLDER.findall(text) == found
