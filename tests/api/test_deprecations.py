"""Whoever uses what is deprecated learns of it: operations, parameters, documents."""

import json
from dataclasses import replace

import pytest
from flask import Blueprint
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.contract import build_contract
from api.routing import route
from api.v1.facts import build_document_operation, build_list_operation
from content.facts import get_fact, list_facts
from openapi.operation import Component, Operation
from schemas.collections import COLLECTIONS
from schemas.deprecation import Deprecation, deprecate
from schemas.fields import Id
from schemas.listing import build_list_schema
from schemas.query import QueryFlag, build_query, one
from tests.editor import COMMON

CLOUDS = COLLECTIONS["clouds"]
#: 2027-01-01 and the instant after 2027-12-31.
BEGINS, ENDS = "@1798761600", "Sat, 01 Jan 2028 00:00:00 GMT"
OLD = Deprecation("2027-01-01", "2027-12-31", "/v1/clouds/{id}")
OF_OLD = (BEGINS, ENDS)
NOTHING = (None, None)
LOUD = deprecate(
    QueryFlag(load_default=False, metadata={"description": "Say it loudly."}),
    Deprecation("2026-07-01", successor="volume"),
)
OF_LOUD = ("@1782864000", None)
SHOUTED = deprecate(one(Id, "Say this."), Deprecation("2026-10-01", "2027-04-01"))
#: The earliest of both parameters: from the one it begins, with the other it ends.
OF_BOTH = ("@1782864000", "Fri, 02 Apr 2027 00:00:00 GMT")


def get_cloud(reading, cloud_id):
    return get_fact(reading, "clouds", cloud_id)


def list_clouds(reading, *, loud, shouted):
    del loud, shouted
    return list_facts(reading, "clouds")


GET_OLD = build_document_operation(
    CLOUDS, id="getOldCloud", deprecation=OLD, query=build_query("GetOldCloud")
)
LIST_OLD = build_list_operation(
    CLOUDS,
    id="listOldClouds",
    query=build_query("ListOldClouds", {"loud": LOUD, "shouted": SHOUTED}),
    response=Component("OldCloudList", build_list_schema(CLOUDS.schema, "Clouds.")),
)


@pytest.fixture
def client(editor):
    """The world, an operation that is deprecated, and one with two parameters that are."""
    editor.world()
    editor.facts(
        "clouds",
        {"id": "workspace", "faq": "addresses", "aliases": ["suite"]},
        {"id": "ending", "deprecated_on": "2026-05-01", "sunset_on": "2027-06-30"},
        {"id": "gone"},
    )
    editor.publish()
    editor.facts(
        "clouds",
        {"id": "workspace", "faq": "addresses", "aliases": ["suite"]},
        {"id": "ending", "deprecated_on": "2026-05-01", "sunset_on": "2027-06-30"},
    )
    editor.withdrawn({"collection": "clouds", "id": "gone", "reason": "It is gone."})
    editor.publish()
    app = editor.app()
    for each in (app, app.extensions["uncached"]):
        blueprint = Blueprint("made-up", __name__, url_prefix="/v1")
        route(blueprint, "/old-clouds/<id>", GET_OLD)(get_cloud)
        route(blueprint, "/old-clouds", LIST_OLD)(list_clouds)
        each.register_blueprint(blueprint)
    return app.test_client()


def read_notices(answer) -> tuple:
    return answer.headers.get("Deprecation"), answer.headers.get("Sunset")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/old-clouds/workspace", 200),
        ("/v1/old-clouds/workspace?release=2026-02-02.01", 200),
        ("/v1/old-clouds/suite", 308),
        ("/v1/old-clouds/workspace?release=last", 400),
        ("/v1/old-clouds/workspace?release=2026-02-09.01", 404),
        ("/v1/old-clouds/workspaces", 404),
        ("/v1/old-clouds/gone", 410),
    ],
)
def test_every_answer_of_a_deprecated_operation_says_so(client, path, status):
    answer = client.get(path)

    assert answer.status_code == status
    assert read_notices(answer) == OF_OLD
    assert read_notices(client.head(path)) == OF_OLD


