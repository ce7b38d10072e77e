"""Reading as of a release and as of a day."""

import pytest


@pytest.fixture
def client(factory):
    """Two releases: one range, then a second that comes into use on 2026-04-01."""
    factory.world()
    factory.facts("ip-ranges", {"id": "a"})
    factory.publish("First.")
    factory.facts(
        "ip-ranges",
        {"id": "a", "effective_until": "2026-04-30"},
        {"id": "b", "cidr": "203.0.115.0/24", "effective_from": "2026-04-01"},
    )
    factory.publish("Second.")
    return factory.client(today="2026-04-15")


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("", {"a": "retiring", "b": "active"}),
        ("release=2026-02-02.01", {"a": "active"}),
        ("release=2026-02-03.01", {"a": "retiring", "b": "announced"}),
        ("on=2026-03-31", {"a": "retiring", "b": "announced"}),
        ("on=2026-04-01", {"a": "retiring", "b": "active"}),
        ("on=2026-04-30", {"a": "retiring", "b": "active"}),
        ("on=2026-05-01", {"b": "active"}),
        ("on=2026-05-01&status=retired", {"a": "retired"}),
        ("release=2026-02-02.01&on=2026-05-01", {"a": "active"}),
        ("release=2026-02-03.01&on=2026-05-01", {"b": "active"}),
        ("on=0001-01-01", {"a": "retiring", "b": "announced"}),
        ("on=9999-12-31", {"b": "active"}),
    ],
)
def test_a_release_brings_its_day_along_and_a_day_says_another(client, query, statuses):
    items = client.get(f"/v1/ip-ranges?{query}").get_json()["items"]

    assert {item["id"]: item["status"] for item in items} == statuses


@pytest.mark.parametrize("path", ["/v1", "/v1/faqs", "/v1/clouds/workspace", "/v1/changes"])
def test_an_unknown_release_is_not_found_and_not_kept(client, path):
    answer = client.get(f"{path}?release=2026-02-04.01")

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/problems/unknown-release"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["since", "until"])
def test_changes_between_unknown_releases_are_not_found(client, name):
    answer = client.get(f"/v1/changes?{name}=2026-02-04.01")

    assert answer.status_code == 404


@pytest.mark.parametrize("release", ["2026-02-04.01", "banana", "2026-02-02.1"])
def test_a_release_that_is_not_there_has_no_page(client, release):
    answer = client.get(f"/v1/releases/{release}")

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/problems/unknown-release"


@pytest.mark.parametrize(
    "path",
    ["releases/2026-02-03.01?", "changes?until=2026-02-03.01&", "changes?since=2026-02-03.01&"],
)
def test_a_release_is_unknown_to_those_before_it(client, path):
    answer = client.get(f"/v1/{path}release=2026-02-02.01")

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/problems/unknown-release"


@pytest.mark.parametrize(
    ("query", "cache_control"),
    [
        ("release=2026-02-02.01", "public, max-age=86400"),
        ("release=2026-02-03.01&on=2026-03-01", "public, max-age=86400"),
        (
            "on=2026-04-30",
            "public, max-age=300, stale-while-revalidate=3600, stale-if-error=604800",
        ),
    ],
)
def test_a_pinned_answer_is_kept_for_a_day_and_no_day_ends_it(client, query, cache_control):
    assert client.get(f"/v1/ip-ranges?{query}").headers["Cache-Control"] == cache_control


def test_the_release_that_was_read_and_the_one_that_changed_the_answer_are_both_said(client):
    answer = client.get("/v1/clouds")

    assert answer.headers["Content-Release"] == "2026-02-03.01"
    assert answer.get_json()["release"] == "2026-02-02.01"


def test_an_untouched_answer_keeps_its_bytes_and_its_tag(client):
    now, then = client.get("/v1/clouds"), client.get("/v1/clouds?release=2026-02-02.01")

    assert now.data == then.data
    assert now.headers["ETag"] == then.headers["ETag"]


@pytest.mark.parametrize(
    ("on", "ids"),
    [
        ("2026-02-01", []),
        ("2026-02-02", ["2026-02-02.01"]),
        ("2026-02-03", ["2026-02-03.01"]),
        ("2030-01-01", ["2026-02-03.01"]),
    ],
)
def test_a_day_finds_the_release_that_was_in_force_at_its_end(client, on, ids):
    items = client.get(f"/v1/releases?on={on}").get_json()["items"]

    assert [item["release"] for item in items] == ids


def test_the_newest_release_comes_first(client):
    items = client.get("/v1/releases").get_json()["items"]

    assert [item["summary"] for item in items] == ["Second.", "First."]
    assert items[0]["previous"] == items[1]["digest"]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("since=2026-02-02.01", ["faqs/addresses", "ip-ranges/a", "ip-ranges/b"]),
        ("since=2026-02-02.01&collection=ip-ranges", ["ip-ranges/a", "ip-ranges/b"]),
        ("since=2026-02-02.01&dc=uk&impact=allow", ["ip-ranges/b"]),
        ("since=2026-02-02.01&dc=de", []),
        ("since=2026-02-03.01", []),
        ("until=2026-02-02.01&collection=clouds", ["clouds/workspace"]),
        ("since=2026-02-02.01&limit=1", ["faqs/addresses"]),
    ],
)
def test_changes_are_the_difference_between_two_releases(client, query, keys):
    items = client.get(f"/v1/changes?{query}").get_json()["items"]

    assert [f"{item['collection']}/{item['id']}" for item in items] == keys


def test_releases_in_the_wrong_order_are_named(client):
    answer = client.get("/v1/changes?since=2026-02-03.01&until=2026-02-02.01")

    assert answer.status_code == 400
    assert answer.get_json()["errors"][0]["parameter"] == "since"


def test_the_front_page_says_what_was_read_and_leads_everywhere(client):
    body = client.get("/v1?release=2026-02-02.01").get_json()

    assert body["release"] == "2026-02-02.01"
    assert {client.get(item["href"]).status_code for item in body["resources"]} == {200, 400}
