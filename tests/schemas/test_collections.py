"""The table that everything else reads."""

import pytest
from marshmallow import ValidationError

from schemas.collection import Collection, Collections
from schemas.collections import COLLECTIONS
from schemas.declarations.collection import build_collection
from schemas.fields import List, Reference
from tests.content_factory import COMMON, LEAST, SOURCE


def test_the_table_lists_its_rows_in_order_and_by_name():
    assert [collection.name for collection in COLLECTIONS] == list(COLLECTIONS.names)
    assert COLLECTIONS["ip-ranges"].item == "IpRange"
    assert "ip-ranges" in COLLECTIONS
    assert "ip_ranges" not in COLLECTIONS


@pytest.mark.parametrize("collection", list(COLLECTIONS), ids=lambda collection: collection.name)
def test_filters_order_and_configured_fields_are_fields_of_their_documents(collection: Collection):
    filtered = [one.field for one in collection.filters]

    assert set(filtered) | set(collection.order) | set(collection.configures) <= set(
        collection.authored
    )


@pytest.mark.parametrize("collection", list(COLLECTIONS), ids=lambda collection: collection.name)
def test_every_reference_leads_to_a_row(collection: Collection):
    assert {target for _, target in collection.references} <= set(COLLECTIONS.names)
    assert len(collection.references) == sum(
        isinstance(field.inner if isinstance(field, List) else field, Reference)
        for field in collection.strict.load_fields.values()
    )


@pytest.mark.parametrize("collection", list(COLLECTIONS), ids=lambda collection: collection.name)
def test_every_field_of_a_document_is_described(collection: Collection):
    assert collection.authored[0] == collection.served[0] == "id"
    assert [
        n for n, f in collection.strict.fields.items() if not f.metadata.get("description")
    ] == []


def test_references_are_found_alone_and_in_lists():
    assert COLLECTIONS["ip-ranges"].references == (
        ("data_center", "data-centers"),
        ("traffic", "traffic-classes"),
    )
    assert COLLECTIONS["faqs"].references == (
        ("topics", "topics"),
        ("applies_to", "clouds"),
        ("related", "faqs"),
    )


@pytest.mark.parametrize("name", ["topics", "ip-ranges", "clouds"])
def test_an_unknown_field_is_a_fault_to_an_editor_and_nothing_to_a_replay(name):
    collection, body = COLLECTIONS[name], {"id": "a", **LEAST[name], **COMMON, "strange": 1}

    with pytest.raises(ValidationError) as caught:
        collection.strict.load(body)
    assert list(caught.value.messages) == ["strange"]
    assert "strange" not in collection.lenient.load(body)


def test_a_replay_leaves_unknown_fields_of_parts_out_and_an_editor_still_hears_of_them():
    collection = COLLECTIONS["topics"]
    body = {"id": "a", **LEAST["topics"], **COMMON, "sources": [{**SOURCE, "strange": 1}]}

    assert collection.lenient.load(body)["sources"] == [SOURCE]
    with pytest.raises(ValidationError) as caught:
        collection.strict.load(body)
    assert list(caught.value.messages["sources"][0]) == ["strange"]


def test_ranges_are_ordered_by_number_and_answers_by_place():
    ranges, answers = COLLECTIONS["ip-ranges"], COLLECTIONS["faqs"]
    body = {"data_center": "uk", "traffic": "web"}
    nine, ten = ({**body, "cidr": f"{n}.0.0.0/8", "id": "a"} for n in (9, 10))

    assert ranges.sort_key(nine) < ranges.sort_key(ten)
    assert ranges.sort_key(nine) < ranges.sort_key({**nine, "id": "b"})
    assert answers.sort_key({"position": 9, "id": "b"}) < answers.sort_key(
        {"position": 10, "id": "a"}
    )


def test_documents_that_are_older_than_a_field_of_their_kind_come_last():
    name = {"name": "name", "type": "text", "title": None, "description": "A name."}
    name |= {"list": False, "required": True, "to": None, "choices": [], "example": None}
    kind = {"id": "hosts", "title": "Hosts", "one": "host", "description": "Hosts."}
    kind |= {"fields": [{**name, "min": None, "max": None}], "order": ["name"], "filters": []}
    hosts = build_collection({**kind, "unique": [], "copied": [], "example": None})
    bodies = [{"id": "a", "name": None}, {"id": "b", "name": "B"}, {"id": "c", "name": None}]

    assert [body["id"] for body in sorted(bodies, key=hosts.sort_key)] == ["b", "a", "c"]


def test_a_table_without_rows_is_a_table():
    empty = Collections(())

    assert list(empty) == []
    assert empty.names == ()
