"""The header Link: where an answer leads."""

import re

import pytest

pytestmark = pytest.mark.fourfold

TARGET = re.compile(r'<([^>]+)>; rel="([a-z-]+)"(?:; type="([^"]+)")?')


def read_links(answer) -> list[tuple[str, str, str]]:
    return TARGET.findall(answer.headers["Link"])


def follow(answer, relation: str) -> list[str]:
    return [target for target, known, _ in read_links(answer) if known == relation]


def test_every_answer_leads_to_the_contract(client):
    for path in ("/v1", "/v1/faqs", "/v1/clouds/workspace", "/v1/changes", "/v1/releases"):
        (target,) = follow(client.get(path), "service-desc")

        assert client.get(target).get_json()["openapi"].startswith("3.1")


@pytest.mark.parametrize("query", ["", "?dc=uk&application=A%20%26%20B", "?release=2026-02-02.01"])
def test_every_form_leads_to_the_others_with_the_same_context(client, query):
    answer = client.get(f"/v1/faqs/addresses{query}")

    links = [link for link in read_links(answer) if link[1] == "alternate"]
    assert {"text/html", "text/markdown", "text/plain"} <= {kind for _, _, kind in links}
    for target, _, kind in links:
        other = client.get(target)
        assert other.content_type.startswith(kind)
        assert other.headers["Content-Release"] == answer.headers["Content-Release"]
        assert "Acme" not in other.text
        back = [t for t, _, k in read_links(other) if k == "application/json" and "format" in t]
        assert client.get(back[0]).data == answer.data


def test_a_form_that_may_be_refused_is_not_announced(client):
    listed = "/v1/ip-ranges?traffic=from-service&dc=uk"
    for path in ("/v1/ip-ranges", listed, f"{listed}&format=txt&aggregate=true&samples=true"):
        targets = follow(client.get(path), "alternate")

        assert targets
        assert [client.get(target).status_code for target in targets] == [200] * len(targets)


def test_the_next_page_is_where_the_body_says(factory):
    for number in range(5):
        factory.world().faq(f"a{number}")
    factory.publish()
    client = factory.client()
    answer, seen = client.get("/v1/faqs?limit=2"), []

    while True:
        seen += [item["id"] for item in answer.get_json()["items"]]
        following = follow(answer, "next")
        assert bool(following) == bool(answer.get_json()["next_cursor"])
        if not following:
            break
        answer = client.get(following[0])

    assert sorted(seen) == ["a0", "a1", "a2", "a3", "a4", "addresses"]


def test_an_old_answer_leads_to_the_newest_and_to_all(factory):
    factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    factory.publish()
    client = factory.client()

    old = client.get("/v1/faqs/addresses?release=2026-02-02.01&application=Acme&on=2026-02-02")

    (latest,) = follow(old, "latest-version")
    (history,) = follow(old, "version-history")
    assert latest == "/v1/faqs/addresses?application=Acme"
    assert "67890" in client.get(latest).get_json()["answer"]["markdown"]
    assert client.get(history).get_json()["count"] == 2


def test_the_front_page_leads_to_the_reference_and_to_the_catalogue(client):
    answer = client.get("/v1")

    (reference,) = follow(answer, "service-doc")
    (catalogue,) = follow(answer, "api-catalog")
    assert client.get(reference).content_type.startswith("text/html")
    assert client.get(catalogue).content_type.startswith("application/linkset+json")


def test_a_list_has_no_versions(client):
    known = {relation for _, relation, _ in read_links(client.get("/v1/clouds"))}

    assert known == {"service-desc"}


def test_equal_requests_have_equal_links(client):
    first = client.get("/v1/faqs/addresses?dc=uk&application=Acme")
    second = client.get("/v1/faqs/addresses?application=Acme&dc=uk")

    assert first.headers["Link"] == second.headers["Link"]
