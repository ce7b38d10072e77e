"""Whoever uses what is deprecated learns of it: operations, parameters, documents."""

from dataclasses import replace

import pytest

from api.v1.facts import build_document_operation
from content.answers.facts import get_fact
from openapi.operation import Operation
from schemas.collections import COLLECTIONS
from schemas.deprecation import Deprecation
from tests.content_factory import COMMON
from tests.deprecated import BEGINS, ENDS, GET_OLD, serve, serve_old_clouds

pytestmark = pytest.mark.fourfold

OF_OLD = (BEGINS, ENDS)
NOTHING = (None, None)
OF_LOUD = ("@1782864000", None)
#: The earliest of both parameters: from the one it begins, with the other it ends.
OF_BOTH = ("@1782864000", "Fri, 02 Apr 2027 00:00:00 GMT")


@pytest.fixture
def client(factory):
    """The world, an operation that is deprecated, and one with two parameters that are."""
    factory.world()
    factory.facts(
        "clouds",
        {"id": "workspace", "faq": "addresses", "aliases": ["suite"]},
        {"id": "ending", "deprecated_on": "2026-05-01", "sunset_on": "2027-06-30"},
        {"id": "gone"},
    )
    factory.publish()
    factory.facts(
        "clouds",
        {"id": "workspace", "faq": "addresses", "aliases": ["suite"]},
        {"id": "ending", "deprecated_on": "2026-05-01", "sunset_on": "2027-06-30"},
    )
    factory.withdrawn({"collection": "clouds", "id": "gone", "reason": "It is gone."})
    factory.publish()
    app = factory.app()
    serve_old_clouds(app)
    return app.test_client()


def get_period(context, period_id):
    return get_fact(context, "data-retention", period_id)


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
    ("query", "notice_headers"),
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
    client, query, notice_headers
):
    for _ in range(2):
        answer = client.get(f"/v1/old-clouds{query}")

        assert read_notices(answer) == notice_headers


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


def test_a_list_says_it_of_each_entry(client):
    answer = client.get("/v1/clouds")

    message = {i["id"]: (i["deprecated_on"], i["sunset_on"]) for i in answer.get_json()["items"]}
    assert message == {"ending": ("2026-05-01", "2027-06-30"), "workspace": (None, None)}
    assert read_notices(answer) == NOTHING


def test_a_list_of_answers_says_it_of_each_entry(factory):
    factory.faq("a")
    factory.faq("b", status="deprecated", deprecated_on="2026-05-01")
    factory.publish()

    items = factory.client().get("/v1/faqs").get_json()["items"]

    assert [item["deprecated_on"] for item in items] == [None, "2026-05-01"]


def test_a_sunset_never_comes_before_the_deprecation(factory):
    """A document may have an end and be in use until then; the operation is deprecated later."""
    factory.facts("data-retention", {"id": "events", **COMMON, "sunset_on": "2026-04-30"})
    factory.publish()
    app = factory.app()
    operation = build_document_operation(
        COLLECTIONS["data-retention"],
        id="getOldPeriod",
        deprecation=Deprecation("2027-01-01"),
    )
    serve(app, {"/periods/<id>": (operation, get_period)})
    client = app.test_client()

    alone = client.get("/v1/data-retention/events")
    within = client.get("/v1/periods/events")

    ends = "Fri, 01 May 2026 00:00:00 GMT"
    assert read_notices(alone) == (None, ends)
    assert read_notices(within) == ("@1777507200", ends)


@pytest.mark.parametrize("successor", ["/v1/clouds/{name}", "/v1/x/{id}/{part}", "getCloud", ""])
def test_a_successor_that_cannot_be_led_to_is_refused(successor):
    with pytest.raises(ValueError, match=r"getOldCloud.*must be a path .*\(id\)"):
        replace(GET_OLD, deprecation=Deprecation("2027-01-01", successor=successor))


def test_nothing_that_is_shipped_is_deprecated(factory):
    """When it is, a line in docs/api-changelog.md says so, and this test goes."""
    operations = [
        view.operation
        for view in factory.app().view_functions.values()
        if isinstance(getattr(view, "operation", None), Operation)
    ]

    assert operations
    assert not any(operation.ends for operation in operations)
