"""What readers will read: placeholders, headings, links, raw HTML and lengths."""

import pytest

#: The line on which the Markdown of an answer of the editor begins.
FIRST = 12
HTML = "raw HTML is not shown. Write Markdown, or put it in backticks as code."
HEADING = "the page already has a top heading. Start other headings with '##'."
UNDERLINED = "'{}' turns the line above into a heading. Put an empty line between them."


def check(factory, markdown: str, **fields) -> list[str]:
    """The faults of one answer in a world with a client, a cloud and two data centers."""
    factory.world().faq("a", markdown, **fields)
    return [fault.removeprefix("content/faqs/a.md:") for fault in factory.faults()]


@pytest.mark.parametrize(
    ("markdown", "line", "column", "message"),
    [
        ("a\n\nb {{ x }}\n", 2, 3, "'x' is not a placeholder. Write collection.id.field"),
        (
            "{{ nothing.a.name }}",
            0,
            1,
            "unknown collection 'nothing' in a placeholder. Use one of: topics,",
        ),
        ("{{ faqs.addresses.question }}", 0, 1, "unknown collection 'faqs' in a placeholder"),
        ("{{ table faqs: question }}", 0, 1, "unknown collection 'faqs' in a placeholder"),
        (
            "{{ oauth-clients.gogle.name }}",
            0,
            1,
            "oauth-clients/gogle does not exist. Use the ID",
        ),
        (
            "é {{ clouds.workspace.nam }}",
            0,
            3,
            "clouds has no field 'nam' that can be shown. Use one of: id, name",
        ),
        (
            "{{ data-centers.uk.freshness }}",
            0,
            1,
            "data-centers has no field 'freshness' that can be shown",
        ),
        (
            "{{ clouds.workspace.sources }}",
            0,
            1,
            "clouds has no field 'sources' that can be shown",
        ),
        ("{{ clouds.workspace.connection_types }}", 0, 1, "clouds has no field 'connection_types'"),
        ("{{ with dc }}\n\n{{ dc.host }}\n\n{{ end }}", 2, 1, "data-centers has no field 'host'"),
        ("{{ table clouds: name, nam }}", 0, 1, "clouds has no field 'nam' that can be shown"),
        (
            "{{ table ip-ranges: cidr; dc = uk }}",
            0,
            1,
            "ip-ranges has no field 'dc' that can be shown",
        ),
        (
            "{{ table ip-ranges: cidr; traffic = from }}",
            0,
            1,
            "traffic = from selects no rows: ",
        ),
        (
            "{{ table clouds: name; support = yes }}",
            0,
            1,
            "support = yes selects no rows. Use one of: supported, ",
        ),
        (
            "{{ table topics: title; position = 1 }}",
            0,
            1,
            "position cannot be used in a condition. Use a",
        ),
        ("{{ table ip-ranges: cidr; ports = 443 }}", 0, 1, "ports cannot be used in a condition"),
        (
            "{{ table clouds: name; group by size }}",
            0,
            1,
            "clouds has no field 'size' that can be shown",
        ),
        (
            "{{ if deadlines.no passed }}\n\na\n\n{{ end }}",
            0,
            1,
            "deadlines/no does not exist",
        ),
        (
            "{{ if clouds.workspace passed }}\n\na\n\n{{ end }}",
            0,
            1,
            "clouds has no field 'state' that can be shown",
        ),
        (
            "{{ table deadlines: title; state = over }}",
            0,
            1,
            "state = over selects no rows. Use one of: upcoming, passed.",
        ),
        ("a\n\n{{ with dc }}\n", 2, 1, "this section has no {{ end }}"),
        ("a\n`a {{` b", 1, 4, "'{{' has no '}}' on the same line"),
    ],
)
def test_a_placeholder_that_names_nothing_is_a_fault_where_it_stands(
    factory, markdown, line, column, message
):
    (fault,) = check(factory, markdown)

    assert fault.startswith(f"{FIRST + line}:{column}: {message}")


@pytest.mark.parametrize(
    "markdown",
    [
        "{{ table clouds: name; support = supported }}",
        "{{ table ip-ranges: cidr, ports; traffic = web, data_center = de }}",
        "{{ table connections: name }}",
        "{{ ip-ranges.uk-1.ports }} {{ ip-ranges.uk-1.effective_from }}",
        "{{ with dc }}\n\n`{{ dc.api_host }}`\n\n{{ end }}",
    ],
)
def test_a_placeholder_that_names_something_is_none(factory, markdown):
    assert check(factory, markdown) == []


@pytest.mark.parametrize("value", ["a`b", "a|b", "```"])
@pytest.mark.parametrize("code", ["`{}`", "```\n{}\n```"])
def test_a_value_that_would_break_out_of_code_is_a_fault(factory, value, code):
    factory.world().facts("oauth-clients", {"id": "google", "product": value})
    factory.faq("addresses", code.format("{{ oauth-clients.google.product }}"))

    (fault,) = factory.faults()

    assert f"the value {value!r} would end the code. Use the placeholder outside code." in fault


