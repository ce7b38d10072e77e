"""What was published and is gone."""

import pytest

from tests.content.places import place


def gone(file: str, key: str) -> str:
    document_id = key.partition("/")[2]
    return (
        f"content/{file}: {key} was published and is gone; put it back, add '{document_id}' to the "
        "aliases of the document that took its place, or list it in withdrawn.yaml."
    )


@pytest.fixture
def published(factory):
    """An editor who published the topics a and b, and the answer c."""
    factory.facts("topics", {"id": "a"}, {"id": "b"})
    factory.faq("c")
    factory.publish()
    return factory


def test_an_id_that_was_published_must_not_vanish(published):
    published.facts("topics", {"id": "b"})
    published.path("faqs/c.md").unlink()

    assert published.faults() == [
        gone("facts/topics.yaml", "topics/a"),
        gone("faqs/c.md", "faqs/c"),
    ]


def test_an_id_must_not_vanish_in_a_later_release_either(published):
    published.facts("topics", {"id": "b", "aliases": ["a"]})
    published.publish()
    published.facts("topics", {"id": "b"})

    assert published.faults() == [gone("facts/topics.yaml", "topics/a")]


def test_an_alias_of_another_collection_does_not_account_for_an_id(published):
    published.facts("topics", {"id": "b"})
    published.faq("c", aliases=["a"])

    assert published.faults() == [gone("facts/topics.yaml", "topics/a")]


@pytest.mark.parametrize(
    "account",
    [
        lambda factory: factory.facts("topics", {"id": "b", "aliases": ["a"]}),
        lambda factory: factory.withdrawn({"collection": "topics", "id": "a", "reason": "Old."}),
        lambda factory: factory.write("facts/topics.yaml", "items:\n  - id: a\n  - id: b: c\n"),
        lambda factory: factory.write("withdrawn.yaml", "items:\n  - id: a\n"),
        lambda factory: factory.write("withdrawn.yaml", "items: ["),
    ],
    ids=[
        "alias",
        "withdrawn",
        "unreadable facts",
        "withdrawn with faults",
        "unreadable withdrawals",
    ],
)
def test_an_id_that_is_accounted_for_or_cannot_be_read_has_not_vanished(published, account):
    published.facts("topics", {"id": "b"})

    account(published)

    assert not [fault for fault in published.faults() if "is gone" in fault]


@pytest.mark.parametrize(
    ("entry", "needle", "fault"),
    [
        ({"id": "b"}, "b", "id: topics/b still has a file entry; remove one of the two."),
        ({"id": "z"}, "z", "id: topics/z was never published; there is nothing to withdraw."),
        (
            {"collection": "topic"},
            "a",
            "id: topic/a was never published; there is nothing to withdraw.",
        ),
        (
            {"successor": "b"},
            "b",
            "successor: 'b' is not there; write collection/id of a document that is.",
        ),
        (
            {"successor": "topics/a"},
            "topics/a",
            "successor: 'topics/a' is not there; write collection",
        ),
        ({"id": "A"}, "A", "id: 'A' is not an ID; use"),
        (
            {"reason": None},
            None,
            "reason: reason may not be empty; write it: Reason for the withdrawal",
        ),
        (
            {"sucessor": "a"},
            "sucessor",
            "sucessor: unknown field 'sucessor'; did you mean 'successor'?",
        ),
    ],
)
def test_a_withdrawal_is_checked(published, entry, needle, fault):
    published.facts("topics", {"id": "b"})
    path = published.withdrawn({"collection": "topics", "id": "a", "reason": "Old.", **entry})

    assert any(found.startswith(f"{place(path, needle)}: {fault}") for found in published.faults())


def test_a_withdrawal_may_name_what_takes_its_place(published):
    published.facts("topics", {"id": "b"})
    published.withdrawn(
        {"collection": "topics", "id": "a", "reason": "Old.", "successor": "faqs/c"}
    )

    assert published.faults() == []


def test_a_document_is_withdrawn_once(published):
    published.facts("topics", {"id": "b"})
    gone_id = "a"
    entry = {"collection": "topics", "id": gone_id, "reason": "Old."}
    path = published.withdrawn(entry, {**entry, "reason": "Older."})

    assert published.faults() == [
        f"{place(path, gone_id, nth)}: id: topics/a is withdrawn more than once; keep one entry."
        for nth in (1, 2)
    ]


def test_nothing_can_be_withdrawn_before_the_first_release(factory):
    factory.withdrawn({"collection": "topics", "id": "a", "reason": "Old."})

    assert [fault.partition("topics/a ")[2] for fault in factory.faults()] == [
        "was never published; there is nothing to withdraw."
    ]


def test_a_withdrawn_id_leads_nowhere_else(published):
    published.facts("topics", {"id": "b", "aliases": ["a"]})
    published.withdrawn({"collection": "topics", "id": "a", "reason": "Old."})

    assert [fault.partition(": id: ")[2] for fault in published.faults()] == [
        "topics/a is an alias of another document; remove one of the two."
    ]
