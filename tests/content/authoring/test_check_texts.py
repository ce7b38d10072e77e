"""What readers will read: placeholders, headings, links, raw HTML and lengths."""

import pytest

#: The line on which the Markdown of an answer of the editor begins.
FIRST = 12
HTML = "raw HTML is not shown; write it in Markdown, or as code between backticks."
HEADING = "the question is the heading above this; begin headings with '###'."
CONTROL = "an invisible control character is here; type the text again."


def check(factory, markdown: str, **fields) -> list[str]:
    """The faults of one answer in a world with a client, a cloud and two data centers."""
    factory.world().faq("a", markdown, **fields)
    return [fault.removeprefix("content/faqs/a.md:") for fault in factory.faults()]


def nowhere(href: str) -> str:
    return (
        f"the link {href!r} points to nothing; write /v1/faqs/ and the id of an answer there is, "
        "or an address that begins with https://."
    )


@pytest.mark.parametrize(
    ("markdown", "line", "column", "message"),
    [
        ("a\n\nb {{ x }}\n", 2, 3, "'x' is not a placeholder; write collection.id.field"),
        (
            "{{ nothing.a.name }}",
            0,
            1,
            "there is no collection 'nothing' to show; there are topics,",
        ),
        ("{{ faqs.addresses.question }}", 0, 1, "there is no collection 'faqs' to show"),
        ("{{ table faqs: question }}", 0, 1, "there is no collection 'faqs' to show"),
        (
            "{{ oauth-clients.gogle.name }}",
            0,
            1,
            "there is no oauth-clients/gogle to show; write the id",
        ),
        (
            "é {{ clouds.workspace.nam }}",
            0,
            3,
            "clouds has no field 'nam' to show; its fields are id, name",
        ),
        ("{{ data-centers.uk.freshness }}", 0, 1, "data-centers has no field 'freshness' to show"),
        ("{{ clouds.workspace.sources }}", 0, 1, "clouds has no field 'sources' to show"),
        ("{{ clouds.workspace.connection_types }}", 0, 1, "clouds has no field 'connection_types'"),
        ("{{ with dc }}\n\n{{ dc.host }}\n\n{{ end }}", 2, 1, "data-centers has no field 'host'"),
        ("{{ table clouds: name, nam }}", 0, 1, "clouds has no field 'nam' to show"),
        ("{{ table ip-ranges: cidr; dc = uk }}", 0, 1, "ip-ranges has no field 'dc' to show"),
        (
            "{{ table ip-ranges: cidr; traffic = from }}",
            0,
            1,
            "traffic = from selects nothing: there is no",
        ),
        (
            "{{ table clouds: name; support = yes }}",
            0,
            1,
            "support = yes selects nothing; support is one of supported, ",
        ),
        ("{{ table topics: title; position = 1 }}", 0, 1, "position is not a word; choose rows by"),
        ("{{ table ip-ranges: cidr; ports = 443 }}", 0, 1, "ports is not a word; choose rows"),
        ("a\n\n{{ with dc }}\n", 2, 1, "this section has no {{ end }}"),
        ("a\n`a {{` b", 1, 4, "'{{' has no '}}' in its line"),
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
@pytest.mark.parametrize("code", ["`{}`", "```\n{}\n```", "    {}"])
def test_a_value_that_would_break_out_of_code_is_a_fault(factory, value, code):
    factory.world().facts("oauth-clients", {"id": "google", "product": value})
    factory.faq("addresses", code.format("{{ oauth-clients.google.product }}"))

    (fault,) = factory.faults()

    assert f"the value {value!r} would break out of code; write the placeholder as text." in fault


def test_a_value_of_any_data_center_must_fit_into_code(factory):
    factory.world().facts("data-centers", {"id": "uk"}, {"id": "de", "name": "a`b"})
    factory.faq("addresses", "{{ with dc }}\n\n`{{ dc.name }}` {{ dc.name }}\n\n{{ end }}")

    (fault,) = factory.faults()

    assert fault.startswith(f"content/faqs/addresses.md:{FIRST + 2}:2: the value 'a`b' would break")


@pytest.mark.parametrize(
    ("markdown", "places"),
    [
        ("<b>a</b>", [0, 0]),
        ("a\nb\nc <br> d", [2]),
        ("a  \n<i>b", [1]),
        ("- a\n- <b>", [1]),
        ("| a |\n| --- |\n| b |\n| <b> |", [3]),
        ("a\n\n<div>\n\na\n\n</div>", [2, 6]),
        ("<script>alert(1)</script>", [0]),
        ("a\n\n<!-- b -->", [2]),
        ("<?php ?>", [0]),
        ("> <b>", [0]),
    ],
)
def test_raw_html_is_a_fault_in_its_line(factory, markdown, places):
    expected = dict.fromkeys(f"{FIRST + place}:1: {HTML}" for place in places)

    assert check(factory, markdown) == list(expected)


@pytest.mark.parametrize(
    "markdown", ["`<b>`", "```\n<b>\n```", "a < b > c", "\\<b>", "&lt;b&gt;", "<https://a.b>"]
)
def test_what_only_looks_like_html_is_none(factory, markdown):
    assert check(factory, markdown) == []


@pytest.mark.parametrize(
    ("markdown", "line"),
    [("# a", 0), ("a\n\n## b", 2), ("a\n===", 0), ("a\n\nb\n---", 2), ("> # a", 0)],
)
def test_a_heading_above_the_question_is_a_fault(factory, markdown, line):
    assert check(factory, markdown) == [f"{FIRST + line}:1: {HEADING}"]


def test_headings_below_the_question_are_none(factory):
    assert check(factory, "### a\n\n#### b\n\n##### c\n\n###### d\n\n`# a`") == []


@pytest.mark.parametrize(
    "href",
    [
        *("/v1/faqs/nothing", "/v1/faqs/nothing?format=html", "/v1/faqs/nothing#a", "/v1/faq/a"),
        *("/v1/faqs/nothing/revisions", "/v1/clouds/addresses", "/v1/", "/v1/data-center"),
        *("addresses", "addresses.md", "../faqs/addresses", "#below", "www.example.com", ""),
    ],
)
@pytest.mark.parametrize(
    ("format_", "line"), [("[a]({})", 0), ("a\nb\n[c]({}) d", 2), ("[a]\n\n[a]: <{}>", 0)]
)
def test_a_link_that_leads_nowhere_is_a_fault_in_its_line(factory, href, format_, line):
    assert check(factory, format_.format(href)) == [f"{FIRST + line}:1: {nowhere(href)}"]


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
    ],
)
def test_a_link_that_leads_somewhere_is_none(factory, href):
    assert check(factory, f"[a]({href})\n") == []


