"""A kind of fact that is declared while a server of two workers runs is served with its release."""

import pytest

from tests.e2e.servers import serving

#: Over a connection of its own each, so that both workers answer some.
IN_A_ROW = 30
PATHS = ("/v1/smtp-hosts", "/v1/smtp-hosts/uk", "/smtp-hosts", "/v1/openapi.json", "/v1")


@pytest.fixture
def world(factory):
    factory.world().publish("The world.")
    return factory


def test_a_running_server_serves_a_kind_with_its_release(world):
    with serving(world) as server:
        before = {path: server.ask(path) for path in PATHS}
        world.kind("smtp-hosts", {"name": "host", "type": "host", "required": True})
        world.facts("smtp-hosts", {"id": "uk", "host": "smtp-uk.example.com"})
        release = world.publish("Hosts.").id
        server.wait_until_served(release)
        after = {path: [server.ask(path) for _ in range(IN_A_ROW)] for path in PATHS}
        pinned = server.ask("/v1/smtp-hosts?release=2026-02-02.01")

    assert [before[path].status for path in PATHS] == [404, 404, 404, 200, 200]
    for answers in after.values():
        assert {(a.status, a.headers["ETag"], a.body) for a in answers} == {
            (200, answers[0].headers["ETag"], answers[0].body)
        }
    listed, one, page, contract, index = (after[path][0] for path in PATHS)
    assert [item["id"] for item in listed.json()["items"]] == ["uk"]
    assert one.json()["host"] == "smtp-uk.example.com"
    assert b"smtp-uk.example.com" in page.body
    assert "/v1/smtp-hosts/{id}" in contract.json()["paths"]
    assert "/v1/smtp-hosts" in [each["href"] for each in index.json()["resources"]]
    assert pinned.status == 404


def test_a_kind_that_was_withdrawn_is_served_as_of_its_releases(world):
    world.kind("smtp-hosts", {"name": "host", "type": "host", "required": True})
    world.facts("smtp-hosts", {"id": "uk", "host": "smtp-uk.example.com"})
    release = world.publish("Hosts.").id
    for path in ("kinds/smtp-hosts.yaml", "facts/smtp-hosts.yaml"):
        world.path(path).unlink()
    keys = [("kinds", "smtp-hosts"), ("smtp-hosts", "uk")]
    world.withdrawn(*({"collection": c, "id": i, "reason": "Gone."} for c, i in keys))
    world.publish("No hosts.")

    client = world.client()

    assert client.get(f"/v1/smtp-hosts/uk?release={release}").status_code == 200
    assert client.get(f"/smtp-hosts?release={release}").status_code == 200
    assert client.get("/v1/smtp-hosts").status_code == 410
    assert client.get("/v1/smtp-hosts/uk").json["detail"].endswith("Gone.")
