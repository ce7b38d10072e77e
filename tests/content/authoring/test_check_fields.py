"""Each field alone: what an editor can write that readers would not get, or get otherwise."""

from itertools import chain

import pytest
from marshmallow import fields

from content.ledger.release import Change, build_release
from schemas.collections import COLLECTIONS
from schemas.fields import List, Markdown, Text
from tests.content.chains import build_document
from tests.content.places import place

#: Values that no text of one line may have, and what the fault says.
WRONG = [
    ("a ", "the text starts or ends with U+0020 SPACE. Write 'a'."),
    ("\u00a0a", "the text starts or ends with U+00A0 NO-BREAK SPACE. Write 'a'."),
    ("a\nb", "this text must be one line. To write it on several lines"),
    ("a\n", "this text must be one line. To write it on several lines"),
    ("a\tb", "tabs are not allowed. Write a space."),
    ("caf\ufffd", "U+FFFD replaces a character that was lost. Type the text again."),
    ("AT&amp;T", "HTML entities are not decoded here. Write '&' instead of '&amp;'."),
    ("a&nbsp;b", "HTML entities are not decoded here. Write '\\xa0' instead of '&nbsp;'."),
    ("a&#x200b;b", "HTML entities are not decoded here. Write"),
]


def list_texts(schema, path=()):
    """The path of every text that an editor writes freely in a document of *schema*."""
    for name, field in schema.load_fields.items():
        inner = field.inner if isinstance(field, List) else field
        here = (*path, name, 0) if isinstance(field, List) else (*path, name)
        if isinstance(inner, fields.Nested):
            yield from list_texts(inner.schema, here)
        elif type(inner) is Text and inner.shape is None and not isinstance(inner, Markdown):
            yield here


FACTS = [c for c in COLLECTIONS if c.name != "faqs" and not c.is_plain]
TEXTS = list(chain.from_iterable(((c.name, path) for path in list_texts(c.strict)) for c in FACTS))


def put(body, path, value):
    """*body* with *value* at *path*."""
    if not path:
        return value
    if path[0] == 0:
        return [put((body or [None])[0], path[1:], value)]
    return {**(body or {}), path[0]: put((body or {}).get(path[0]), path[1:], value)}


@pytest.mark.parametrize(("collection", "path"), TEXTS, ids=str)
def test_every_text_of_every_kind_is_checked(factory, collection, path):
    source = {"title": "A", "url": None, "retrieved_on": None, "confidence": "stated"}
    factory.facts(collection, put({"id": "x", "sources": [source]}, path, "a "))

    found = [fault for fault in factory.faults() if f": {'.'.join(map(str, path))}: " in fault]

    assert len(found) == 1
    assert "the text starts or ends with U+0020 SPACE. Write 'a'." in found[0]


@pytest.mark.parametrize(("value", "message"), WRONG)
@pytest.mark.parametrize("field", ["question", "summary"])
def test_a_text_of_one_line_is_one_line_without_what_readers_cannot_see(
    factory, field, value, message
):
    (fault,) = factory.faq("a", **{field: value}) and factory.faults()

    assert f": {field}: {message}" in fault


@pytest.mark.parametrize(
    "value",
    [
        "O\u2019Brien & Sons",
        "Müller, AT&T",
        "ما هو؟",
        "日本語の質問",
        "नमस्ते",
        "👩‍💻 ❤️",
        "a  b",
        "5 < 6 & 7",
        "R&D;",
    ],
)
def test_texts_of_every_script_are_accepted(factory, value):
    path = factory.faq("a", question="Q")
    path.write_text(path.read_text(encoding="utf-8").replace('"Q"', f'"{value}"'), encoding="utf-8")

    assert factory.faults() == []


def test_a_placeholder_is_filled_in_in_answers_and_summaries_alone(factory):
    factory.world()
    factory.facts("topics", {"id": "network", "title": "Of {{ clouds.workspace.name }}"})

    (fault,) = factory.faults()

    assert fault.endswith(
        ": title: placeholders work only in answers and their summaries. Write out the value."
    )


@pytest.mark.parametrize(
    ("collection", "field", "value"),
    [
        ("oauth-clients", "client_id", "123\u200b45"),
        ("oauth-clients", "client_id", "12345\ufeff"),
        ("oauth-clients", "client_id", "123\u00a045"),
        ("oauth-clients", "client_id", "12345 "),
        ("data-centers", "api_host", "https://api-uk.example.com/"),
        ("data-centers", "app_host", "app-uk.example.com:443"),
        ("data-centers", "invite_address", "mailto:organizer@example.com"),
        ("data-centers", "country", "UK"),
        ("data-centers", "sdk_identifier", "u k"),
        ("connections", "endpoint_pattern", "mail.example.com"),
        ("connections", "operations", ["Find Item"]),
        ("permissions", "name", "C\u0430lendars.Read"),
    ],
)
def test_a_value_that_people_copy_has_its_shape(factory, collection, field, value):
    factory.facts(collection, {"id": "x", field: value})

    (fault,) = factory.faults()

    assert fault.startswith(f"content/facts/{collection}.yaml:")


