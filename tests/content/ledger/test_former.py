"""Releases that were published before contract 1.0.0, read in today's words."""

import json

import pytest

from content.ledger.release import compute_digest, parse_release
from schemas.collections import COLLECTIONS

BODY = {
    "id": "from-service",
    "name": "From the service",
    "description": "Reads.",
    "initiator": "customer",
    "rule": "inbound",
    "fixed_addresses": True,
    "advice": "Allow it.",
    "aliases": [],
    "sources": [
        {"title": "A", "url": None, "retrieved_on": None, "confidence": "stated"},
    ],
    "reviewed_on": "2026-01-15",
    "review_by": "2027-01-15",
    "deprecated_on": None,
    "sunset_on": None,
}


def read(**fields):
    change = {
        "action": "put",
        "collection": "traffic-classes",
        "id": "from-service",
        "body": {**BODY, **fields},
        "cites": [],
        "reason": None,
        "successor": None,
    }
    stored = {
        "format": 1,
        "number": 1,
        "release": "2026-02-01.01",
        "summary": "First.",
        "published_at": "2026-02-01T12:00:00Z",
        "previous": None,
        "changes": [change],
    }
    data = json.dumps({**stored, "digest": compute_digest(stored)}).encode()
    return parse_release(data, None, COLLECTIONS).changes[0].document.body


def test_a_document_without_a_day_of_writing_was_written_when_it_was_reviewed():
    body = read()

    assert (body["written_on"], body["reviewed_on"]) == ("2026-01-15", "2026-01-15")
    assert (body["caveats"], body["sources"][0]["published_on"]) == ([], None)


@pytest.mark.parametrize(("former", "now"), [("example", "service"), ("customer", "customer")])
def test_a_company_that_opened_connections_is_the_service(former, now):
    assert read(initiator=former)["initiator"] == now