def test_a_refusal_of_all_codings_says_so_too(client):
    answer = client.get("/v1/old-clouds/workspace", headers={"Accept-Encoding": "*;q=0"})

    assert answer.status_code == 406
    assert read_notices(answer) == OF_OLD


def test_what_is_asked_before_the_operation_is_known_does_not(client):
    assert read_notices(client.post("/v1/old-clouds/workspace")) == NOTHING
    assert read_notices(client.options("/v1/old-clouds/workspace")) == NOTHING


def test_an_operation_in_use_says_nothing_of_an_end(client):
    for path in ("/v1/clouds/workspace", "/v1/clouds/nothing", "/v1/clouds", "/v1/old-clouds"):
        answer = client.get(path)

        assert read_notices(answer) == NOTHING
        assert 'rel="deprecation"' not in answer.headers.get("Link", "")


def test_a_deprecated_operation_leads_to_its_successor_and_to_the_rules(client):
    links = client.get("/v1/old-clouds/workspace").headers["Link"]

    assert '</v1/clouds/workspace>; rel="successor-version"' in links
    assert '</terms#what-goes-away>; rel="deprecation"; type="text/html"' in links
    assert '</v1/openapi.json>; rel="service-desc"' in links


@pytest.mark.parametrize(
    "headers",
    [{"If-None-Match": "*"}, {"If-Modified-Since": "Sun, 01 Nov 2026 00:00:00 GMT"}],
    ids=["by its tag", "by its day"],
)
def test_who_has_the_answer_already_learns_of_the_end_all_the_same(client, headers):
    answer = client.get("/v1/old-clouds/workspace", headers=headers)

    assert answer.status_code == 304
    assert read_notices(answer) == OF_OLD


def test_a_cache_that_keeps_an_answer_for_years_learns_of_the_end(client):
    """Its bytes are the same as before the deprecation, but not its tag."""
    before = client.get("/v1/clouds/workspace")

    after = client.get(
        "/v1/old-clouds/workspace", headers={"If-None-Match": before.headers["ETag"]}
    )

    assert after.status_code == 200
    assert after.get_data() == before.get_data()


@pytest.mark.parametrize(
    ("query", "notices"),
    [
        ("", NOTHING),
        ("?loud=true", OF_LOUD),
        # Means what is meant without it, and is used all the same.
        ("?loud=false", OF_LOUD),
        ("?shouted=a", ("@1790812800", "Fri, 02 Apr 2027 00:00:00 GMT")),
        ("?loud=true&shouted=a", OF_BOTH),
        ("?shouted=a&loud=true", OF_BOTH),
        ("?on=2026-03-01", NOTHING),
    ],
)
def test_a_request_that_uses_a_deprecated_parameter_learns_of_the_earliest_days(
    client, query, notices
):
    for _ in range(2):
        answer = client.get(f"/v1/old-clouds{query}")

        assert read_notices(answer) == notices


def test_what_means_the_same_is_kept_apart_where_one_spelling_is_deprecated(client):
    """In both orders, because the first of two spellings is the one that is kept."""
    plain = client.get("/v1/old-clouds?on=2026-03-01")
    spelled = client.get("/v1/old-clouds?on=2026-03-01&loud=false")
    spelled_first = client.get("/v1/old-clouds?on=2026-03-02&loud=false")
    plain_last = client.get("/v1/old-clouds?on=2026-03-02")

    assert plain.get_data() == spelled.get_data()
    assert read_notices(plain) == read_notices(plain_last) == NOTHING
    assert read_notices(spelled) == read_notices(spelled_first) == OF_LOUD


def test_a_request_that_fails_learns_of_a_deprecated_parameter_too(client):
    answer = client.get("/v1/old-clouds?loud=perhaps&nothing=1")

    assert answer.status_code == 400
    assert len(answer.get_json()["errors"]) == 2
    assert read_notices(answer) == OF_LOUD


