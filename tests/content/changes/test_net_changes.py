"""The net difference of any two releases."""

from itertools import combinations

import pytest
from hypothesis import given

from content.answers.answer import ReadContext
from content.changes.impact import judge_impact
from content.changes.net_changes import compare_releases, list_changes
from content.documents import Key
from content.errors import ParametersError, UnknownReleaseError
from schemas.collections import COLLECTIONS
from tests.content.histories import few, histories, publish_history

PLACES = {name: place for place, name in enumerate(COLLECTIONS.names)}


def compose(first, second, before, after):
    """The changes that *first* and *second* are together, from their bodies.

    Two things are not in a body: what an answer cites at the end, and whether an answer that reads
    the same is the same document. For these the documents *before* and *after* are asked.
    """
    ends = {}
    for change in (*first, *second):
        key = Key(change["collection"], change["id"])
        was, _, told = ends.get(key, (change["before"], None, {}))
        told = change if change["after"] is None else told
        ends[key] = (was, change["after"], told)
    facts = {k: v for k, v in ends.items() if k.collection != "faqs" and v[0] != v[1]}
    composed = []
    for key, (was, now, told) in ends.items():
        causes = []
        if key.collection == "faqs" and was and now:
            cites = after.find_document(key).cites
            causes = [k for k, (a, b, _) in facts.items() if differs(cites, k, a, b)]
        if was is None is now or (was == now and not causes and same(key, before, after)):
            continue
        composed.append(describe(key, was, now, told, causes))
    return sorted(composed, key=lambda c: (PLACES[c["collection"]], c["id"]))


def same(key, before, after):
    return before.find_document(key) == after.find_document(key)


def differs(cites, key, was, now):
    return any(cited.read(key, was) != cited.read(key, now) for cited in cites)


def describe(key, was, now, told, causes):
    impact, effective_on = judge_impact(COLLECTIONS[key.collection], was, now)
    gone = now is None
    return {
        "collection": key.collection,
        "id": key.id,
        "action": "added" if was is None else "removed" if gone else "changed",
        "fields": [name for name in now if now[name] != was[name]] if was and now else [],
        "before": was,
        "after": now,
        "impact": impact,
        "effective_on": effective_on,
        "reason": told["reason"] if gone else None,
        "successor": told["successor"] if gone else None,
        "caused_by": [{"collection": k.collection, "id": k.id} for k in sorted(causes)],
    }


def read(factory):
    return ReadContext(factory.archive().latest, "2026-03-01")


def list_items(factory, **query):
    return list_changes(read(factory), limit=500, **query).body["items"]


def list_ids(factory, **query):
    return [f"{item['collection']}/{item['id']}" for item in list_items(factory, **query)]


@few
@given(histories())
def test_differences_compose_exactly(states):
    with publish_history(states) as world:
        for a, b, c in combinations((0, *world.numbers), 3):
            catalogues = [world.archive.get_numbered(number) for number in (a, b, c)]
            first, second = compare_releases(catalogues[1], a), compare_releases(catalogues[2], b)
            expected = compare_releases(catalogues[2], a)
            assert compose(first, second, catalogues[0], catalogues[2]) == expected


@few
@given(histories())
def test_the_difference_from_the_beginning_is_what_is_there(states):
    with publish_history(states) as world:
        for number in world.numbers:
            changes = compare_releases(world.archive.get_numbered(number), 0)
            assert {change["action"] for change in changes} == {"added"}
            keys = {Key(change["collection"], change["id"]) for change in changes}
            assert keys == world.states[number - 1].keys()


def test_a_revert_cancels(factory):
    first = factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    second = factory.publish()
    factory.world()

    factory.publish()

    assert list_ids(factory, since=first.id) == []
    assert list_ids(factory, since=second.id) == ["faqs/addresses", "oauth-clients/google"]


def test_an_answer_that_shows_a_changed_value_names_the_cause(factory):
    first = factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})

    factory.publish()

    answer, client = list_items(factory, since=first.id)
    assert answer["caused_by"] == [{"collection": "oauth-clients", "id": "google"}]
    assert answer["fields"] == ["summary", "markdown"]
    assert answer["before"]["summary"] == "Client 12345."
    assert answer["after"]["summary"] == "Client 67890."
    assert (answer["action"], answer["impact"]) == ("changed", "read")
    assert (client["fields"], client["impact"]) == (["client_id"], "update")
    assert client["caused_by"] == []


def test_every_cause_is_named_in_order(factory):
    first = factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    for name in ("data-centers", "ip-ranges"):
        text = factory.path(f"facts/{name}.yaml").read_text()
        changed = text.replace("United Kingdom", "Britain").replace("203.0.114", "203.0.116")
        factory.write(f"facts/{name}.yaml", changed)

    factory.publish()

    answer = list_items(factory, since=first.id)[0]
    causes = [f"{cause['collection']}/{cause['id']}" for cause in answer["caused_by"]]
    assert causes == ["data-centers/uk", "ip-ranges/uk-1", "oauth-clients/google"]


