"""JSON is ASCII, so that clients that take it for Latin-1 read the same."""

import json

import pytest


@pytest.mark.parametrize("query", ["", "&format=jsonld"])
def test_a_body_reads_the_same_in_every_charset(client, query):
    answer = client.get(f"/v1/faqs/addresses?application=O\u2019M\xfcller%20\u30ab{query}")

    as_latin_1 = json.loads(answer.get_data().decode("latin-1"))
    assert as_latin_1 == json.loads(answer.get_data().decode("utf-8"))
    assert "O\u2019M\xfcller \u30ab" in json.dumps(as_latin_1, ensure_ascii=False)
    assert answer.content_type in ("application/json", "application/ld+json")


def test_a_problem_reads_the_same_in_every_charset(client):
    answer = client.get("/v1/faqs?dc=M\xfcnchen")

    assert answer.get_data().isascii()
    assert "M\xfcnchen" in client.get("/v1/faqs/x?dc=M\xfcnchen").get_json()["detail"]
