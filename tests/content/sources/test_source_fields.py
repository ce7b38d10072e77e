"""Source files, field by field: each fault where it stands."""

import json

import pytest

from tests.content_factory import COMMON

TOPICS = "facts/topics.yaml"
REST = (
    "    sources: [{title: A, url: null, retrieved_on: null, confidence: stated}]\n"
    "    written_on: 2026-01-01\n    review_by: 2027-01-01\n"
)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("titel: T", "2:10: titel: unknown field 'titel'. Did you mean 'title'?"),
        ("position: x", "2:20: position: 'x' is not a whole number."),
        ("position: '1'", "2:20: position: '1' is not a whole number; write 1."),
        ("position: 012", "2:20: position: '012' is not a whole number; write 12."),
        ("position: yes", "2:20: position: 'yes' is not a whole number."),
        ("title: 5", "2:17: title: 5 is not text; put it in quotes."),
        ("title: true", "2:17: title: True is not text; put it in quotes."),
        ("title:", "2:16: title: title must not be empty. Write a value: Title shown to users."),
        ("title: ''", "2:17: title: this is empty; write the text."),
        ("reviewed_on: 20261123", "2:23: reviewed_on: '20261123' is not a day; write YYYY-MM-DD"),
        ("deprecated_on: ''", "2:25: deprecated_on: this is empty; write the text, or leave the"),
        ("id: A_b", "2:14: id: 'A_b' is not an ID; use lowercase letters, digits"),
        ("reviewed_on: 2026-02-30", "2:23: reviewed_on: '2026-02-30' is not a day; write"),
        (
            "review_by: \u0662\u0660\u0662\u0666-01-01",
            "2:21: review_by: '\u0662\u0660\u0662\u0666-01-01' is not a day",
        ),
        ("aliases: b", "2:19: aliases: 'b' is not a list; write one value a line after '- '."),
        ("aliases: [b, B]", "2:23: aliases.1: 'B' is not an ID"),
        ("aliases: [b, c, b]", "2:26: aliases.2: 'b' is listed twice; keep it once."),
        ("aliases: [b, ~]", "2:23: aliases.1: this item is empty. Write a value"),
        (
            "sources: [a]",
            "2:20: sources.0: this must contain fields, each written as 'name: value'.",
        ),
        (
            "sources: [{titel: a}]",
            "2:21: sources.0.titel: unknown field 'titel'. Did you mean 'title'?",
        ),
        (
            "faq_count: 1",
            (
                "2:10: faq_count: 'faq_count' is calculated when the document is read. "
                "Delete this line."
            ),
        ),
        ("<<: {a: 1}", "2:10: <<: unknown field '<<'. Use one of: id, title"),
        (f"title: [{'x' * 1_000_000}]", "2:17: title: ['xxx"),
    ],
)
def test_a_wrong_field_is_a_fault_where_it_stands(factory, lines, fault):
    full = {"id": "a", "title": "T", "description": "D.", "position": 1, **COMMON}
    full.pop(lines.partition(":")[0], None)
    rest = "".join(f"    {name}: {json.dumps(value)}\n" for name, value in full.items())
    factory.write(TOPICS, f"items:\n  -      {lines}\n{rest}".replace("\n    ", "\n         "))

    faults = [f for f in factory.faults() if f.startswith("content/facts/topics.yaml:2:")]

    assert any(f.startswith(f"content/facts/topics.yaml:{fault}") for f in faults), faults
    assert max(map(len, faults)) < 400


def test_a_missing_field_is_a_fault_where_its_document_begins(factory):
    factory.write(TOPICS, f"items:\n  - id: a\n    title: T\n    description: D.\n{REST}")

    assert factory.faults() == [
        (
            "content/facts/topics.yaml:2:5: position: position is missing. Add it: "
            "Position in the list, starting at 1."
        )
    ]


def test_a_fault_in_the_defaults_is_where_the_defaults_stand(factory):
    factory.write(
        TOPICS,
        "defaults:\n  position: x\n  titel: T\n"
        f"items:\n  - id: a\n    title: T\n    description: D.\n{REST}",
    )

    assert [fault.split(": ")[0] for fault in factory.faults()] == [
        *("content/facts/topics.yaml:2:13", "content/facts/topics.yaml:3:3")
    ]
