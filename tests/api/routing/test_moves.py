"""Ids that moved, documents that were withdrawn, and those that should no longer be used."""

import pytest

from tests.content_factory import COMMON


@pytest.fixture
def moved(factory):
    """The world, whose answer, cloud and client then get other ids."""
    factory.world()
    factory.faq("other", position=2)
    factory.publish("First.")
    factory.path("faqs/addresses.md").unlink()
    factory.faq("ranges", aliases=["addresses"], topics=["network"])
    factory.facts("clouds", {"id": "google", "faq": "ranges", "aliases": ["workspace"]})
    factory.publish("Second.")
    return factory.client()


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/v1/faqs/addresses", "/v1/faqs/ranges"),
        ("/v1/faqs/addresses?dc=uk&application=A%20%26%20B", None),
        ("/v1/faqs/addresses?format=md", None),
        ("/v1/faqs/addresses?on=2026-02-20&lang=de", None),
        ("/v1/faqs/addresses/revisions", "/v1/faqs/ranges/revisions"),
        ("/v1/faqs/addresses/revisions?release=2026-02-03.01", None),
        ("/v1/faqs/addresses/revisions?limit=1&cursor=of-another", None),
        ("/v1/clouds/workspace", "/v1/clouds/google"),
    ],
)
def test_a_former_id_leads_to_the_new_one_and_keeps_the_query(moved, path, location):
    answer = moved.get(path)

    expected = path.replace("/addresses", "/ranges").replace("/workspace", "/google")
    assert answer.status_code == 308
    assert answer.headers["Location"] == expected == (location or expected)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.data == b""


def test_following_a_former_id_reads_the_document(moved):
    answer = moved.get("/v1/clouds/workspace?on=2026-02-20", follow_redirects=True)

    assert answer.get_json()["id"] == "google"


def test_a_former_id_is_itself_in_the_release_that_had_it(moved):
    answer = moved.get("/v1/faqs/addresses?release=2026-02-02.01")

    assert answer.get_json()["id"] == "addresses"


def test_a_new_id_is_unknown_in_the_release_before_it(moved):
    answer = moved.get("/v1/faqs/ranges?release=2026-02-02.01")

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/problems/unknown-document"
    assert "first published in 2026-02-03.01" in answer.get_json()["detail"]
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_a_bad_parameter_is_named_before_a_redirect(moved):
    assert moved.get("/v1/faqs/addresses?zebra=1").status_code == 400


def test_revisions_count_on_from_before_a_rename_under_the_new_id_alone(moved):
    body = moved.get("/v1/faqs/ranges/revisions").get_json()

    assert [item["revision"] for item in body["items"]] == [1]


@pytest.fixture
def withdrawn(factory):
    """The world, of which two answers and a client were withdrawn, one without a successor."""
    factory.world()
    factory.faq("old", position=2)
    factory.faq("older", position=3)
    factory.publish("First.")
    factory.path("faqs/old.md").unlink()
    factory.path("faqs/older.md").unlink()
    factory.withdrawn(
        {
            "collection": "faqs",
            "id": "old",
            "reason": "It said the same.",
            "successor": "faqs/addresses",
        },
        {"collection": "faqs", "id": "older", "reason": "Nobody asks.", "successor": None},
    )
    factory.publish("Second.")
    return factory.client()


@pytest.mark.parametrize("query", ["", "?format=html", "?dc=uk", "?release=2026-02-03.01"])
def test_a_withdrawn_document_says_why_and_what_to_read_instead(withdrawn, query):
    answer = withdrawn.get(f"/v1/faqs/old{query}")

    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Link"] == '</v1/faqs/addresses>; rel="successor-version"'
    detail = answer.get_json()["detail"]
    assert detail == ("faqs/old was withdrawn: It said the same. See faqs/addresses instead.")


def test_a_withdrawn_document_without_a_successor_links_to_nothing(withdrawn):
    answer = withdrawn.get("/v1/faqs/older")

    assert answer.status_code == 410
    assert "Link" not in answer.headers


def test_a_withdrawn_document_can_be_read_as_it_was(withdrawn):
    answer = withdrawn.get("/v1/faqs/old?release=2026-02-02.01")

    assert answer.status_code == 200


def test_a_withdrawn_document_keeps_its_revisions(withdrawn):
    items = withdrawn.get("/v1/faqs/old/revisions").get_json()["items"]

    assert [(item["action"], item["reason"]) for item in items] == [
        ("removed", "It said the same."),
        ("added", None),
    ]


def test_a_withdrawn_id_still_filters_without_a_fault(withdrawn):
    answer = withdrawn.get("/v1/faqs?cites=faqs/old")

    assert answer.get_json()["items"] == []


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/v1/faqs/adresses", "'addresses'"),
        ("/v1/clouds/workspaces", "'workspace'"),
        ("/v1/ip-ranges/uk-3", "'uk-"),
        ("/v1/faqs/xyz", "See /v1/faqs for all"),
        ("/v1/faqs/adresses/revisions", "'addresses'"),
    ],
)
def test_an_unknown_id_names_the_nearest_or_the_list(client, path, meant):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/problems/unknown-document"
    assert meant in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("fields", "deprecation", "sunset"),
    [
        ({}, None, None),
        ({"deprecated_on": "2026-03-01"}, "@1772323200", None),
        (
            {"deprecated_on": "2026-03-01", "sunset_on": "2026-12-31"},
            "@1772323200",
            "Fri, 01 Jan 2027 00:00:00 GMT",
        ),
    ],
    ids=["in use", "deprecated", "with an end"],
)
def test_what_should_no_longer_be_used_says_so_in_its_headers(factory, fields, deprecation, sunset):
    factory.faq("a", **({"status": "deprecated"} if fields else {}), **fields)
    factory.facts("data-retention", {"id": "events", **COMMON, **fields})
    factory.publish()
    client = factory.client()

    for path in ("/v1/faqs/a", "/v1/faqs/a?format=html", "/v1/data-retention/events"):
        headers = client.get(path).headers

        assert headers.get("Deprecation") == deprecation
        assert (headers.get("Sunset") or "").startswith(sunset or "")
        assert ("Sunset" in headers) == (sunset is not None)
