"""From checked sources to a release in the ledger."""

from datetime import timedelta

import pytest
from hypothesis import given

from content.authoring.publish import compare_sources, draft_release, publish
from content.documents import Key
from content.errors import LedgerError, PublishRefusedError, SourcesError
from tests.content.histories import few, histories, publish_history


def list_changes(release):
    return [(str(change.key), change.document is not None) for change in release.changes]


def read_files(factory):
    return {path.name: path.read_bytes() for path in factory.place.ledger.folder.iterdir()}


@few
@given(histories())
def test_the_same_instant_and_sources_give_the_same_bytes(states):
    with publish_history(states) as one, publish_history(states) as other:
        assert read_files(one.factory) == read_files(other.factory)


@few
@given(histories())
def test_after_publishing_there_is_nothing_to_publish(states):
    with publish_history(states) as world:
        sources = world.factory.place.read_sources(world.archive, world.factory.instant)

        assert compare_sources(sources, world.archive.latest) == ()
        with pytest.raises(PublishRefusedError, match="There is nothing to publish"):
            world.factory.publish()


def test_a_release_holds_what_changed_in_the_order_of_collections_and_ids(factory):
    factory.world().publish()
    factory.facts("clouds", {"id": "workspace", "faq": "addresses", "name": "Another"})
    factory.faq("b")
    factory.faq("a")

    release = factory.publish("Two answers.")

    assert list_changes(release) == [("faqs/a", True), ("faqs/b", True), ("clouds/workspace", True)]
    assert (release.number, release.id) == (2, "2026-02-03.01")
    assert (release.summary, release.published_at) == ("Two answers.", "2026-02-03T12:00:00Z")
    assert factory.place.ledger.read().last == release


def test_an_answer_is_published_with_what_it_cites(factory):
    release = factory.world().publish()

    (answer,) = [c.document for c in release.changes if c.key == Key("faqs", "addresses")]
    cited = [(c.collection, c.id, c.where) for c in answer.cites]
    assert cited == [
        ("data-centers", None, ()),
        ("ip-ranges", None, (("traffic", "from-service"),)),
        ("oauth-clients", "google", ()),
    ]


def test_a_renamed_document_leaves_its_old_id_to_its_successor(factory):
    factory.faq("a")
    factory.publish()
    factory.path("faqs/a.md").unlink()
    factory.faq("b", aliases=["a"])

    release = factory.publish()

    gone, now = release.changes
    assert (gone.document, gone.reason, gone.successor) == (None, "It is now called b.", "faqs/b")
    assert now.key == Key("faqs", "b")


def test_a_withdrawn_document_leaves_with_its_reason(factory):
    factory.faq("a")
    factory.publish()
    factory.path("faqs/a.md").unlink()
    factory.withdrawn({"collection": "faqs", "id": "a", "reason": "It ended."})

    release = factory.publish()

    (gone,) = release.changes
    assert (gone.document, gone.reason, gone.successor) == (None, "It ended.", None)


def test_a_document_that_is_gone_without_a_word_is_refused(factory):
    factory.faq("a")
    factory.faq("b")
    factory.publish()
    factory.path("faqs/a.md").unlink()

    with pytest.raises(SourcesError, match="faqs/a was published and is missing"):
        factory.publish()

    assert len(read_files(factory)) == 1


def test_faulty_files_make_no_release(factory):
    factory.faq("a", status="unheard-of")

    with pytest.raises(SourcesError, match="unheard-of"):
        factory.publish()

    assert not factory.place.ledger.folder.exists()


@pytest.mark.parametrize("summary", ["", "  \n"])
def test_a_release_needs_a_summary(factory, summary):
    factory.faq("a")

    with pytest.raises(
        PublishRefusedError, match=r"needs a summary\. Use -m to describe what changed"
    ):
        factory.publish(summary)


@pytest.mark.parametrize(
    ("summary", "message"),
    [
        ("One\x00.", r"invisible characters: U\+0000 at character 4"),
        ("One\x1b.", r"U\+001B at character 4"),
        ("One\udcff.", r"U\+DCFF at character 4"),
        ("O\u202ene\u200b.", r"U\+202E RIGHT-TO-LEFT OVERRIDE at character 2, U\+200B ZERO WIDTH"),
        ("One.\u2028Two.", r"U\+2028 LINE SEPARATOR at character 5"),
        ("x" * 501, "has 501 characters. Shorten it to at most 500"),
        ("One.\n<<<<<<< HEAD\nTwo.", "a merge conflict marker, '<<<<<<<'"),
        ("One.\n>>>>>>> main", "a merge conflict marker, '>>>>>>>'"),
    ],
)
def test_a_summary_that_readers_could_not_read_is_refused(factory, summary, message):
    factory.faq("a")

    with pytest.raises(PublishRefusedError, match=message):
        factory.publish(summary)

    assert not factory.place.ledger.folder.exists()


def test_a_summary_of_several_lines_in_any_script_is_published(factory):
    factory.faq("a")

    assert factory.publish("Größer\u00a0: 📅\nMore.").summary == "Größer\u00a0: 📅\nMore."


@pytest.mark.parametrize(
    ("seconds", "advice"),
    [
        (0.9, ". Wait a moment and publish again."),
        (-1, ". Wait a moment and publish again."),
        (-60, "If this clock is slow, correct it. If"),
        (-400 * 86400, "you cannot publish before that date."),
    ],
)
def test_a_clock_that_is_behind_is_refused(factory, seconds, advice):
    factory.faq("a")
    factory.publish()
    factory.faq("b")

    message = rf"is dated 2026-02-02T12:00:00Z, but this clock shows .*{advice}"
    with pytest.raises(PublishRefusedError, match=message):
        publish(factory.place, "Late.", factory.instant + timedelta(seconds=seconds))

    assert len(read_files(factory)) == 1


def test_a_second_later_on_the_same_day_is_the_next_of_that_day(factory):
    factory.faq("a")
    factory.publish()
    factory.faq("b")

    release = publish(factory.place, "Soon.", factory.instant + timedelta(seconds=1.9))

    assert (release.id, release.published_at) == ("2026-02-02.02", "2026-02-02T12:00:01Z")


def test_a_ledger_that_does_not_verify_is_not_added_to(factory):
    factory.faq("a")
    factory.publish()
    path = factory.place.ledger.folder / "00001.json"
    path.write_bytes(path.read_bytes().replace(b"What of a?", b"What of b?"))
    factory.faq("b")

    with pytest.raises(LedgerError, match="has a digest that does not match its content"):
        factory.publish()

    assert list(read_files(factory)) == ["00001.json"]


def test_a_draft_shows_what_publishing_would_do_and_writes_nothing(factory):
    assert draft_release(factory.place, factory.instant) == (None, None)
    factory.faq("a")

    nothing, first = draft_release(factory.place, factory.instant)
    factory.publish()
    archive, again = draft_release(factory.place, factory.instant)
    factory.faq("b")
    _, second = draft_release(factory.place, factory.instant)

    assert (nothing, list_changes(first)) == (None, [("faqs/a", True)])
    assert (archive.latest.number, again) == (1, None)
    assert (second.number, list_changes(second)) == (2, [("faqs/b", True)])
    assert list(read_files(factory)) == ["00001.json"]
