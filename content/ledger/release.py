"""Releases: numbered sets of changes, chained by digests, and their file format."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from marshmallow import ValidationError

from content.documents import KINDS, Citation, Document, Key
from content.ledger.former import read_former
from schemas.collection import Collections
from schemas.collections import COLLECTIONS
from schemas.declarations.collection import Declaration, apply_kinds
from schemas.declarations.faults import find_unreadable
from schemas.release import LEDGER_FORMAT, StoredReleaseSchema

_SCHEMA = StoredReleaseSchema()
#: The fix for a damaged file.
RESTORE = "Restore the published file."
#: The fix for a ledger that a newer version wrote.
UPDATE = "Update faqts."
#: The fix for a ledger to which two branches added releases.
KEEP_ONE_BRANCH = (
    "Two branches that both published were merged. Keep the releases of the branch that is served, "
    "such as main: run 'git restore --source=main --staged --worktree -- releases' in the content "
    "folder. Then publish the remaining changes of the other branch. See 'Two branches that both "
    "published' in docs/content.md."
)
#: A git conflict marker. No line of a release starts like this.
_CONFLICT = re.compile(rb"^(?:<{7}|\|{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one document: its new content, or its deletion.

    Attributes:
        key: Collection and ID of the document.
        document: The complete new document. None if it is deleted.
        reason: Why it was withdrawn.
        successor: `collection/id` of its replacement.
    """

    key: Key
    document: Document | None
    reason: str | None = None
    successor: str | None = None


@dataclass(frozen=True)
class Release:
    """An immutable set of changes.

    Attributes:
        number: Its position in the chain, from 1.
        id: Its public ID, `YYYY-MM-DD.NN`.
        published_at: `YYYY-MM-DDThh:mm:ssZ`.
        summary: What changed, in one sentence for readers.
        previous: The digest of the previous release. None for the first.
        changes: The changes, in the order of the collections, then by ID.
        digest: `sha256:` and the digest of all fields above.
        collections: The table of collections in force after it. Not compared, because it follows
            from the releases up to this one.
    """

    number: int
    id: str
    published_at: str
    summary: str
    previous: str | None
    changes: tuple[Change, ...]
    digest: str
    collections: Collections = field(compare=False, repr=False)

    @property
    def published_on(self) -> str:
        """The day it was published, in UTC."""
        return self.published_at[:10]


class ReleaseFault(ValueError):  # noqa: N818  A reason, which the reader turns into a LedgerError.
    """Why a file is not the expected release, and how to fix it."""

    def __init__(self, reason: str, repair: str = RESTORE) -> None:
        super().__init__(f"{reason} {repair}")


def build_release(
    previous: Release | None,
    instant: datetime,
    summary: str,
    changes: Iterable[Change],
    built_in: Collections = COLLECTIONS,
) -> tuple[Release, bytes]:
    """Return the release that follows *previous*, and the bytes of its file.

    Args:
        instant: The time of publication, in UTC and whole seconds.
        built_in: The table of collections before the first release.
    """
    day = instant.astimezone(UTC).date()
    listed = tuple(changes)
    stored: dict[str, Any] = {
        "format": LEDGER_FORMAT,
        "number": previous.number + 1 if previous else 1,
        "release": _name_release(previous, day),
        "published_at": instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "summary": summary,
        "previous": previous.digest if previous else None,
        "changes": [_dump_change(change) for change in listed],
    }
    stored["digest"] = compute_digest(stored)
    kinds = {
        c.key.id: c.document.body if c.document else None
        for c in listed
        if c.key.collection == KINDS
    }
    table = _apply_kinds(previous.collections if previous else built_in, kinds)
    return _assemble_release(stored, listed, table), (
        json.dumps(stored, indent=2, ensure_ascii=False) + "\n"
    ).encode()


def parse_release(data: bytes, previous: Release | None, built_in: Collections) -> Release:
    """Return the release in *data*, which must follow *previous*.

    Documents are read leniently: unknown fields are dropped, missing fields get their default, and
    documents of unknown collections are ignored. The kinds that the release declares are read
    first.

    Args:
        built_in: The table of collections before the first release.

    Raises:
        ReleaseFault: The file format, number, ID, date, chain or digest is wrong.
    """
    try:
        stored = json.loads(data.decode(), object_pairs_hook=_reject_duplicate_keys)
        checked: dict[str, Any] = _SCHEMA.load(stored)
        digest = compute_digest(stored)
    except (ValueError, RecursionError, ValidationError) as error:
        if _CONFLICT.search(data):
            raise ReleaseFault("contains git conflict markers.", KEEP_ONE_BRANCH) from None
        raise ReleaseFault(f"is not a release file: {_shorten(error).rstrip('.')}.") from None
    if checked["digest"] != digest:
        raise ReleaseFault("has a digest that does not match its content.")
    _check_chain(checked, previous)
    _check_once(checked["changes"])
    before = previous.collections if previous else built_in
    table = _apply_kinds(before, _load_kinds(checked["changes"], before))
    # Documents that are withdrawn together with their kind need the previous table.
    known = table if table is before else table.joined(before)
    return _assemble_release(checked, tuple(_load_changes(checked["changes"], known)), table)


