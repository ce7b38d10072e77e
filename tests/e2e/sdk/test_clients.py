"""Clients made from the committed contract by the generators that people use, against servers."""

import json
import re

import pytest

from tests.e2e.sdk.clients import CLIENTS, HERE, ROOT
from tests.e2e.sdk.expected import list_expected
from tests.e2e.sdk.workshop import Workshop

_VERSION = re.compile(r"\d+(?:\.\d+)+")


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.folder)
def test_a_generated_client_does_nine_things_today_and_when_answers_have_grown(
    client, tmp_path, server, grown
):
    workshop = Workshop(client, tmp_path)
    expected = list_expected(server)

    workshop.generate_and_build()
    today, later = (
        workshop.run(f"{client.run} http://127.0.0.1:{running.port}") for running in (server, grown)
    )

    assert [json.loads(line) for line in today.splitlines()] == expected
    assert later == today
    if client.misspelling:
        assert client.misspelling[1].rpartition(".")[2] in workshop.build_misspelled()


def test_the_nine_things_meet_what_they_are_about(server):
    ranges, faqs, answer, lookup, older, changes, problems, clouds, renamed = list_expected(server)

    assert len(ranges["ranges"]) > 4
    assert (len(faqs["faqs"]), faqs["pages"]) >= (9, 3)
    assert "Acme" in answer["text"]
    assert {row["relation"] for row in lookup["lookup"]} == {"inside", "outside"}
    assert older["clouds"] > 0
    assert {action for *_, action in changes["changes"]} == {"added", "changed"}
    assert problems["problems"][1]["parameters"] == ["dc"]
    assert 0 < len(clouds["unsupported"]) < len(clouds["clouds"])
    assert renamed["renamed"]["id"] != renamed["renamed"]["asked"]


def test_a_grown_answer_has_a_field_more_in_every_object(server, grown):
    def list_keys(value):
        if isinstance(value, dict):
            yield tuple(value)
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, dict | list):
                yield from list_keys(inner)

    def drop(value):
        if isinstance(value, dict):
            return {name: drop(inner) for name, inner in value.items() if name != "added_later"}
        return [drop(inner) for inner in value] if isinstance(value, list) else value

    for path in ("/v1/faqs/fixed-ip-addresses", "/v1/ip-ranges?dc=uk&dc=atlantis"):
        before, after = server.ask(path), grown.ask(path)
        assert (after.status, drop(after.json())) == (before.status, before.json())
        own = [keys for keys in list_keys(after.json()) if keys not in (("of",), ("release",))]
        assert own
        assert all("added_later" in keys for keys in own)


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.folder)
def test_the_generator_of_a_client_is_pinned_to_the_version_that_the_page_names(client):
    for file, words in client.pins.items():
        assert words in (ROOT / file).read_text(encoding="utf-8")

    named = set(_VERSION.findall(client.title))
    assert named
    assert named <= set(_VERSION.findall(" ".join(client.pins.values())))


def test_every_program_is_in_the_table():
    programs = {path for path in HERE.glob("*/*") if path.stem.lower() == "nine"}

    assert programs == {client.path for client in CLIENTS}
