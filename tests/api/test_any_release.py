"""What verifies can be served: no release that the ledger accepts makes a path fail."""

import json
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from structlog.testing import capture_logs

from api.app import create_app
from api.settings import Settings
from content.documents import Citation, Document, Key
from content.ledger.release import Change, build_release
from openapi.document import read_document
from tests.content.chains import NOON, build_document
from tests.content.stored_releases import stored_ledgers, write_ledger

CONTRACT = json.loads(read_document())
RELEASES = [f"2026-02-{number:02d}.01" for number in (1, 2, 3)]
LEAST_FAQ = {"question": "What?", "position": 1, "topics": [], "status": "current"}
#: Values for the parameters that are not one of a few words.
VALUES = {
    "release": RELEASES[0],
    "since": RELEASES[0],
    "until": RELEASES[1],
    "on": "2026-02-04",
    "dc": "uk",
    "application": "Acme & <b>",
    "traffic": "from-service",
    "cites": "data-centers/uk",
    "ip": "203.0.114.7",
    "collection": "faqs",
    "topic": "a",
    "applies_to": "a",
    "limit": "1",
    "samples": "true",
    "aggregate": "true",
}


def list_names(ledger: list[dict]) -> dict[str, set[str]]:
    """Return every id and alias of *ledger* by the last part of the paths that have it."""
    names = {"releases": set(RELEASES)}
    for change in (change for stored in ledger for change in stored["changes"]):
        aliases = (change["body"] or {}).get("aliases", ())
        names.setdefault(change["collection"], {"nothing"}).update((change["id"], *aliases))
    return names


def list_targets(rule: str, names: dict[str, set[str]]) -> list[str]:
    """Return the paths of *rule*, with each id there is, and each value of each parameter."""
    before = rule.partition("/<id>")[0].rpartition("/")[2]
    ids = sorted(names.get(before, ())) if "<id>" in rule else [""]
    paths = [rule.replace("<id>", name) for name in ids]
    found = CONTRACT["paths"].get(rule.replace("<", "{").replace(">", "}"))
    if found is None:
        queries = [{}, {"dc": "uk"}, {"release": RELEASES[0]}, {"since": RELEASES[0], "dc": "de"}]
    else:
        parameters = found["get"].get("parameters", [])
        queries = [{}, *(query for each in parameters for query in list_queries(each))]
    return [f"{path}?{urlencode(query)}".rstrip("?") for path in paths for query in queries]


def list_queries(parameter: dict) -> list[dict]:
    if "$ref" in parameter:
        parameter = CONTRACT["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
    schema = parameter["schema"].get("items", parameter["schema"])
    if "$ref" in schema:
        schema = CONTRACT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    name = parameter["name"]
    values = schema.get("enum", [VALUES[name]] if name in VALUES else [])
    more = {"dc": "uk", "traffic": "from-service", "samples": "true"} if name == "format" else {}
    return [{name: value, **extra} for value in values for extra in ({}, more)[: 1 + bool(more)]]


@contextmanager
def serve(ledger: list[dict]):
    """The application over *ledger*; it logs nothing to the terminal."""
    with TemporaryDirectory() as folder, capture_logs():
        releases = Path(folder, "releases")
        write_ledger(releases, ledger)
        chosen = Settings(ledger=releases, public_url="https://faqts.example")
        app = create_app(chosen, clock=lambda: 1_772_366_400.0)
        app.extensions["faqts"].follower.refresh()
        assert app.test_client().get("/readyz").status_code == 200
        yield app


def find_failures(ledger: list[dict]) -> list[str]:
    """Return each target that fails over *ledger*."""
    names = list_names(ledger)
    with serve(ledger) as app:
        client = app.test_client()
        rules = [rule.rule for rule in app.url_map.iter_rules() if "/docs/" not in rule.rule]
        targets = [target for rule in rules for target in list_targets(rule, names)]
        targets.append("/oembed?url=https%3A%2F%2Ffaqts.example%2Ffaqs%2Fa")
        return [target for target in targets if client.get(target).status_code >= 500]


@settings(max_examples=settings.default.max_examples // 4)
@given(stored_ledgers())
def test_no_release_makes_a_path_fail(ledger):
    assert find_failures(ledger) == []


def test_an_answer_may_use_the_declaration_of_a_kind():
    body = {"title": "Hosts", "one": "host", "description": "Hosts.", "example": None}
    body |= {"fields": [], "filters": [], "order": [], "copied": [], "unique": []}
    kind = Document(Key("kinds", "hosts"), {"id": "hosts", **body})
    faq = build_document("faqs", id="a", summary="One.", markdown="Two.", **LEAST_FAQ)
    faq = replace(faq, cites=(Citation("kinds", "hosts", ("title",)),))
    changes = [Change(each.key, each) for each in (kind, faq)]
    _, data = build_release(None, NOON, "One.", changes)

    assert find_failures([json.loads(data)]) == []


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/v1/faqs", 1),
        *((f"/v1/faqs/a?format={name}", 1) for name in ("html", "md", "txt", "jsonld")),
        ("/v1/faqs/a", 4),
        ("/v1/releases/2026-02-01.01", 2),
        ("/v1/releases?format=atom", 2),
        ("/releases/2026-02-01.01", 2),
        ("/embed/faqs/a", 1),
        ("/faqs/a", 3),
        ("/", 1),
    ],
)
def test_what_does_not_parse_is_shown_literally(path, shown):
    document = build_document(
        "faqs", id="a", summary="{{ x }}", markdown="a {{ x }} b", **LEAST_FAQ
    )
    _, data = build_release(None, NOON, "One.", [Change(document.key, document)])

    with serve([json.loads(data)]) as app:
        body = app.test_client().get(path).get_data(as_text=True)

    assert body.count("{{ x }}") >= shown
