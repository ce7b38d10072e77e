"""Releases built without an editor: chains of them, their files, and files made by hand."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import rfc8785

from content.documents import Document, Key
from content.ledger.release import Change, build_release
from schemas.collections import COLLECTIONS
from tests.content_factory import COMMON, LEAST

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


def build_document(collection, **fields):
    """A document with every authored field, what is left out filled in."""
    schema = COLLECTIONS[collection].strict
    body = schema.load({**LEAST.get(collection, {}), **COMMON, **fields})
    ordered = {name: body[name] for name in COLLECTIONS[collection].authored}
    return Document(Key(collection, body["id"]), ordered)


def build_chain(length):
    """Releases a day apart, each with a new cloud, and the bytes of their files."""
    chain, previous = [], None
    for place in range(1, length + 1):
        document = build_document("clouds", id=f"cloud-{place}")
        changes = [Change(document.key, document)]
        instant = NOON + timedelta(days=place)
        previous, data = build_release(previous, instant, f"Number {place}.", changes)
        chain.append((previous, data))
    return chain


def write_chain(folder, length=3):
    """Write a chain as files and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    chain = build_chain(length)
    for release, data in chain:
        (folder / f"{release.number:05d}.json").write_bytes(data)
    return chain


def seal(kept):
    """The bytes of a release file made by hand, with the digest that an outsider computes."""
    covered = {name: value for name, value in kept.items() if name != "digest"}
    digest = f"sha256:{sha256(rfc8785.dumps(covered)).hexdigest()}"
    return json.dumps({**covered, "digest": digest}, ensure_ascii=False).encode()
