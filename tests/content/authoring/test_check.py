"""What editors wrote against itself and against what was published."""

import pytest

from content.authoring.check import list_overdue
from content.sources.reader import read_sources
from schemas.collections import COLLECTIONS
from tests.blocks import ROOT
from tests.content.places import place

CLOUDS, TOPICS = "content/facts/clouds.yaml", "content/facts/topics.yaml"


def test_a_world_without_faults_has_none(factory):
    factory.world()

    assert factory.faults() == []


def test_an_id_given_twice_is_a_fault_of_the_second(factory):
    path = factory.facts("topics", {"id": "a"}, {"id": "b"}, {"id": "a"})
    first = place(path, "a").removeprefix("content/").rpartition(":")[0]
    second = place(path, "a", 2)

    assert factory.faults() == [
        f"{second}: id: the ID 'a' is already used in {first}. Choose another ID."
    ]


def test_the_same_id_in_two_collections_is_no_clash(factory):
    factory.facts("topics", {"id": "a"})
    factory.facts("clouds", {"id": "a"})

    assert factory.faults() == []


def test_the_file_of_an_answer_is_called_as_its_id(factory):
    factory.faq("a").rename(factory.path("faqs/b.md"))

    assert factory.faults() == [
        (
            "content/faqs/b.md:2:5: id: the file of 'a' must be called 'a.md'. Rename the "
            "file or change the ID."
        )
    ]


@pytest.mark.parametrize("document_id", ["lookup", "aws"])
def test_an_id_that_is_a_path_of_its_own_is_refused(factory, document_id):
    factory.world()
    path = factory.facts("ip-ranges", {"id": document_id})

    assert factory.faults() == [
        (
            f"{place(path, document_id)}: id: '{document_id}' cannot be an ID, because "
            f"/v1/ip-ranges/{document_id} is an endpoint. Choose another ID."
        )
    ]


@pytest.mark.parametrize("alias", ["lookup", "aws"])
def test_an_alias_that_is_a_path_of_its_own_is_refused(factory, alias):
    factory.world()
    path = factory.facts("ip-ranges", {"id": "uk-1", "aliases": [alias]})

    assert factory.faults() == [
        (
            f"{place(path, alias)}: aliases.0: '{alias}' cannot be an alias, because "
            f"/v1/ip-ranges/{alias} is an endpoint. Delete it."
        )
    ]


def test_an_alias_that_is_an_id_is_a_fault(factory):
    path = factory.facts("topics", {"id": "a", "aliases": ["old", "b", "a"]}, {"id": "b"})

    assert factory.faults() == [
        f"{place(path, needle, nth)}: aliases.{at}: '{alias}' is the ID of a document. "
        "An alias must be an ID that is no longer used."
        for needle, nth, at, alias in [("b", 1, 1, "b"), ("a", 2, 2, "a")]
    ]


def test_an_alias_of_two_documents_is_a_fault_of_both(factory):
    alias = "old"
    path = factory.facts("topics", {"id": "a", "aliases": [alias]}, {"id": "b", "aliases": [alias]})

    assert factory.faults() == [
        f"{place(path, alias, nth)}: aliases.0: 'old' is also an alias of another "
        "document. Delete one of the two."
        for nth in (1, 2)
    ]


def test_an_alias_may_be_an_id_of_another_collection(factory):
    factory.facts("topics", {"id": "a", "aliases": ["b"]})
    factory.facts("clouds", {"id": "b", "aliases": ["a"]})

    assert factory.faults() == []


@pytest.mark.parametrize(
    ("fields", "needle", "fault"),
    [
        (
            {"topics": ["netwrok"]},
            "netwrok",
            "topics.0: topics has no 'netwrok'. Did you mean 'network'?",
        ),
        (
            {"topics": ["network", "zzz"]},
            "zzz",
            "topics.1: topics has no 'zzz'. Use one of: network.",
        ),
        (
            {"applies_to": ["zz"]},
            "zz",
            "applies_to.0: clouds has no 'zz', and no other documents.",
        ),
        ({"related": ["b"]}, "b", "related.0: faqs has no 'b'. Use one of: a."),
        ({"related": ["network"]}, "network", "related.0: faqs has no 'network'. Use one of: a."),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault(factory, fields, needle, fault):
    factory.facts("topics", {"id": "network"})
    path = factory.faq("a", **fields)

    assert factory.faults() == [f"{place(path, needle)}: {fault}"]


def test_a_link_of_a_fact_that_leads_nowhere_is_a_fault(factory):
    target = "b"
    path = factory.facts("clouds", {"id": "a", "faq": target})

    assert factory.faults() == [
        f"{place(path, target)}: faq: faqs has no 'b', and no other documents."
    ]


def test_a_link_to_a_former_id_is_a_fault(factory):
    factory.faq("b", aliases=["old"])
    factory.faq("a", related=["old"])

    assert [fault.rpartition(": ")[2] for fault in factory.faults()] == [
        "faqs has no 'old'. Use its new ID, 'b'."
    ]


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("review_by", "reviewed_on"),
        ("review_by", "written_on"),
        ("sunset_on", "deprecated_on"),
        ("effective_until", "effective_from"),
    ],
)
def test_an_end_before_its_beginning_is_a_fault(factory, later, earlier):
    days = {earlier: "2026-05-02", later: "2026-05-01"}
    path = factory.world().facts("ip-ranges", {"id": "a", **days})

    assert factory.faults() == [
        (
            f"{place(path, days[later])}: {later}: 2026-05-01 is before {earlier}, "
            "2026-05-02. Correct one of the two."
        )
    ]


