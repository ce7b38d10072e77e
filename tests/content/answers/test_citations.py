"""Which answers cite which facts, and since when a cited value is what it is."""

import pytest

from content.answers.answer import ReadContext
from content.answers.citations import list_facts_used
from content.answers.faqs import get_faq, list_faqs
from content.documents import Citation, Document, Key


def read(factory):
    return ReadContext(factory.archive().latest, "2026-03-01")


def list_used(factory, faq_id="addresses"):
    used = get_faq(read(factory), faq_id).body["facts_used"]
    return {f"{fact['collection']}/{fact['id']}": fact["release"] for fact in used}


def list_citing(factory, cited):
    return [item["id"] for item in list_faqs(read(factory), limit=9, cites=cited).body["items"]]


def test_an_answer_lists_the_facts_that_it_shows_in_the_order_of_their_collections(factory):
    first = factory.world().publish()

    used = list_used(factory)

    expected = ["data-centers/de", "data-centers/uk", "ip-ranges/de-1", "ip-ranges/uk-1"]
    assert list(used) == [*expected, "ip-ranges/uk-2", "oauth-clients/google"]
    assert set(used.values()) == {first.id}


def test_a_fact_used_is_as_new_as_the_value_shown(factory):
    first = factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    second = factory.publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890", "name": "Another"})
    factory.publish()

    used = list_used(factory)

    assert used["oauth-clients/google"] == second.id
    assert used["ip-ranges/uk-1"] == first.id


def test_a_fact_that_went_and_came_back_is_as_new_as_its_return(factory):
    factory.world().faq("addresses", "{{ table oauth-clients: product }}\n")
    factory.publish()
    text = factory.path("facts/oauth-clients.yaml").read_text()
    factory.facts("oauth-clients")
    factory.withdrawn({"collection": "oauth-clients", "id": "google", "reason": "It ended."})
    factory.publish()
    assert list_used(factory) == {}
    assert list_citing(factory, "oauth-clients/google") == []
    factory.withdrawn()
    factory.write("facts/oauth-clients.yaml", text)

    third = factory.publish()

    assert list_used(factory) == {"oauth-clients/google": third.id}


def test_what_comes_into_a_table_is_as_new_as_its_coming(factory):
    factory.world().faq("b", "{{ table ip-ranges: cidr; data_center = de }}\n")
    factory.publish()
    ranges = factory.path("facts/ip-ranges.yaml").read_text()
    factory.write("facts/ip-ranges.yaml", ranges.replace('"uk"', '"de"', 1))

    second = factory.publish()

    used = list_used(factory, "b")
    assert set(used) == {"ip-ranges/uk-1", "ip-ranges/de-1"}
    assert used["ip-ranges/uk-1"] == second.id


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("oauth-clients/google", ["addresses"]),
        ("oauth-clients/old", ["addresses"]),
        ("ip-ranges/de-1", ["addresses", "b"]),
        ("ip-ranges/uk-1", ["addresses"]),
        ("clouds/workspace", []),
        ("clouds/never", []),
        ("nonsense", []),
    ],
)
def test_the_answers_that_cite_a_fact_are_found(factory, cited, expected):
    factory.world().facts("oauth-clients", {"id": "google", "aliases": ["old"]})
    factory.faq("b", "{{ table ip-ranges: cidr; data_center = de }}\n", position=2)
    factory.publish()

    assert list_citing(factory, cited) == expected


def test_what_is_not_there_any_more_is_not_among_the_facts_used(factory):
    factory.world().publish()
    kinds = (Citation("prices", "a", ("amount",)), Citation("prices", None, ("amount",)))
    cites = (*kinds, Citation("clouds", "gone", ("name",)))
    document = Document(Key("faqs", "x"), {}, (*cites, Citation("clouds", "workspace", ("name",))))

    used = list_facts_used(factory.archive().latest, document)

    assert [fact.key for fact in used] == [Key("clouds", "workspace")]