@pytest.mark.parametrize(
    ("summary", "message"),
    [
        ("{{ x }}", "'x' is not a placeholder"),
        ("{{ dc.name }}", "a summary takes values of documents only; write the words out."),
        ('{{ application or "it" }}', "a summary takes values of documents only"),
        ("{{ table clouds: name }}", "a summary takes values of documents only"),
        ("{{ with dc }}", "a summary takes values of documents only"),
        ("{{ clouds.nothing.name }}", "there is no clouds/nothing to show"),
        ("{{ nothing.a.b }}", "there is no collection 'nothing' to show"),
        ("{{ faqs.addresses.summary }}", "there is no collection 'faqs' to show"),
        ("{{ clouds.workspace.nam }}", "clouds has no field 'nam' to show"),
        ("{{ clouds.workspace.sources }}", "clouds has no field 'sources' to show"),
        ("a {{ b", "'{{' without its '}}'; write '{{ collection.id.field }}'."),
        ("a" * 301, "the summary has 301 characters; shorten it to 300."),
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

    assert factory.faults() == [f"content/faqs/a.md:{FIRST + 2}:3: {CONTROL}"]


def test_a_tab_and_letters_of_any_script_are_text(factory):
    assert check(factory, "a\tb é ß 日本 \U0001f600 \u200d\n", question="ما هو?") == []


def test_texts_of_facts_are_not_judged_as_markdown(factory):
    factory.facts("topics", {"id": "a", "title": "<b># *a*"})

    assert factory.faults() == []


def test_a_placeholder_of_a_document_with_faults_is_none(factory):
    factory.world().write("facts/oauth-clients.yaml", "items:\n  - id: google\n")

    faults = factory.faults()

    assert {fault.split(":")[0] for fault in faults} == {"content/facts/oauth-clients.yaml"}