@pytest.mark.parametrize("field", ["reviewed_on", "retrieved_on"])
def test_what_was_done_is_not_in_the_future(factory, field):
    day = "2026-05-02"
    source = {"title": "A", "url": None, "retrieved_on": day, "confidence": "stated"}
    fields = {"sources": [source]} if field == "retrieved_on" else {field: day}
    path = factory.faq("a", **fields)
    at = "sources.0.retrieved_on" if field == "retrieved_on" else field

    assert factory.faults(day) == []
    assert factory.faults("2026-05-01") == [
        f"{place(path, day)}: {at}: 2026-05-02 is in the future. Today is 2026-05-01 (UTC)."
    ]


TEXT = "id: a\ntitle: {}\ndescription: D.\nposition: 1\n"
REST = (
    "sources: [{title: A, url: null, retrieved_on: null, confidence: stated}]\n"
    "written_on: 2026-01-01\nreview_by: 2027-01-01\n"
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Is rule #1 or rule # 2 needed?", '"Is rule #1 or rule # 2 needed?"'),
        ("a  # b", '"a  # b"'),
        ("Exchange: # b", None),
    ],
)
def test_a_text_that_a_comment_cuts_is_a_fault(factory, written, shown):
    lines = (TEXT.format(written) + REST).replace("\n", "\n    ").rstrip()
    factory.write("facts/topics.yaml", f"items:\n  - {lines}\n")

    (fault,) = factory.faults()

    if shown is None:
        assert "this is not valid YAML" in fault
    else:
        assert fault == (
            "content/facts/topics.yaml:3:12: title: the text after ' #' is a comment "
            "and is not published. Put the whole text in quotes, or move the comment "
            f"to its own line. Change line 3 to `    title: {shown}`."
        )


@pytest.mark.parametrize(("indent", "count"), [("", 0), ("    ", 0), ("      ", 1)])
def test_a_comment_below_a_text_is_indented_as_the_field(factory, indent, count):
    lines = (TEXT.format("Is it") + REST).replace("\n", "\n    ").rstrip()
    lines = lines.replace("Is it\n", f"Is it\n{indent}# not this?\n")
    factory.write("facts/topics.yaml", f"items:\n  - {lines}\n")

    faults = factory.faults()

    assert [fault.partition(". Write")[0] for fault in faults] == [
        "content/facts/topics.yaml:3:12: title: the line below is a comment and is not published"
    ] * count


def test_a_comment_in_the_defaults_is_found_and_others_may_stay(factory):
    factory.write(
        "facts/topics.yaml",
        "# A file.\ndefaults:\n  description: Rule # 2\n  sources:"
        " [{title: A, url: null, retrieved_on: null, confidence: stated}]  # None.\n"
        "  written_on: 2026-01-01  # Monday.\n  review_by: 2027-01-01\n"
        'items:\n  # The first.\n  - id: a  # It.\n    title: "T"  # Q.\n    position: 1 # 1\n',
    )

    (fault,) = factory.faults()

    assert fault.startswith("content/facts/topics.yaml:3:16: description: the text after")


def test_a_text_that_begins_with_a_comment_is_a_fault(factory):
    factory.write(
        "facts/deadlines.yaml",
        "items:\n  - id: a\n    title: T\n    happens_on: 2027-01-01\n    precision: day\n"
        "    what_stops: #1 of two\n    what_to_do: null  # Nothing.\n    applies_to: []\n    "
        + REST.replace("\n", "\n    ").rstrip()
        + "\n",
    )

    (fault,) = factory.faults()

    assert ":6:16: what_stops: the text after ' #' is a comment" in fault


def test_the_reason_of_a_withdrawal_is_checked_too(factory):
    factory.faq("a")
    factory.faq("b")
    factory.publish()
    factory.path("faqs/a.md").unlink()
    factory.withdrawn({"collection": "faqs", "id": "a", "reason": "Gone.\u00a0"})

    (fault,) = factory.faults()

    assert ": reason: the text starts or ends with U+00A0 NO-BREAK SPACE. Write 'Gone.'." in fault


def test_what_was_published_before_these_rules_is_read_and_served(factory):
    host = "https://API.example.com:443/"
    center = build_document("data-centers", id="uk", api_host=host, country="UK", name="a\u200b\n")
    client = build_document("oauth-clients", id="google", client_id="12\u00a034\ufeff")
    changes = [Change(document.key, document) for document in (center, client)]
    factory.place.ledger.append(*build_release(None, factory.instant, "Before.", changes))

    reader = factory.client()

    assert reader.get("/v1/data-centers/uk").get_json()["api_host"] == host
    assert reader.get("/v1/oauth-clients/google").get_json()["client_id"] == "12\u00a034\ufeff"
