"""A kind of fact is added by a schema, a row and a file, and by no other step."""

import json
from dataclasses import replace

import pytest
from marshmallow import Schema

from api.cli.contract import build_contract
from api.v1.facts import build_list_operation
from schemas.collection import Collection, Collections, Filter
from schemas.collections import COLLECTIONS
from schemas.document import FactPart, build_document_schema
from schemas.fields import Id, List, Reference, Text, WholeNumber
from schemas.words import Enum
from tests.content_factory import ContentFactory


class OfficeSchema(Schema):
    """A place where people sit."""

    id = Id("The name of this office.")
    name = Text("What people call it.")
    floor = Enum("OfficeFloor", ("ground", "top"), "Where in the house it is.")
    data_center = Reference("data-centers", "The nearest data center.")
    topics = List(Reference("topics", "A topic."), "What is worked on there.")
    desks = WholeNumber("How many desks there are.")


OFFICES = Collection(
    name="front-offices",
    item="FrontOffice",
    title="Offices",
    one="office",
    description="Where people sit.",
    schema=build_document_schema(OfficeSchema, FactPart),
    order=("name",),
    filters=(
        Filter("floor", "floor"),
        Filter("dc", "data_center", multiple=True),
        Filter("topic", "topics"),
        Filter("name", "name", multiple=True),
    ),
    configures=("floor",),
)
DESKS = {"topics": ["network"], "desks": 4}
LONDON = {"id": "london", "name": "London", "floor": "ground", "data_center": "uk", **DESKS}
BERLIN = {"id": "berlin", "name": "Berlin", "floor": "top", "data_center": "de", **DESKS}


@pytest.fixture
def office_client(tmp_path):
    """The world and two offices, then one of them on another floor."""
    factory = ContentFactory(tmp_path, Collections((*COLLECTIONS, OFFICES))).world()
    factory.facts("front-offices", LONDON, BERLIN)
    factory.faq("where", "We sit on the {{ front-offices.london.floor }} floor.\n", position=2)
    factory.publish("Open.")
    factory.facts("front-offices", {**LONDON, "floor": "top", "aliases": ["londinium"]}, BERLIN)
    factory.publish("Move.")
    return factory.client()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["berlin", "london"]),
        ("floor=top", ["berlin", "london"]),
        ("floor=ground", []),
        ("floor=ground&release=2026-02-02.01", ["london"]),
        ("dc=uk&dc=de", ["berlin", "london"]),
        ("dc=uk", ["london"]),
        ("topic=network", ["berlin", "london"]),
        ("name=Berlin&name=Paris", ["berlin"]),
    ],
)
def test_a_new_kind_has_a_list_with_its_filters(office_client, query, ids):
    items = office_client.get(f"/v1/front-offices?{query}").get_json()["items"]

    assert [item["id"] for item in items] == ids


def test_a_new_kind_has_documents_with_former_ids(office_client):
    body = office_client.get("/v1/front-offices/london").get_json()
    moved = office_client.get("/v1/front-offices/londinium")

    assert body["floor"] == "top"
    assert body["links"]["cited_by"] == "/v1/faqs?cites=front-offices/london"
    assert moved.headers["Location"] == "/v1/front-offices/london"


def test_the_filters_of_a_new_kind_are_strict(office_client):
    answer = office_client.get("/v1/front-offices?flor=top&dc=uk2&floor=cellar")

    assert answer.status_code == 400
    assert len(answer.get_json()["errors"]) == 3


def test_a_new_kind_is_cited_and_its_changes_reach_those_who_cite_it(office_client):
    cited = office_client.get("/v1/faqs?cites=front-offices/london").get_json()["items"]
    changes = office_client.get("/v1/changes?since=2026-02-02.01").get_json()["items"]

    assert [item["id"] for item in cited] == ["where"]
    assert [(c["collection"], c["id"], c["impact"]) for c in changes] == [
        ("faqs", "where", "read"),
        ("front-offices", "london", "update"),
    ]
    assert changes[0]["caused_by"] == [{"collection": "front-offices", "id": "london"}]
    assert "floor" in changes[1]["fields"]


def test_a_new_kind_is_on_the_front_page_and_a_filter_of_the_changes(office_client):
    hrefs = [item["href"] for item in office_client.get("/v1").get_json()["resources"]]
    changes = office_client.get("/v1/changes?collection=front-offices").get_json()

    assert "/v1/front-offices" in hrefs
    assert changes["count"] == 2


def test_a_new_kind_has_its_place_in_the_contract(office_client):
    app = office_client.application
    catalogue = app.extensions["faqts"].follower.state.archive.latest
    document = json.loads(build_contract(app, catalogue))

    listed = document["paths"]["/v1/front-offices"]["get"]
    assert listed["operationId"] == "listFrontOffices"
    assert document["paths"]["/v1/front-offices/{id}"]["get"]["operationId"] == "getFrontOffice"
    assert [p["name"] for p in listed["parameters"]] == [
        *("floor", "dc", "topic", "name", "release", "on", "format")
    ]
    assert {"FrontOffice", "FrontOfficeList", "OfficeFloor"} <= document["components"][
        "schemas"
    ].keys()
    example = listed["responses"]["200"]["content"]["application/json"]["example"]
    assert example["count"] == 2


def test_a_filter_that_a_query_cannot_hold_is_refused():
    row = replace(OFFICES, filters=(Filter("desks", "desks"),))

    with pytest.raises(TypeError, match="desks is not text"):
        build_list_operation(row)


def test_without_the_row_there_is_no_trace_of_it(client):
    assert client.get("/v1/front-offices").status_code == 404
