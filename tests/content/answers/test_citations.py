"""Which answers cite which facts, and since when a cited value is what it is."""

import pytest

from content.answers.answer import Reading
from content.answers.citations import list_facts_used
from content.answers.faqs import get_faq, list_faqs
from content.documents import Citation, Document, Key


def read(editor):
    return Reading(editor.archive().latest, "2026-03-01")


def list_used(editor, faq_id="addresses"):
    used = get_faq(read(editor), faq_id).body["facts_used"]
    return {f"{fact['collection']}/{fact['id']}": fact["release"] for fact in used}


def list_citing(editor, cited):
    return [item["id"] for item in list_faqs(read(editor), limit=9, cites=cited).body["items"]]


def test_an_answer_lists_the_facts_that_it_shows_in_the_order_of_their_collections(editor):
    first = editor.world().publish()

    used = list_used(editor)

    expected = ["data-centers/de", "data-centers/uk", "ip-ranges/de-1", "ip-ranges/uk-1"]
    assert list(used) == [*expected, "ip-ranges/uk-2", "oauth-clients/google"]
    assert set(used.values()) == {first.id}


def test_a_fact_used_is_as_new_as_the_value_shown(editor):
    first = editor.world().publish()
    editor.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    second = editor.publish()
    editor.facts("oauth-clients", {"id": "google", "client_id": "67890", "name": "Another"})
    editor.publish()

    used = list_used(editor)

    assert used["oauth-clients/google"] == second.id
    assert used["ip-ranges/uk-1"] == first.id


def test_a_fact_that_went_and_came_back_is_as_new_as_its_return(editor):
    editor.world().faq("addresses", "{{ table oauth-clients: product }}\n")
    editor.publish()
    text = editor.path("facts/oauth-clients.yaml").read_text()
    editor.facts("oauth-clients")
    editor.withdrawn({"collection": "oauth-clients", "id": "google", "reason": "It ended."})
    editor.publish()
    assert list_used(editor) == {}
    assert list_citing(editor, "oauth-clients/google") == []
    editor.withdrawn()
    editor.write("facts/oauth-clients.yaml", text)

    third = editor.publish()

    assert list_used(editor) == {"oauth-clients/google": third.id}


def test_what_comes_into_a_table_is_as_new_as_its_coming(editor):
    editor.world().faq("b", "{{ table ip-ranges: cidr; data_center = de }}\n")
    editor.publish()
    ranges = editor.path("facts/ip-ranges.yaml").read_text()
    editor.write("facts/ip-ranges.yaml", ranges.replace('"uk"', '"de"', 1))

    second = editor.publish()

    used = list_used(editor, "b")
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
def test_the_answers_that_cite_a_fact_are_found(editor, cited, expected):
    editor.world().facts("oauth-clients", {"id": "google", "aliases": ["old"]})
    editor.faq("b", "{{ table ip-ranges: cidr; data_center = de }}\n", position=2)
    editor.publish()

    assert list_citing(editor, cited) == expected


def test_what_is_not_there_any_more_is_not_among_the_facts_used(editor):
    editor.world().publish()
    kinds = (Citation("prices", "a", ("amount",)), Citation("prices", None, ("amount",)))
    cites = (*kinds, Citation("clouds", "gone", ("name",)))
    document = Document(Key("faqs", "x"), {}, (*cites, Citation("clouds", "workspace", ("name",))))

    used = list_facts_used(editor.archive().latest, document)

    assert [fact.key for fact in used] == [Key("clouds", "workspace")]
