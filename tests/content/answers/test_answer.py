"""An answer: who changed it, when it changes, and what is said where there is none."""

import pytest

from content.answers.answer import Reading
from content.answers.facts import get_fact, list_facts
from content.answers.faqs import get_faq, list_faqs
from content.answers.ranges import get_ip_range, list_ip_ranges
from content.documents import Key
from content.errors import MovedDocumentError, UnknownDocumentError, WithdrawnDocumentError


def read(editor, release=None, day="2026-03-01"):
    archive = editor.archive()
    return Reading(archive.get_catalogue(release) if release else archive.latest, day)


def test_an_untouched_answer_keeps_its_release(editor):
    first = editor.world().publish()
    editor.faq("b")
    second = editor.publish()

    reading = read(editor)

    assert list_facts(reading, "clouds").body["release"] == first.id
    assert get_faq(reading, "addresses").body["release"] == first.id
    assert list_faqs(reading, limit=9).body["release"] == second.id
    assert list_facts(reading, "clouds").read.id == second.id


def test_a_list_moves_when_its_last_document_leaves(editor):
    editor.world().publish()
    editor.facts("oauth-clients")
    editor.withdrawn({"collection": "oauth-clients", "id": "google", "reason": "It ended."})
    editor.faq("addresses")

    second = editor.publish()

    answer = list_facts(read(editor), "oauth-clients")
    assert (answer.body["items"], answer.body["release"]) == ([], second.id)


def test_a_list_that_never_had_anything_is_of_the_first_release(editor):
    first = editor.world().publish()
    editor.faq("b")
    editor.publish()

    assert list_facts(read(editor), "deadlines").body["release"] == first.id


def test_answers_that_no_longer_cite_a_range_that_left_their_table_make_a_new_list(editor):
    editor.world().publish()
    ranges = editor.path("facts/ip-ranges.yaml").read_text()
    editor.write("facts/ip-ranges.yaml", ranges.replace("from-cronofy", "to-cronofy", 1))

    second = editor.publish()

    answer = list_faqs(read(editor), limit=9, cites="ip-ranges/uk-1")
    assert (answer.body["items"], answer.body["release"]) == ([], second.id)


def test_a_former_id_that_leads_elsewhere_makes_a_new_list(editor):
    editor.world().facts("data-centers", {"id": "uk"}, {"id": "de"}, {"id": "old"})
    editor.publish()
    editor.facts("data-centers", {"id": "uk", "aliases": ["old"]}, {"id": "de"})
    second = editor.publish()
    editor.facts("data-centers", {"id": "uk"}, {"id": "de", "aliases": ["old"]})

    third = editor.publish()

    asked = {"data_center": ("old",)}
    before = list_ip_ranges(read(editor, second.id), **asked)
    after = list_ip_ranges(read(editor), **asked)
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
def test_an_answer_knows_the_days_that_change_it(editor, day, changed_at, changes_on):
    window = {"effective_from": "2026-04-01", "effective_until": "2026-05-31"}
    editor.world().facts("ip-ranges", {"id": "uk-1", **window})
    editor.publish()
    reading = read(editor, day=day)

    for answer in (get_ip_range(reading, "uk-1"), list_ip_ranges(reading)):
        assert (answer.changed_at, answer.changes_on) == (changed_at, changes_on)


def test_revisions_count_on_after_removal_and_return(editor):
    editor.world().publish()
    text = editor.path("facts/clouds.yaml").read_text()
    editor.facts("clouds")
    editor.withdrawn({"collection": "clouds", "id": "workspace", "reason": "It ended."})
    editor.publish()
    editor.withdrawn()
    editor.write("facts/clouds.yaml", text)

    third = editor.publish()

    reading = read(editor)
    touches = reading.catalogue.list_touches(Key("clouds", "workspace"))
    body = get_fact(reading, "clouds", "workspace").body
    assert [touch.number for touch in touches if touch.revised] == [1, 2, 3]
    assert (body["release"], body["updated_at"]) == (third.id, third.published_at)


def test_a_review_moves_the_release_of_an_answer_and_not_its_revision(editor):
    first = editor.world().publish()
    text = editor.path("faqs/addresses.md").read_text()
    editor.write("faqs/addresses.md", text.replace("2026-01-01", "2026-01-15"))

    second = editor.publish()

    body = get_faq(read(editor), "addresses").body
    assert (body["release"], body["updated_at"]) == (second.id, first.published_at)
    assert (body["revision"], body["freshness"]["reviewed_on"]) == (1, "2026-01-15")


def test_the_days_of_an_end_come_with_the_answer(editor):
    editor.faq("a", deprecated_on="2026-04-01", sunset_on="2026-05-01")
    editor.publish()

    answer = get_faq(read(editor), "a")

    assert (answer.deprecated_on, answer.sunset_on) == ("2026-04-01", "2026-05-01")
    assert answer.language == "en"


@pytest.fixture
def moved(editor):
    """`a` was renamed to `b` at the second release; `c` was withdrawn at the third."""
    editor.faq("a")
    editor.faq("c")
    editor.publish()
    editor.path("faqs/a.md").unlink()
    editor.faq("b", aliases=["a"])
    editor.publish()
    editor.path("faqs/c.md").unlink()
    editor.withdrawn({"collection": "faqs", "id": "c", "reason": "Twice.", "successor": "faqs/b"})
    editor.publish()
    return editor


def test_a_former_id_says_what_to_ask_for(moved):
    with pytest.raises(MovedDocumentError, match="'a' is now called 'b'") as caught:
        get_faq(read(moved), "a")

    assert (caught.value.collection, caught.value.now) == ("faqs", "b")


def test_a_withdrawn_id_says_why_and_what_to_read_instead(moved):
    with pytest.raises(WithdrawnDocumentError, match=r"Twice\. Read faqs/b") as caught:
        get_faq(read(moved), "c")

    assert caught.value.successor == "faqs/b"


def test_ids_are_resolved_within_the_release_asked_for(moved):
    reading = read(moved, "2026-02-02.01")

    assert get_faq(reading, "a").body["id"] == "a"
    assert get_faq(reading, "c").body["id"] == "c"
    with pytest.raises(UnknownDocumentError, match=r"first published in 2026-02-03\.01"):
        get_faq(reading, "b")


@pytest.mark.parametrize(
    ("asked", "hint"), [("bb", "did you mean 'b'?"), ("xyz", "/v1/faqs lists all there are")]
)
def test_an_unknown_id_is_answered_with_a_hint(moved, asked, hint):
    with pytest.raises(UnknownDocumentError, match=f"faqs has no document '{asked}'.*{hint}"):
        get_faq(read(moved), asked)