def compute_digest(stored: Mapping[str, Any]) -> str:
    """Return the digest of the content of a release file.

    The keys are ASCII and there are no floats, so sorted compact JSON is the canonical form.

    Raises:
        UnicodeEncodeError: A text contains a lone surrogate, which UTF-8 cannot encode.

    Source: RFC 8785.
    """
    covered = {name: value for name, value in stored.items() if name != "digest"}
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def order_release(release_id: str) -> tuple[str, int]:
    """Return the sort key of a release ID: its day, then its number on that day."""
    day, _, place = release_id.partition(".")
    return day, int(place)


def _assemble_release(
    stored: Mapping[str, Any], changes: tuple[Change, ...], table: Collections
) -> Release:
    return Release(
        number=stored["number"],
        id=stored["release"],
        published_at=stored["published_at"],
        summary=stored["summary"],
        previous=stored["previous"],
        changes=changes,
        digest=stored["digest"],
        collections=table,
    )


def _name_release(previous: Release | None, day: date) -> str:
    before_day, place = order_release(previous.id) if previous else ("", 0)
    return f"{day.isoformat()}.{place + 1 if before_day == day.isoformat() else 1:02d}"


def _check_chain(stored: Mapping[str, Any], previous: Release | None) -> None:
    if stored["format"] != LEDGER_FORMAT:
        reason = f"has format {stored['format']}, but this version reads format {LEDGER_FORMAT}."
        raise ReleaseFault(reason, UPDATE)
    if stored["published_at"][:10] != stored["release"][:10]:
        raise ReleaseFault("has different days in `release` and `published_at`.")
    expected = previous.number + 1 if previous else 1
    if stored["number"] != expected:
        raise ReleaseFault(f"has number {stored['number']} instead of {expected}.")
    if stored["previous"] != (previous.digest if previous else None):
        reason = "does not continue the chain: `previous` is not the digest of the release before."
        raise ReleaseFault(reason, KEEP_ONE_BRANCH)
    if previous is None:
        return
    if stored["published_at"] <= previous.published_at:
        raise ReleaseFault("has a `published_at` that is not after the one of the release before.")
    if order_release(stored["release"]) <= order_release(previous.id):
        raise ReleaseFault(f"has an ID that does not come after {previous.id}.")


def _check_once(changes: Iterable[Mapping[str, Any]]) -> None:
    counts = Counter(Key(change["collection"], change["id"]) for change in changes)
    twice = [key for key, count in counts.items() if count > 1]
    if twice:
        raise ReleaseFault(f"changes {twice[0]} more than once.")


def _reject_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return *pairs* as a dict. Duplicate keys are rejected, because they mislead reviewers."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise ValueError(f"the key {counts.most_common(1)[0][0]!r} appears more than once.")
    return found


def _dump_change(change: Change) -> dict[str, Any]:
    document = change.document
    return {
        "action": "put" if document else "delete",
        "collection": change.key.collection,
        "id": change.key.id,
        "body": document.body if document else None,
        "cites": [_dump_citation(citation) for citation in document.cites] if document else [],
        "reason": change.reason,
        "successor": change.successor,
    }


def _dump_citation(citation: Citation) -> dict[str, Any]:
    return {
        "collection": citation.collection,
        "id": citation.id,
        "fields": list(citation.fields),
        "where": dict(citation.where),
    }


def _load_kinds(
    stored: Iterable[Mapping[str, Any]], collections: Collections
) -> dict[str, Declaration | None]:
    kinds: dict[str, Declaration | None] = {}
    for change in stored:
        key = Key(change["collection"], change["id"])
        if key.collection == KINDS and change["action"] == "put":
            body = kinds[key.id] = _load_body(key, change["body"], collections)
            for path, message in find_unreadable(body):
                at = ".".join(map(str, path))
                raise ReleaseFault(f"{key} cannot be read: {at}: {message}", UPDATE)
        elif key.collection == KINDS:
            kinds[key.id] = None
    return kinds


def _apply_kinds(collections: Collections, kinds: Mapping[str, Declaration | None]) -> Collections:
    return apply_kinds(collections, kinds) if kinds else collections


def _load_changes(
    stored: Iterable[Mapping[str, Any]], collections: Collections
) -> Iterable[Change]:
    for change in stored:
        key = Key(change["collection"], change["id"])
        if key.collection not in collections:
            continue
        document = None
        if change["action"] == "put":
            document = Document(key, _load_body(key, change["body"], collections), _cite(change))
        yield Change(key, document, change["reason"], change["successor"])


def _load_body(key: Key, body: Any, collections: Collections) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = collections[key.collection].lenient.load(read_former(body or {}))
    except ValidationError as error:
        raise ReleaseFault(f"{key} cannot be read: {_shorten(error)}") from None
    if loaded["id"] != key.id:
        raise ReleaseFault(f"{key} cannot be read: its body has the ID {loaded['id']!r}.")
    return {name: loaded[name] for name in collections[key.collection].authored}


def _cite(change: Mapping[str, Any]) -> tuple[Citation, ...]:
    return tuple(
        _intern_citation(c["collection"], c["id"], tuple(c["fields_"]), tuple(c["where"].items()))
        for c in change["cites"]
    )


#: Many documents have the same citations, so equal citations share one object.
_intern_citation = lru_cache(maxsize=4096)(Citation)


def _shorten(error: Exception) -> str:
    message = str(error.messages) if isinstance(error, ValidationError) else str(error)
    return message if len(message) <= 200 else f"{message[:200]} …"  # noqa: PLR2004  One line of a log.