def test_a_withdrawn_document_keeps_its_reason_and_what_to_read_instead(factory):
    factory.world()
    factory.faq("b")
    first = factory.publish()
    factory.path("faqs/b.md").unlink()
    gone = {"collection": "faqs", "id": "b", "reason": "Twice.", "successor": "faqs/addresses"}
    factory.withdrawn(gone)

    factory.publish()

    (change,) = list_items(factory, since=first.id)
    assert (change["action"], change["after"]) == ("removed", None)
    assert (change["reason"], change["successor"]) == ("Twice.", "faqs/addresses")
    assert change["before"]["question"] == "What of b?"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"collection": ("clouds",)}, ["clouds/workspace"]),
        ({"impact": ("read",), "collection": ("clouds", "ip-ranges")}, ["clouds/workspace"]),
        ({"data_center": ("de",)}, ["data-centers/de", "ip-ranges/de-1"]),
        ({"data_center": ("de",), "collection": ("ip-ranges",)}, ["ip-ranges/de-1"]),
        ({"impact": ("remove",)}, []),
    ],
)
def test_filters_narrow_the_difference(factory, query, expected):
    factory.world().publish()

    assert list_ids(factory, **query) == expected


def test_a_range_that_moves_concerns_both_data_centers(factory):
    first = factory.world().publish()
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/24", "data_center": "de"},
        {"id": "uk-2", "cidr": "2a00:100::/48"},
        {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
    )
    factory.publish()

    for center in ("uk", "de"):
        assert list_ids(factory, since=first.id, data_center=(center,)) == ["ip-ranges/uk-1"]


def test_a_range_that_was_elsewhere_only_in_between_does_not_concern_that_data_center(factory):
    first = factory.world().publish()
    ranges = factory.path("facts/ip-ranges.yaml").read_text()
    factory.write("facts/ip-ranges.yaml", ranges.replace('"uk"', '"de"', 1))
    factory.publish()
    factory.write("facts/ip-ranges.yaml", ranges.replace("443", "8443", 1))

    factory.publish()

    assert list_ids(factory, since=first.id, data_center=("uk",)) == ["ip-ranges/uk-1"]
    assert list_ids(factory, since=first.id, data_center=("de",)) == []


def test_a_former_id_of_a_data_center_filters_as_its_new_one(factory):
    factory.world().publish()
    factory.facts("data-centers", {"id": "gb", "aliases": ["uk"]}, {"id": "de"})
    ranges = factory.path("facts/ip-ranges.yaml").read_text()
    factory.write("facts/ip-ranges.yaml", ranges.replace('"uk"', '"gb"'))

    factory.publish()

    expected = ["data-centers/gb", "ip-ranges/uk-1", "ip-ranges/uk-2"]
    assert list_ids(factory, data_center=("uk",)) == expected


def test_a_former_id_that_means_another_data_center_moves_the_release(factory):
    factory.facts("data-centers", {"id": "gb"})
    first = factory.publish()
    factory.facts("data-centers", {"id": "uk", "aliases": ["gb"]})
    factory.publish()
    factory.facts("data-centers", {"id": "uk"})
    factory.withdrawn({"collection": "data-centers", "id": "gb", "reason": "It ended."})
    factory.publish()

    answers = [
        list_changes(
            ReadContext(factory.archive().get_numbered(number), "2026-03-01"),
            limit=500,
            since=first.id,
            data_center=["gb"],
        )
        for number in (2, 3)
    ]

    assert [answer.body["items"][0]["id"] for answer in answers] == ["uk", "gb"]
    assert [answer.release.number for answer in answers] == [2, 3]


def test_exchanged_ends_are_refused_with_the_repair(factory):
    first = factory.world().publish()
    factory.faq("b")
    second = factory.publish()

    with pytest.raises(ParametersError, match="Swap since and until") as caught:
        list_items(factory, since=second.id, until=first.id)

    assert [fault.parameter for fault in caught.value.faults] == ["since"]


@pytest.mark.parametrize("parameter", ["since", "until"])
def test_an_unknown_end_is_an_unknown_release(factory, parameter):
    factory.world().publish()

    with pytest.raises(UnknownReleaseError):
        list_items(factory, **{parameter: "2020-01-01.01"})


def test_a_release_that_came_after_the_one_read_is_said_to_be_later(factory):
    first = factory.world().publish()
    factory.faq("b")
    second = factory.publish()
    old = ReadContext(factory.archive().get_catalogue(first.id), "2026-03-01")

    with pytest.raises(UnknownReleaseError, match=f"{second.id}' is newer than '{first.id}'"):
        list_changes(old, limit=1, until=second.id)


def test_until_reads_no_further(factory):
    first = factory.world().publish()
    factory.faq("b")
    factory.publish()

    whole = list_changes(read(factory), limit=500, until=first.id)

    assert "b" not in [item["id"] for item in whole.body["items"]]
    assert whole.release.id == first.id


def test_between_a_release_and_itself_there_is_nothing(factory):
    first = factory.world().publish()

    answer = list_changes(read(factory), limit=500, since=first.id)

    assert (answer.body["count"], answer.body["release"]) == (0, first.id)
