"""Reading by the documents that ever matched gives what a look at every document gives."""

from itertools import product

from hypothesis import given

from content.answers.citations import build_citing_matcher
from content.answers.matching import (
    build_matcher,
    find_last_change,
    join_matchers,
    select_documents,
)
from content.documents import Key
from tests.content.histories import few, histories, publish_history

QUESTIONS = [
    *(
        ("ip-ranges", {"data_center": d, "traffic": t})
        for d, t in product([(), ("uk",), ("gb",), ("fr", "fx"), ("de", "uk")], [(), "to-service"])
    ),
    *(
        ("faqs", {"topics": topics, "status": status})
        for topics, status in product([(), ("network",), ("access", "network")], [(), "current"])
    ),
]
CITED = [None, "oauth-clients/google", "oauth-clients/workspace", "data-centers/gb", "ip-ranges/r1"]


def find_last_by_hand(catalogue, collection, matcher):
    """The law as it is written, over every release and every document."""
    history = catalogue.archive.history

    def matches(document_id, number):
        document = history.find_document(Key(collection, document_id), number)
        return document is not None and matcher.matches(document, number)

    for number in range(catalogue.number, 1, -1):
        changed_keys = history.changed_keys[number - 1]
        for document_id in history.ids.get(collection, ()):
            around = matches(document_id, number - 1), matches(document_id, number)
            if Key(collection, document_id) in changed_keys and any(around):
                return number
            if number in history.alias_history and around[0] != around[1]:
                return number
    return 1


def check_matcher(catalogue, collection, matcher):
    documents = catalogue.list_documents(collection)
    found = select_documents(catalogue, collection, matcher)
    last = find_last_change(catalogue, collection, matcher)

    assert found == [d for d in documents if matcher.matches(d, catalogue.number)]
    assert last.number == find_last_by_hand(catalogue, collection, matcher)


@few
@given(states=histories())
def test_a_filter_finds_what_a_look_at_every_document_finds(states):
    with publish_history(states) as world:
        for number, (collection, filters) in product(world.numbers, QUESTIONS):
            catalogue = world.read(number).catalogue
            check_matcher(catalogue, collection, build_matcher(catalogue, collection, filters))


@few
@given(states=histories())
def test_citing_answers_are_those_that_a_look_at_every_answer_finds(states):
    with publish_history(states) as world:
        for number, cited in product(world.numbers, CITED):
            context = world.read(number)
            by_field = build_matcher(context.catalogue, "faqs", {"status": "current"})
            by_citation = build_citing_matcher(context, cited)
            for matcher in (by_citation, join_matchers(by_field, by_citation)):
                check_matcher(context.catalogue, "faqs", matcher)


@few
@given(states=histories())
def test_the_bodies_with_a_value_are_those_that_a_look_at_every_body_finds(states):
    wheres = [
        (),
        (("data_center", "uk"),),
        (("data_center", "fr"), ("traffic", "to-service")),
        (("ports", "443"),),
        (("effective_until", "2026-02-10"),),
    ]
    with publish_history(states) as world:
        for number, where in product(world.numbers, wheres):
            catalogue = world.read(number).catalogue
            bodies = [document.body for document in catalogue.list_documents("ip-ranges")]

            found = catalogue.list_bodies("ip-ranges", where)

            assert found == [b for b in bodies if all(b[f] == v for f, v in where)]