def test_a_value_of_any_data_center_must_fit_into_code(factory):
    factory.world().facts("data-centers", {"id": "uk"}, {"id": "de", "name": "a`b"})
    factory.faq("addresses", "{{ with dc }}\n\n`{{ dc.name }}` {{ dc.name }}\n\n{{ end }}")

    (fault,) = factory.faults()

    assert fault.startswith(
        f"content/faqs/addresses.md:{FIRST + 2}:2: the value 'a`b' would end the code"
    )


@pytest.mark.parametrize(
    ("markdown", "places"),
    [
        ("<b>a</b>", [(0, 1), (0, 5)]),
        ("a\nb\nc <br> d", [(2, 3)]),
        ("a  \n<i>b", [(1, 1)]),
        ("- a\n- <b>", [(1, 1)]),
        ("| a |\n| --- |\n| b |\n| <b> |", [(3, 3)]),
        ("a\n\n<div>\n\na\n\n</div>", [(2, 1), (6, 1)]),
        ("<script>alert(1)</script>", [(0, 1)]),
        ("a\n\n<!-- b -->", [(2, 1)]),
        ("<?php ?>", [(0, 1)]),
        ("> <b>", [(0, 1)]),
    ],
)
def test_raw_html_is_a_fault_where_it_stands(factory, markdown, places):
    faults = check(factory, markdown)

    assert faults == [f"{FIRST + line}:{column}: {HTML}" for line, column in places]


@pytest.mark.parametrize(
    "markdown", ["`<b>`", "```\n<b>\n```", "a < b > c", "\\<b>", "&lt;b&gt;", "<https://a.b>"]
)
def test_what_only_looks_like_html_is_none(factory, markdown):
    assert check(factory, markdown) == []


@pytest.mark.parametrize(
    ("markdown", "line"),
    [("# a", 0), ("a\n\n# b", 2), ("> # a", 0)],
)
def test_a_heading_above_the_question_is_a_fault(factory, markdown, line):
    assert check(factory, markdown) == [f"{FIRST + line}:1: {HEADING}"]


@pytest.mark.parametrize(
    ("markdown", "line", "marks"), [("a\n===", 0, "==="), ("a\n\nb\n---", 2, "---")]
)
def test_a_line_that_makes_a_heading_of_the_one_above_is_a_fault(factory, markdown, line, marks):
    assert check(factory, markdown) == [f"{FIRST + line}:1: {UNDERLINED.format(marks)}"]


def test_headings_below_the_question_are_none(factory):
    assert check(factory, "## a\n\n### b\n\n#### c\n\n##### d\n\n###### e\n\n`# a`") == []


@pytest.mark.parametrize(
    "href",
    [
        *("/v1/faqs/nothing", "/v1/faqs/nothing?format=html", "/v1/faqs/nothing#a", "/v1/faq/a"),
        *("/v1/faqs/nothing/revisions", "/v1/clouds/addresses", "/v1/", "/v1/data-center"),
        *("addresses", "addresses.md", "../faqs/addresses", "#below", "www.example.com", ""),
        *("//evil.example/x", "https:example.com", "https:///x", "https://", "ftp://x/y", "https:"),
        *("/nowhere", "/faqs/nope", "/faqs", "/faqs/addresses/", "/v1/faqs/addresses/nothing"),
        *("javascript:alert(1)", "JavaScript:x", "data:text/html,x", "vbscript:x", "file:///x"),
        *("https://user@evil.example", "https://a.b@evil.example", "https:\\\\evil.example"),
        *("/\\evil.example", "mailto:", "mailto:a", "mailto:a@b.c,d@e.f", "mailto:a@b.c?bcc=d@e.f"),
        *(
            "/v1/releases/nothing",
            "/releases/2026",
            "/clouds/workspace",
            "/v1/../x",
            "/v1/faqs//",
            "/kinds",
        ),
        *("https://a.b/\u202ex", "https://a\u200b.b"),
    ],
)
@pytest.mark.parametrize(
    ("format_", "line", "column"),
    [("[a]({})", 0, 1), ("a\nb\n[c](<{}>) d", 2, 1), ("- a *[b]({})*", 0, 6)],
)
def test_a_link_that_leads_nowhere_is_a_fault_where_it_stands(factory, href, format_, line, column):
    shown = href.replace("\\\\", "\\")

    found = check(factory, format_.format(href))

    begins = f"{FIRST + line}:{column}: the link {shown!r} has no target. "
    assert any(fault.startswith(begins) for fault in found)


