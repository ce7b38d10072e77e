"""An answer: who changed it, when it changes, and what is said where there is none."""

import pytest

from content.answers.answer import ReadContext
from content.answers.facts import get_fact, list_facts
from content.answers.faqs import get_faq, list_faqs
from content.answers.ranges import get_ip_range, list_ip_ranges
from content.documents import Key
from content.errors import MovedDocumentError, UnknownDocumentError, WithdrawnDocumentError


def read(factory, release=None, day="2026-03-01"):
    archive = factory.archive()
    return ReadContext(archive.get_catalogue(release) if release else archive.latest, day)


def test_an_untouched_answer_keeps_its_release(factory):
    first = factory.world().publish()
    factory.faq("b")
    second = factory.publish()

    context = read(factory)

    assert list_facts(context, "clouds").body["release"] == first.id
    assert get_faq(context, "addresses").body["release"] == first.id
    assert list_faqs(context, limit=9).body["release"] == second.id
    assert list_facts(context, "clouds").read.id == second.id


def test_a_list_moves_when_its_last_document_leaves(factory):
    factory.world().publish()
    factory.facts("oauth-clients")
    factory.withdrawn({"collection": "oauth-clients", "id": "google", "reason": "It ended."})
    factory.faq("addresses")

    second = factory.publish()

    answer = list_facts(read(factory), "oauth-clients")
    assert (answer.body["items"], answer.body["release"]) == ([], second.id)


def test_a_list_that_never_had_anything_is_of_the_first_release(factory):
    first = factory.world().publish()
    factory.faq("b")
    factory.publish()

    assert list_facts(read(factory), "deadlines").body["release"] == first.id


def test_answers_that_no_longer_cite_a_range_that_left_their_table_make_a_new_list(factory):
    factory.world().publish()
    ranges = factory.path("facts/ip-ranges.yaml").read_text()
    factory.write("facts/ip-ranges.yaml", ranges.replace("from-service", "to-service", 1))

    second = factory.publish()

    answer = list_faqs(read(factory), limit=9, cites="ip-ranges/uk-1")
    assert (answer.body["items"], answer.body["release"]) == ([], second.id)


def test_a_former_id_that_leads_elsewhere_makes_a_new_list(factory):
    factory.world().facts("data-centers", {"id": "uk"}, {"id": "de"}, {"id": "old"})
    factory.publish()
    factory.facts("data-centers", {"id": "uk", "aliases": ["old"]}, {"id": "de"})
    second = factory.publish()
    factory.facts("data-centers", {"id": "uk"}, {"id": "de", "aliases": ["old"]})

    third = factory.publish()

    asked = {"data_center": ("old",)}
    before = list_ip_ranges(read(factory, second.id), **asked)
    after = list_ip_ranges(read(factory), **asked)
    assert [item["id"] for item in before.body["items"]] == ["uk-1", "uk-2"]
    assert before.body["release"] == second.id
    assert [item["id"] for item in after.body["items"]] == ["de-1"]
    assert after.body["release"] == third.id


@pytest.mark.parametrize(
    ("day", "changed_at", "changes_on"),
    [
        ("2026-03-01", "2026-02-02T12:00:00Z", "2026-04-01"),
        ("2026-04-01", "2026-04-01T00:00:00Z", "2026-06-01"),
        ("2026-05-31", "2026-04-01T00:00:00Z", "2026-06-01"),
        ("2026-06-01", "2026-06-01T00:00:00Z", "2027-01-02"),
        ("2027-01-02", "2027-01-02T00:00:00Z", None),
    ],
)
def test_an_answer_knows_the_days_that_change_it(factory, day, changed_at, changes_on):
    window = {"effective_from": "2026-04-01", "effective_until": "2026-05-31"}
    factory.world().facts("ip-ranges", {"id": "uk-1", **window})
    factory.publish()
    context = read(factory, day=day)

    for answer in (get_ip_range(context, "uk-1"), list_ip_ranges(context)):
        assert (answer.changed_at, answer.changes_on) == (changed_at, changes_on)


