"""Topics and how many current answers each has."""

import pytest

from content.answers.answer import ReadContext
from content.answers.topics import list_topics


@pytest.fixture
def two_topics(factory):
    factory.facts("topics", {"id": "network", "position": 2}, {"id": "access", "position": 1})
    factory.faq("a", topics=["network", "access"])
    factory.faq("b", topics=["network"])
    factory.faq("c", topics=["network"], status="deprecated")
    factory.publish()
    return factory


def read(factory):
    answer = list_topics(ReadContext(factory.archive().latest, "2026-03-01"))
    counts = {item["id"]: item["faq_count"] for item in answer.body["items"]}
    assert answer.body["release"] == answer.release.id
    assert answer.changed_at == answer.release.published_at
    return counts, answer.release.number


def test_topics_stand_in_authored_order_with_their_current_answers(two_topics):
    counts, number = read(two_topics)

    assert list(counts.items()) == [("access", 1), ("network", 2)]
    assert number == 1


def test_an_answer_that_changes_its_topics_changes_their_list(two_topics):
    two_topics.faq("b", topics=["access"])
    two_topics.publish()

    assert read(two_topics) == ({"access": 2, "network": 1}, 2)


def test_an_answer_that_is_deprecated_counts_no_more(two_topics):
    two_topics.faq("b", topics=["network"], status="deprecated")
    two_topics.publish()

    assert read(two_topics) == ({"access": 1, "network": 1}, 2)


def test_another_text_leaves_the_list_alone(two_topics):
    two_topics.faq("b", "No.\n", topics=["network"])
    two_topics.publish()

    assert read(two_topics) == ({"access": 1, "network": 2}, 1)


def test_another_name_of_an_answer_leaves_the_list_alone(two_topics):
    two_topics.path("faqs/b.md").unlink()
    two_topics.faq("bb", topics=["network"], aliases=["b"])
    two_topics.publish()

    assert read(two_topics) == ({"access": 1, "network": 2}, 1)


def test_answers_that_exchange_their_topics_leave_the_list_alone(two_topics):
    two_topics.faq("a", topics=["network"])
    two_topics.faq("b", topics=["access", "network"])
    two_topics.publish()

    assert read(two_topics) == ({"access": 1, "network": 2}, 1)


def test_a_topic_itself_changes_the_list(two_topics):
    two_topics.facts("topics", {"id": "network", "position": 1}, {"id": "access", "position": 2})
    two_topics.publish()

    assert read(two_topics) == ({"network": 2, "access": 1}, 2)


def test_an_old_release_counts_what_there_was(two_topics):
    two_topics.faq("d", topics=["access"])
    two_topics.publish()

    archive = two_topics.archive()
    old = list_topics(ReadContext(archive.get_numbered(1), "2026-03-01"))

    assert [item["faq_count"] for item in old.body["items"]] == [1, 2]
    assert old.release.number == 1
