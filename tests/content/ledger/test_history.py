"""The replay of the ledger: what stood when, and at which releases it changed."""

from hypothesis import given

from content.documents import Key
from content.ledger.history import History
from tests.content.histories import all_documents, few, histories, publish_history

ADDRESSES = Key("faqs", "addresses")


def list_revisions(factory, key):
    return [
        (revision.number, revision.revised) for revision in factory.archive().history.revisions[key]
    ]


@few
@given(histories())
def test_replaying_the_ledger_equals_the_sources_it_was_published_from(states):
    with publish_history(states) as world:
        for number in world.numbers:
            assert all_documents(world.archive, number) == world.states[number - 1]


@few
@given(histories())
def test_a_history_that_grows_equals_one_that_is_replayed_from_scratch(states):
    with publish_history(states) as world:
        releases = world.archive.history.releases
        for cut in range(len(releases) + 1):
            begun = History().extended(releases[:cut])
            assert begun.extended(releases[cut:]) == world.archive.history
            assert begun == History().extended(releases[:cut])


@few
@given(histories())
def test_a_former_id_leads_where_the_documents_of_its_release_say(states):
    with publish_history(states) as world:
        history = world.archive.history
        for number in world.numbers:
            leads = {
                Key(key.collection, alias): key.id
                for key, body in world.states[number - 1].items()
                for alias in body["aliases"]
            }
            known = {Key(name, alias) for name, known in history.aliases.items() for alias in known}
            for key in known | {Key("faqs", "never")}:
                meant = history.resolve_alias(key.collection, key.id, number)
                assert meant == leads.get(key, key.id)


def test_a_changed_value_is_a_revision_of_each_answer_that_cites_it(factory):
    factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})

    factory.publish()

    assert list_revisions(factory, ADDRESSES) == [(1, True), (2, True)]


def test_a_value_that_an_answer_does_not_show_leaves_it_alone(factory):
    factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "name": "Another"})

    factory.publish()

    assert list_revisions(factory, ADDRESSES) == [(1, True)]
    assert list_revisions(factory, Key("oauth-clients", "google")) == [(1, True), (2, True)]


def test_a_review_date_alone_touches_a_document_without_revising_it(factory):
    factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "reviewed_on": "2026-01-15"})

    factory.publish()

    assert list_revisions(factory, Key("oauth-clients", "google")) == [(1, True), (2, False)]
    assert list_revisions(factory, ADDRESSES) == [(1, True)]


def test_a_review_date_and_a_cited_value_in_one_release_are_a_revision(factory):
    factory.world().publish()
    text = factory.path("faqs/addresses.md").read_text()
    factory.write("faqs/addresses.md", text.replace("2026-01-01", "2026-01-15"))
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})

    factory.publish()

    assert list_revisions(factory, ADDRESSES) == [(1, True), (2, True)]


def test_a_withdrawn_answer_is_not_revised_while_it_is_away(factory):
    factory.world().publish()
    text = factory.path("faqs/addresses.md").read_text()
    factory.path("faqs/addresses.md").unlink()
    factory.facts("clouds", {"id": "workspace"})
    factory.withdrawn({"collection": "faqs", "id": "addresses", "reason": "It ended."})
    factory.publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    factory.publish()
    factory.withdrawn()
    factory.write("faqs/addresses.md", text)

    factory.publish()

    assert list_revisions(factory, ADDRESSES) == [(1, True), (2, True), (4, True)]


def test_an_alias_that_moves_to_another_document_leads_there_from_then_on(factory):
    factory.faq("a")
    factory.publish()
    factory.path("faqs/a.md").unlink()
    factory.faq("b", aliases=["a"])
    factory.faq("c")
    factory.publish()
    factory.faq("b")
    factory.faq("c", aliases=["a"])

    factory.publish()

    history = factory.archive().history
    assert [history.resolve_alias("faqs", "a", number) for number in (1, 2, 3)] == ["a", "b", "c"]
    assert history.alias_history == [2, 3]