def test_of_an_operation_and_a_document_the_earliest_days_are_sent(client):
    alone = client.get("/v1/clouds/ending")
    within = client.get("/v1/old-clouds/ending")

    of_document = ("@1777593600", "Thu, 01 Jul 2027 00:00:00 GMT")
    assert read_notices(alone) == read_notices(within) == of_document
    assert 'rel="deprecation"' in alone.headers["Link"]
    assert 'rel="successor-version"' not in alone.headers["Link"]


def test_a_sunset_never_comes_before_the_deprecation(editor):
    """A document may have an end and be in use until then; the operation is deprecated later."""
    editor.facts("data-retention", {"id": "events", **COMMON, "sunset_on": "2026-04-30"})
    editor.publish()
    app = editor.app()
    operation = build_document_operation(
        COLLECTIONS["data-retention"],
        id="getOldPeriod",
        deprecation=Deprecation("2027-01-01"),
    )
    for each in (app, app.extensions["uncached"]):
        blueprint = Blueprint("made-up", __name__, url_prefix="/v1")
        route(blueprint, "/periods/<id>", operation)(
            lambda reading, name: get_fact(reading, "data-retention", name)
        )
        each.register_blueprint(blueprint)
    client = app.test_client()

    alone = client.get("/v1/data-retention/events")
    within = client.get("/v1/periods/events")

    ends = "Fri, 01 May 2026 00:00:00 GMT"
    assert read_notices(alone) == (None, ends)
    assert read_notices(within) == ("@1777507200", ends)


@pytest.mark.parametrize("successor", ["/v1/clouds/{name}", "/v1/x/{id}/{part}", "getCloud", ""])
def test_a_successor_that_cannot_be_led_to_is_refused(successor):
    with pytest.raises(ValueError, match=r"getOldCloud.*no path .*\(id\)"):
        replace(GET_OLD, deprecation=Deprecation("2027-01-01", successor=successor))


@pytest.fixture
def document(client) -> dict:
    return json.loads(build_contract(client.application, None))


def list_statuses_with(operation: dict, header: str) -> set[str]:
    responses = operation["responses"].items()
    return {status for status, response in responses if header in response["headers"]}


def test_the_document_says_what_is_deprecated_and_stays_valid(document):
    operation = document["paths"]["/v1/old-clouds/{id}"]["get"]

    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert operation["deprecated"] is True
    assert operation["description"].endswith(
        "Deprecated from 2027-01-01 on. It works until 2027-12-31 at least. "
        "Use `/v1/clouds/{id}` instead."
    )
    assert "deprecated" not in document["paths"]["/v1/clouds/{id}"]["get"]


def test_the_document_says_it_of_parameters_where_tools_look_for_it(document):
    operation = document["paths"]["/v1/old-clouds"]["get"]
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}

    assert "deprecated" not in operation
    assert parameters["loud"]["deprecated"] is True
    assert parameters["loud"]["description"].endswith(
        "Deprecated from 2026-07-01 on. Use `volume` instead."
    )
    assert "deprecated" not in str(parameters["loud"]["schema"])
    assert "deprecated" not in parameters["release"]


@pytest.mark.parametrize("header", ["Deprecation", "Sunset"])
def test_the_document_has_the_headers_where_they_can_occur(document, header):
    every = set(document["paths"]["/v1/old-clouds/{id}"]["get"]["responses"]) - {"405"}
    expected = {
        "/v1/old-clouds/{id}": every,
        "/v1/old-clouds": every - {"308", "410"},
        "/v1/clouds/{id}": {"200", "304"},
        "/v1/clouds": set(),
    }

    for path, statuses in expected.items():
        assert list_statuses_with(document["paths"][path]["get"], header) == statuses


def test_nothing_that_is_shipped_is_deprecated(editor):
    """When it is, a line in docs/api-changelog.md says so, and this test goes."""
    operations = [
        view.operation
        for view in editor.app().view_functions.values()
        if isinstance(getattr(view, "operation", None), Operation)
    ]

    assert operations
    assert not any(operation.ends for operation in operations)