def test_revisions_count_on_after_removal_and_return(factory):
    factory.world().publish()
    text = factory.path("facts/clouds.yaml").read_text()
    factory.facts("clouds")
    factory.withdrawn({"collection": "clouds", "id": "workspace", "reason": "It ended."})
    factory.publish()
    factory.withdrawn()
    factory.write("facts/clouds.yaml", text)

    third = factory.publish()

    context = read(factory)
    revisions = context.catalogue.list_revisions(Key("clouds", "workspace"))
    body = get_fact(context, "clouds", "workspace").body
    assert [revision.number for revision in revisions if revision.revised] == [1, 2, 3]
    assert (body["release"], body["updated_at"]) == (third.id, third.published_at)


def test_a_review_moves_the_release_of_an_answer_and_not_its_revision(factory):
    first = factory.world().publish()
    text = factory.path("faqs/addresses.md").read_text()
    factory.write("faqs/addresses.md", text.replace("2026-01-01", "2026-01-15"))

    second = factory.publish()

    body = get_faq(read(factory), "addresses").body
    assert (body["release"], body["updated_at"]) == (second.id, first.published_at)
    assert (body["revision"], body["freshness"]["written_on"]) == (1, "2026-01-15")


@pytest.mark.parametrize(
    ("day", "state", "changed_at", "changes_on"),
    [
        ("2026-10-31", "upcoming", "2026-02-02T12:00:00Z", "2026-11-01"),
        ("2026-11-01", "passed", "2026-11-01T00:00:00Z", "2027-01-02"),
    ],
)
def test_an_answer_that_shows_a_deadline_changes_when_it_has_passed(
    factory, day, state, changed_at, changes_on
):
    factory.facts("deadlines", {"id": "end", "happens_on": "2026-10-01", "precision": "month"})
    factory.faq(
        "a", "{{ if deadlines.end passed }}\n\npassed\n\n{{ else }}\n\nupcoming\n\n{{ end }}\n"
    )
    factory.publish()
    context = read(factory, day=day)

    answer, deadline = get_faq(context, "a"), get_fact(context, "deadlines", "end")

    assert answer.body["answer"]["text"] == state
    assert deadline.body["state"] == state
    for one in (answer, deadline, list_facts(context, "deadlines")):
        assert (one.changed_at, one.changes_on) == (changed_at, changes_on)


def test_the_days_of_an_end_come_with_the_answer(factory):
    factory.faq("a", deprecated_on="2026-04-01", sunset_on="2026-05-01")
    factory.publish()

    answer = get_faq(read(factory), "a")

    assert (answer.deprecated_on, answer.sunset_on) == ("2026-04-01", "2026-05-01")
    assert answer.language == "en"


@pytest.fixture
def moved(factory):
    """`a` was renamed to `b` at the second release; `c` was withdrawn at the third."""
    factory.faq("a")
    factory.faq("c")
    factory.publish()
    factory.path("faqs/a.md").unlink()
    factory.faq("b", aliases=["a"])
    factory.publish()
    factory.path("faqs/c.md").unlink()
    factory.withdrawn({"collection": "faqs", "id": "c", "reason": "Twice.", "successor": "faqs/b"})
    factory.publish()
    return factory


def test_a_former_id_says_what_to_ask_for(moved):
    with pytest.raises(MovedDocumentError, match="faqs/a was renamed to 'b'") as caught:
        get_faq(read(moved), "a")

    assert (caught.value.collection, caught.value.now) == ("faqs", "b")


def test_a_withdrawn_id_says_why_and_what_to_read_instead(moved):
    with pytest.raises(WithdrawnDocumentError, match=r"Twice\. See faqs/b") as caught:
        get_faq(read(moved), "c")

    assert caught.value.successor == "faqs/b"


def test_ids_are_resolved_within_the_release_asked_for(moved):
    context = read(moved, "2026-02-02.01")

    assert get_faq(context, "a").body["id"] == "a"
    assert get_faq(context, "c").body["id"] == "c"
    with pytest.raises(UnknownDocumentError, match=r"first published in 2026-02-03\.01"):
        get_faq(context, "b")


@pytest.mark.parametrize(
    ("asked", "hint"), [("bb", "Did you mean 'b'?"), ("xyz", "See /v1/faqs for all documents")]
)
def test_an_unknown_id_is_answered_with_a_hint(moved, asked, hint):
    with pytest.raises(UnknownDocumentError, match=f"faqs has no document '{asked}'.*{hint}"):
        get_faq(read(moved), asked)
