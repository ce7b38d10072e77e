"""The revisions of an answer."""

import pytest
from hypothesis import given

from content.answers.answer import ReadContext
from content.answers.faqs import get_faq
from content.changes.net_changes import compare_releases
from content.changes.revisions import list_revisions
from content.errors import (
    MovedDocumentError,
    ParametersError,
    ReadError,
    UnknownDocumentError,
)
from tests.content.histories import few, histories, publish_history


def read(factory):
    return ReadContext(factory.archive().latest, "2026-03-01")


def test_every_revision_says_what_changed_and_why(factory):
    factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    factory.publish()
    text = factory.path("faqs/addresses.md").read_text()
    factory.write("faqs/addresses.md", text.replace("What of", "What about"))
    third = factory.publish()

    body = list_revisions(read(factory), "addresses", limit=500).body

    newest, middle, first = body["items"]
    assert [item["revision"] for item in body["items"]] == [3, 2, 1]
    assert (newest["fields"], newest["caused_by"]) == (["question"], [])
    assert middle["fields"] == ["summary", "markdown"]
    assert middle["caused_by"] == [{"collection": "oauth-clients", "id": "google"}]
    assert (first["action"], first["fields"]) == ("added", [])
    assert (body["release"], body["count"]) == (third.id, 3)


def test_a_review_is_no_revision(factory):
    first = factory.world().publish()
    text = factory.path("faqs/addresses.md").read_text()
    factory.write("faqs/addresses.md", text.replace("2026-01-01", "2026-01-15"))
    factory.publish()

    body = list_revisions(read(factory), "addresses", limit=500).body

    assert (body["count"], body["release"]) == (1, first.id)


def test_the_revisions_of_a_withdrawn_answer_end_with_its_removal(factory):
    factory.faq("a")
    factory.faq("b")
    factory.publish()
    factory.path("faqs/a.md").unlink()
    gone = {"collection": "faqs", "id": "a", "reason": "Twice.", "successor": "faqs/b"}
    factory.withdrawn(gone)
    factory.publish()

    items = list_revisions(read(factory), "a", limit=500).body["items"]

    assert [item["action"] for item in items] == ["removed", "added"]
    assert (items[0]["reason"], items[0]["successor"]) == ("Twice.", "faqs/b")


def test_a_former_id_and_an_unknown_one_have_no_revisions(factory):
    factory.faq("a", aliases=["old"])
    factory.publish()

    with pytest.raises(MovedDocumentError):
        list_revisions(read(factory), "old", limit=500)
    with pytest.raises(UnknownDocumentError):
        list_revisions(read(factory), "b", limit=500)


def test_a_cursor_leads_on_in_the_revisions_of_its_own_answer_alone(factory):
    for text in ("One.\n", "Two.\n", "Three.\n"):
        factory.faq("a", text)
        factory.faq("b", text)
        factory.publish()

    first = list_revisions(read(factory), "a", limit=2).body
    second = list_revisions(read(factory), "a", limit=2, cursor=first["next_cursor"]).body

    pages = [[item["revision"] for item in page["items"]] for page in (first, second)]
    assert pages == [[3, 2], [1]]
    assert [page["count"] for page in (first, second)] == [3, 3]
    with pytest.raises(ParametersError, match="other filters"):
        list_revisions(read(factory), "b", limit=2, cursor=first["next_cursor"])


def test_words_that_now_come_from_a_fact_are_a_revision_without_a_difference(factory):
    factory.world()
    factory.faq("b", "It is 12345.\n")
    factory.publish()
    factory.faq("b", "It is {{ oauth-clients.google.client_id }}.\n")
    factory.publish()

    newest = list_revisions(read(factory), "b", limit=500).body["items"][0]

    assert (newest["revision"], newest["action"], newest["fields"]) == (2, "changed", [])


@few
@given(histories())
def test_an_answer_counts_as_many_revisions_as_are_listed(states):
    with publish_history(states) as world:
        for number in world.numbers:
            context = world.read(number)
            for name in ("a", "aa", "b", "ba"):
                try:
                    body = get_faq(context, name).body
                except ReadError:
                    continue
                items = list_revisions(context, name, limit=500).body["items"]
                assert [item["revision"] for item in items] == [*range(len(items), 0, -1)]
                assert body["revision"] == len(items)
                assert body["updated_at"] == items[0]["published_at"]


@few
@given(states=histories())
def test_a_revision_says_what_the_changes_of_its_release_say(states):
    with publish_history(states) as world:
        newest = world.read(world.numbers[-1])
        for faq_id in newest.catalogue.archive.history.ids["faqs"]:
            try:
                items = list_revisions(newest, faq_id, limit=500).body["items"]
            except ReadError:
                continue
            for item in items:
                catalogue = newest.as_of(item["release"]).catalogue
                changes = compare_releases(catalogue, catalogue.number - 1)
                message = next(c for c in changes if (c["collection"], c["id"]) == ("faqs", faq_id))
                assert (
                    message.items()
                    >= {
                        name: value
                        for name, value in item.items()
                        if name not in ("revision", "release", "published_at")
                    }.items()
                )