@pytest.mark.parametrize(
    "href",
    [
        *("/v1/faqs/addresses", "/v1/faqs/a", "/v1/faqs/addresses/revisions?dc=uk#x", "/v1/faqs"),
        *(
            "/v1",
            "/v1/ip-ranges?dc=uk&format=txt",
            "/v1/ip-ranges/lookup?ip=::1",
            "/v1/ip-ranges/aws",
        ),
        *("/v1/releases/2026-01-01.01", "/v1/changes", "/v1/openapi.json", "/problems/not-found"),
        *("https://example.com/v1/faqs/x", "http://a.b", "mailto:a@example.com", "HTTPS://a.b"),
        *("/", "/faqs/addresses?dc=uk", "/ip-ranges#uk", "/clouds", "/changes", "/docs", "/terms"),
        *("/permissions", "/data-retention?dc=uk"),
        *(
            "https://example.com:8443/a?b=c&d=(e)#f",
            "https://\u00fc.example/",
            "/v1/clouds/workspace",
        ),
    ],
)
def test_a_link_that_leads_somewhere_is_none(factory, href):
    assert check(factory, f"[a]({href})\n") == []


@pytest.mark.parametrize(
    ("summary", "message"),
    [
        ("{{ x }}", "'x' is not a placeholder"),
        (
            "{{ dc.name }}",
            "only values of documents can be used in a summary. Write out the text.",
        ),
        ('{{ application or "it" }}', "only values of documents can be used in a summary"),
        ("{{ table clouds: name }}", "only values of documents can be used in a summary"),
        ("{{ with dc }}", "only values of documents can be used in a summary"),
        (
            "{{ deadlines.end.state }}",
            "values that change with the date cannot be used in a summary",
        ),
        ("{{ clouds.nothing.name }}", "clouds/nothing does not exist"),
        ("{{ nothing.a.b }}", "unknown collection 'nothing' in a placeholder"),
        ("{{ faqs.addresses.summary }}", "unknown collection 'faqs' in a placeholder"),
        ("{{ clouds.workspace.nam }}", "clouds has no field 'nam' that can be shown"),
        ("{{ clouds.workspace.sources }}", "clouds has no field 'sources' that can be shown"),
        ("a {{ b", "'{{' has no matching '}}'. Write '{{ collection.id.field }}'."),
        ("a" * 301, "the summary has 301 characters. Shorten it to at most 300."),
        ("a" * 296 + "{{ oauth-clients.google.client_id }}", "the summary has 301 characters"),
    ],
)
def test_a_summary_is_short_plain_text_with_values(factory, summary, message):
    (fault,) = check(factory, "Yes.", summary=summary)

    assert fault.startswith(f"4:10: summary: {message}")


@pytest.mark.parametrize("summary", ["a" * 300, "a" * 295 + "{{ oauth-clients.google.client_id }}"])
def test_a_summary_of_three_hundred_characters_is_short_enough(factory, summary):
    assert check(factory, "Yes.", summary=summary) == []


@pytest.mark.parametrize("control", ["\x00", "\r", "\x0c", "\u202e"])
def test_a_control_character_in_the_text_is_a_fault_where_it_stands(factory, control):
    factory.faq("a")
    text = (
        factory.path("faqs/a.md")
        .read_text()
        .replace("---\nYes.", f"---\nYes.\n\nNo{control}thing.")
    )
    factory.path("faqs/a.md").write_bytes(text.encode())

    (fault,) = factory.faults()
    named = f"the invisible character U+{ord(control):04X}"
    assert fault.startswith(f"content/faqs/a.md:{FIRST + 2}:3: {named}")


def test_a_tab_and_letters_of_any_script_are_text(factory):
    assert check(factory, "a\tb é ß 日本 \U0001f469\u200d\U0001f4bb\n", question="ما هو?") == []


def test_a_table_of_facts_beyond_the_bound_is_a_fault_that_names_it(factory):
    topics = [{"id": f"t-{place}", "position": place} for place in range(1, 801)]
    factory.facts("topics", *topics)
    factory.faq("a", "{{ table topics: title, position, id, description }}")
    factory.faq("b", "{{ table topics: title, position, id }}", position=2)

    (fault,) = factory.faults()

    assert fault == (
        f"content/faqs/a.md:{FIRST}:1: this table has 3204 cells, more than 3000. Add "
        "a condition to select fewer rows."
    )


def test_texts_of_facts_are_not_judged_as_markdown(factory):
    factory.facts("topics", {"id": "a", "title": "<b># *a*"})

    assert factory.faults() == []


def test_a_placeholder_of_a_document_with_faults_is_none(factory):
    factory.world().write("facts/oauth-clients.yaml", "items:\n  - id: google\n")

    faults = factory.faults()

    assert {fault.split(":")[0] for fault in faults} == {"content/facts/oauth-clients.yaml"}
