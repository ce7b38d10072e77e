"""What was published and is gone."""

import pytest

from tests.content.places import place


def gone(file: str, key: str) -> str:
    document_id = key.partition("/")[2]
    return (
        f"content/{file}: {key} was published and is missing. Put it back, add "
        f"'{document_id}' to the aliases of the document that replaces it, or list it "
        "in withdrawn.yaml."
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
        ({"id": "b"}, "b", "id: topics/b still exists. Delete the document or this entry."),
        (
            {"id": "z"},
            "z",
            "id: topics/z was never published, so it cannot be withdrawn. Delete this entry.",
        ),
        (
            {"collection": "topic"},
            "a",
            "id: topic/a was never published, so it cannot be withdrawn. Delete this entry.",
        ),
        (
            {"successor": "b"},
            "b",
            "successor: 'b' does not exist. Write collection/id of an existing document.",
        ),
        (
            {"successor": "topics/a"},
            "topics/a",
            "successor: 'topics/a' does not exist. Write collection",
        ),
        ({"id": "A"}, "A", "id: 'A' is not an ID; use"),
        (
            {"reason": None},
            None,
            "reason: reason must not be empty. Write a value: Reason for the withdrawal",
        ),
        (
            {"sucessor": "a"},
            "sucessor",
            "sucessor: unknown field 'sucessor'. Did you mean 'successor'?",
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
        (
            f"{place(path, gone_id, nth)}: id: topics/a is withdrawn more than once. "
            "Delete all entries but one."
        )
        for nth in (1, 2)
    ]


def test_nothing_can_be_withdrawn_before_the_first_release(factory):
    factory.withdrawn({"collection": "topics", "id": "a", "reason": "Old."})

    assert [fault.partition("topics/a ")[2] for fault in factory.faults()] == [
        "was never published, so it cannot be withdrawn. Delete this entry."
    ]


def test_a_withdrawn_id_leads_nowhere_else(published):
    published.facts("topics", {"id": "b", "aliases": ["a"]})
    published.withdrawn({"collection": "topics", "id": "a", "reason": "Old."})

    assert [fault.partition(": id: ")[2] for fault in published.faults()] == [
        "topics/a is an alias of another document. Delete the alias or this entry."
    ]


TEXT = "Ask your vendor which data center you use, and allow its ranges in your firewall.\n"


@pytest.fixture
def renamed(published):
    """An editor who published an answer with text, and renamed its file and its id since."""
    published.faq("long", TEXT, question="Which ranges do we allow?", related=["c"])
    published.faq("c", related=["long"])
    published.publish()
    published.path("faqs/long.md").unlink()
    published.faq("longer", TEXT, question="Which IP ranges do we allow?", related=["c"])
    return published


def test_what_was_renamed_is_told_from_what_is_gone(renamed):
    path = renamed.path("faqs/longer.md")
    reference = "faqs has no 'long'. Use its new ID, 'longer'."
    rename = (
        "it looks like faqs/long was renamed to faqs/longer. Add `aliases: [long]` to "
        "faqs/longer, so that links to 'long' still work. If it is a different "
        "document, list faqs/long in withdrawn.yaml."
    )

    faults = renamed.faults()

    assert faults == [
        f"{place(renamed.path('faqs/c.md'), 'long')}: related.0: {reference}",
        f"{place(path, 'longer')}: id: {rename}",
    ]
    # What it says to write ends the fault.
    renamed.faq("longer", TEXT, question="Which IP ranges do we allow?", aliases=["long"])
    renamed.faq("c", related=["longer"])
    assert renamed.faults() == []


def test_another_document_is_not_taken_for_the_one_that_is_gone(renamed):
    renamed.faq("longer", "Deletion takes thirty days, counted from the last event of a user.\n")
    renamed.faq("c")

    assert renamed.faults() == [gone("faqs/long.md", "faqs/long")]


def test_a_range_of_other_addresses_is_another_range(factory):
    factory.world().publish()
    rest = [{"id": "uk-2", "cidr": "2a00:100::/48"}, {"id": "de-1", "data_center": "de"}]
    rest[1]["cidr"] = "203.0.115.0/24"
    factory.facts("ip-ranges", {"id": "uk-9", "cidr": "203.0.114.0/24"}, *rest)
    same = factory.faults()
    factory.facts("ip-ranges", {"id": "uk-9", "cidr": "203.0.116.0/24"}, *rest)

    assert "it looks like ip-ranges/uk-1 was renamed to ip-ranges/uk-9" in same[0]
    assert factory.faults() == [gone("facts/ip-ranges.yaml", "ip-ranges/uk-1")]


def test_half_of_a_rename_says_what_the_other_half_is(published):
    path = published.path("faqs/c.md")
    text = path.read_text()
    path.write_text(text.replace('id: "c"', 'id: "new"'))
    (of_id,) = published.faults()
    path.write_text(text)
    moved = path.rename(path.with_name("new.md"))
    (of_file,) = published.faults()

    assert of_id == (
        f"{place(moved, 'c').replace('new.md', 'c.md')}: id: it looks like faqs/c is "
        "being renamed to 'new'. Rename the file to 'new.md' and add `aliases: [c]`. "
        "If not, change the ID back to `id: c`."
    )
    assert of_file == (
        f"{place(moved, 'c')}: id: it looks like faqs/c is being renamed to 'new'. "
        "Write `id: new` and `aliases: [c]`. If not, rename the file back to 'c.md'."
    )
    moved.write_text(text.replace('id: "c"', "id: new\naliases: [c]"))
    assert published.faults() == []
