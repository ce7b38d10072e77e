"""What a document says of its own path, and of what is about it, is there."""


def list_links(value):
    """Each path below a `links` in *value*."""
    if isinstance(value, list):
        return {path for each in value for path in list_links(each)}
    if not isinstance(value, dict):
        return set()
    own = [path for path in value.get("links", {}).values() if path is not None]
    return {*own, *(path for each in value.values() for path in list_links(each))}


def test_every_link_of_every_list_leads_to_something(factory):
    factory.world()
    factory.kind("smtp-hosts", {"name": "host", "type": "host"})
    factory.facts("smtp-hosts", {"id": "uk"})
    factory.publish("The world.")
    client = factory.client()
    lists = [each["href"] for each in client.get("/v1").get_json()["resources"]]

    links = {
        path
        for each in lists
        if "lookup" not in each and "openapi" not in each
        for path in list_links(client.get(each).get_json(silent=True))
    }

    assert {"/v1/topics/network", "/v1/smtp-hosts/uk", "/v1/kinds/smtp-hosts"} <= links
    assert [path for path in sorted(links) if client.get(path).status_code != 200] == []


def test_a_topic_changes_with_the_number_of_its_answers(factory):
    factory.world().publish("The world.")
    factory.faq("more", topics=["network"])
    factory.publish("Another answer.")
    client = factory.client()

    topic = client.get("/v1/topics/network")
    before = client.get("/v1/topics/network?release=2026-02-02.01")

    assert (topic.get_json()["faq_count"], before.get_json()["faq_count"]) == (2, 1)
    assert topic.headers["Last-Modified"] > before.headers["Last-Modified"]
    assert topic.headers["Content-Release"] == "2026-02-03.01"