def test_an_answer_that_is_deprecated_says_since_when(factory):
    path = factory.faq("a", status="deprecated", deprecated_on=None)
    factory.faq("b", status="deprecated", deprecated_on="2026-05-01")
    factory.faq("c", deprecated_on="2027-05-01")

    assert factory.faults() == [
        (
            f"{place(path, 'deprecated')}: status: the date of the deprecation is "
            "missing. Add a line such as deprecated_on: 2026-12-01."
        )
    ]


def test_an_end_on_its_beginning_is_none(factory):
    one = "2026-05-01"
    factory.world().facts(
        "ip-ranges",
        {
            "id": "a",
            "effective_from": one,
            "effective_until": one,
            "reviewed_on": one,
            "review_by": one,
        },
    )

    assert factory.faults() == []


@pytest.mark.parametrize("until", ["9999-12-31", "9999-12-30"])
def test_the_last_days_of_the_calendar_can_be_published(factory, until):
    factory.world().facts("ip-ranges", {"id": "a", "effective_until": until, "review_by": until})

    factory.publish()

    assert factory.client().get("/v1/ip-ranges/a").get_json()["effective_until"] == until


def test_an_overdue_review_is_no_fault_but_is_listed(factory):
    factory.facts("topics", {"id": "a", "review_by": "2026-01-31"}, {"id": "b"})
    sources = read_sources(factory.place.root, COLLECTIONS)

    assert factory.faults() == []
    assert list_overdue(sources, "2026-01-31") == []
    (fault,) = list_overdue(sources, "2026-02-01")
    due = place(factory.path("facts/topics.yaml"), "2026-01-31")
    assert f"content/{fault}" == (
        f"{due}: review_by: the review of topics/a was due by 2026-01-31. Check it "
        "against its sources, then run 'faqts reviewed topics/a'."
    )


@pytest.mark.parametrize("field", ["related", "narrower"])
def test_a_document_does_not_refer_to_itself(factory, field):
    if field == "related":
        factory.faq("a", related=["a"])
    else:
        factory.facts("permissions", {"id": "a", "narrower": ["a"]})

    (fault,) = factory.faults()

    assert fault.endswith(f": {field}.0: 'a' is this document itself. Delete it.")


@pytest.mark.parametrize(("day", "count"), [("2027-04-01", 0), ("2027-04-02", 1)])
def test_where_only_the_month_is_known_the_day_is_its_first(factory, day, count):
    factory.facts("deadlines", {"id": "a", "precision": "month", "happens_on": day})

    faults = factory.faults()

    assert [fault.partition(": ")[2] for fault in faults] == [
        (
            "happens_on: with precision: month, the day must be the first. Write "
            "2027-04-01, or precision: day."
        )
    ] * count


@pytest.mark.parametrize(
    ("written", "repair"),
    [("yes", "; write true"), ("'false'", "; write false"), ("Off", "; write false"), ("1", "")],
)
def test_a_word_for_a_flag_is_shown_as_one(factory, written, repair):
    path = factory.facts("traffic-classes", {"id": "a"})
    path.write_text(
        path.read_text().replace('"fixed_addresses": true', f'"fixed_addresses": {written}')
    )

    (fault,) = factory.faults()

    assert fault.endswith(f" is neither true nor false{repair}.")


def test_the_documented_fault_is_printed(factory):
    path = factory.faq("exchange-connection")
    question = "question: Exchange: which version?"
    path.write_text(path.read_text().replace('question: "What of exchange-connection?"', question))

    (fault,) = factory.faults()

    documented = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    assert f"```text\n{fault}\n```" in documented
