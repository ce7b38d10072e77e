"""From checked sources to a release in the ledger."""

from datetime import timedelta

import pytest
from hypothesis import given

from content.authoring.publish import compare_sources, draft_release, publish
from content.documents import Key
from content.errors import LedgerError, PublishRefusedError, SourcesError
from schemas.collections import COLLECTIONS
from tests.content.histories import few, histories, publish_history


def list_changes(release):
    return [(str(change.key), change.document is not None) for change in release.changes]


def read_files(editor):
    return {path.name: path.read_bytes() for path in editor.place.ledger.folder.iterdir()}


@few
@given(histories())
def test_the_same_instant_and_sources_give_the_same_bytes(states):
    with publish_history(states) as one, publish_history(states) as other:
        assert read_files(one.editor) == read_files(other.editor)


@few
@given(histories())
def test_after_publishing_there_is_nothing_to_publish(states):
    with publish_history(states) as world:
        sources = world.editor.place.read_sources(world.archive)

        assert compare_sources(sources, COLLECTIONS, world.archive.latest) == ()
        with pytest.raises(PublishRefusedError, match="There is nothing to publish"):
            world.editor.publish()


def test_a_release_holds_what_changed_in_the_order_of_collections_and_ids(editor):
    editor.world().publish()
    editor.facts("clouds", {"id": "workspace", "faq": "addresses", "name": "Another"})
    editor.faq("b")
    editor.faq("a")

    release = editor.publish("Two answers.")

    assert list_changes(release) == [("faqs/a", True), ("faqs/b", True), ("clouds/workspace", True)]
    assert (release.number, release.id) == (2, "2026-02-03.01")
    assert (release.summary, release.published_at) == ("Two answers.", "2026-02-03T12:00:00Z")
    assert editor.place.ledger.read().last == release


def test_an_answer_is_published_with_what_it_cites(editor):
    release = editor.world().publish()

    (answer,) = [c.document for c in release.changes if c.key == Key("faqs", "addresses")]
    cited = [(c.collection, c.id, c.where) for c in answer.cites]
    assert cited == [
        ("data-centers", None, ()),
        ("ip-ranges", None, (("traffic", "from-cronofy"),)),
        ("oauth-clients", "google", ()),
    ]


def test_a_renamed_document_leaves_its_old_id_to_its_successor(editor):
    editor.faq("a")
    editor.publish()
    editor.path("faqs/a.md").unlink()
    editor.faq("b", aliases=["a"])

    release = editor.publish()

    gone, now = release.changes
    assert (gone.document, gone.reason, gone.successor) == (None, "It is now called b.", "faqs/b")
    assert now.key == Key("faqs", "b")


def test_a_withdrawn_document_leaves_with_its_reason(editor):
    editor.faq("a")
    editor.publish()
    editor.path("faqs/a.md").unlink()
    editor.withdrawn({"collection": "faqs", "id": "a", "reason": "It ended."})

    release = editor.publish()

    (gone,) = release.changes
    assert (gone.document, gone.reason, gone.successor) == (None, "It ended.", None)


def test_a_document_that_is_gone_without_a_word_is_refused(editor):
    editor.faq("a")
    editor.faq("b")
    editor.publish()
    editor.path("faqs/a.md").unlink()

    with pytest.raises(SourcesError, match="faqs/a was published and is gone"):
        editor.publish()

    assert len(read_files(editor)) == 1


def test_faulty_files_make_no_release(editor):
    editor.faq("a", status="unheard-of")

    with pytest.raises(SourcesError, match="unheard-of"):
        editor.publish()

    assert not editor.place.ledger.folder.exists()


@pytest.mark.parametrize("summary", ["", "  \n"])
def test_a_release_needs_a_summary(editor, summary):
    editor.faq("a")

    with pytest.raises(PublishRefusedError, match="needs a summary; say with -m what changed"):
        editor.publish(summary)


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\x7f", "\x9b", "\udcff"])
def test_a_summary_that_a_feed_cannot_carry_is_refused(editor, letter):
    editor.faq("a")

    with pytest.raises(PublishRefusedError, match="an invisible control character"):
        editor.publish(f"One{letter}.")

    assert not editor.place.ledger.folder.exists()


def test_a_summary_of_several_lines_in_any_script_is_published(editor):
    editor.faq("a")

    assert editor.publish("Größer\u00a0: 📅\nMore.").summary == "Größer\u00a0: 📅\nMore."


@pytest.mark.parametrize("seconds", [0, -1, 0.9])
def test_a_clock_that_is_behind_is_refused(editor, seconds):
    editor.faq("a")
    editor.publish()
    editor.faq("b")

    with pytest.raises(PublishRefusedError, match=r"The clock says .*; wait a second, or set"):
        publish(editor.place, "Late.", editor.instant + timedelta(seconds=seconds))

    assert len(read_files(editor)) == 1


def test_a_second_later_on_the_same_day_is_the_next_of_that_day(editor):
    editor.faq("a")
    editor.publish()
    editor.faq("b")

    release = publish(editor.place, "Soon.", editor.instant + timedelta(seconds=1.9))

    assert (release.id, release.published_at) == ("2026-02-02.02", "2026-02-02T12:00:01Z")


def test_a_ledger_that_does_not_verify_is_not_added_to(editor):
    editor.faq("a")
    editor.publish()
    path = editor.place.ledger.folder / "00001.json"
    path.write_bytes(path.read_bytes().replace(b"What of a?", b"What of b?"))
    editor.faq("b")

    with pytest.raises(LedgerError, match="its digest does not match its content"):
        editor.publish()

    assert list(read_files(editor)) == ["00001.json"]


def test_a_draft_shows_what_publishing_would_do_and_writes_nothing(editor):
    assert draft_release(editor.place, editor.instant) == (None, None)
    editor.faq("a")

    nothing, first = draft_release(editor.place, editor.instant)
    editor.publish()
    archive, again = draft_release(editor.place, editor.instant)
    editor.faq("b")
    _, second = draft_release(editor.place, editor.instant)

    assert (nothing, list_changes(first)) == (None, [("faqs/a", True)])
    assert (archive.latest.number, again) == (1, None)
    assert (second.number, list_changes(second)) == (2, [("faqs/b", True)])
    assert list(read_files(editor)) == ["00001.json"]
