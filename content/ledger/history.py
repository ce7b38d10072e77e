"""The replay of the ledger: for each document, the releases at which it changed."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from content.documents import Document, Key
from content.ledger.citation_index import Citers
from content.ledger.gc_pause import pause_collection
from content.ledger.release import Change, Release
from content.ledger.versions import Naming, Touch, Version, count_up_to, find_newest, touch_again
from schemas.document import REVIEW_FIELDS

K = TypeVar("K", bound=Hashable)
L = TypeVar("L", bound=Hashable)
V = TypeVar("V")


@dataclass
class History:
    """Every release and what it did. Grows by `extend`; readers see it through catalogues.

    Attributes:
        releases: In order; the one numbered n stands at n - 1.
        versions: For each document, its versions in order.
        touches: For each document, when it or a value it cites changed, in order.
        touched: For each release, the documents whose touches it added to.
        ids: For each collection, every id ever published, in the order of publication.
        aliases: For each collection, every alias ever published, and what it meant when.
        namings: The numbers of the releases at which any alias got another meaning, in order.
        citers: Who has ever cited what.
    """

    releases: list[Release] = field(default_factory=list)
    versions: dict[Key, tuple[Version, ...]] = field(default_factory=dict)
    touches: dict[Key, tuple[Touch, ...]] = field(default_factory=dict)
    touched: list[tuple[Key, ...]] = field(default_factory=list)
    ids: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    aliases: dict[str, dict[str, tuple[Naming, ...]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    namings: list[int] = field(default_factory=list)
    citers: Citers = field(default_factory=Citers)

    def extended(self, releases: Iterable[Release]) -> "History":
        """Return a history that also holds *releases*; this one stays as it is."""
        grown = History(
            list(self.releases),
            dict(self.versions),
            dict(self.touches),
            list(self.touched),
            _copy_tables(self.ids),
            _copy_tables(self.aliases),
            list(self.namings),
            self.citers.copied(),
        )
        with pause_collection():
            for release in releases:
                grown._append(release)
        return grown

    def find_document(self, key: Key, number: int) -> Document | None:
        """Return the document *key* as it stood at release *number*."""
        version = self.find_version(key, number)
        return version.change.document if version else None

    def list_documents(self, keys: Iterable[Key], number: int) -> Iterator[Document]:
        """Yield the documents *keys* that stand at release *number*."""
        for key in keys:
            version = find_newest(self.versions.get(key, ()), number)
            if version is not None and version.change.document is not None:
                yield version.change.document

    def find_version(self, key: Key, number: int) -> Version | None:
        """Return the newest version of *key* up to release *number*."""
        return find_newest(self.versions.get(key, ()), number)

    def find_touch(self, key: Key, number: int) -> Touch | None:
        """Return the newest touch of *key* up to release *number*."""
        return find_newest(self.touches.get(key, ()), number)

    def resolve_alias(self, collection: str, document_id: str, number: int) -> str:
        """Return the id that *document_id* has at release *number*; itself when it is no alias."""
        namings = self.aliases.get(collection, {}).get(document_id, ())
        naming = find_newest(namings, number)
        return naming.id or document_id if naming else document_id

    def list_meanings(self, collection: str, document_id: str) -> set[str]:
        """Return every id that *document_id* has ever had, itself among them."""
        namings = self.aliases.get(collection, {}).get(document_id, ())
        return {document_id, *(naming.id for naming in namings if naming.id)}

    def list_touches(self, key: Key, number: int) -> tuple[Touch, ...]:
        """Return the touches of *key* up to release *number*."""
        touches = self.touches.get(key, ())
        return touches[: count_up_to(touches, number)]

    def _append(self, release: Release) -> None:
        before = {c.key: self.find_document(c.key, release.number) for c in release.changes}
        self.releases.append(release)
        for change in release.changes:
            self._put(Version(release.number, change))
        self._name(release, before)
        touched = {c.key: _revises(before[c.key], c.document) for c in release.changes}
        for change in release.changes:
            self._touch_citers(change, before[change.key], release.number, touched)
        self.touched.append(tuple(touched))
        for key, revised in touched.items():
            known = self.touches.get(key, ())
            self.touches[key] = (*known, touch_again(known, release.number, revised=revised))

    def _put(self, version: Version) -> None:
        key, document = version.change.key, version.change.document
        self.versions[key] = (*self.versions.get(key, ()), version)
        self.ids[key.collection][key.id] = None
        if document:
            self.citers.add(document)

    def _name(self, release: Release, before: Mapping[Key, Document | None]) -> None:
        """Note what aliases mean from *release* on; first who lost one, then who got it."""
        pairs = [
            (c.key, _list_aliases(before[c.key]), _list_aliases(c.document))
            for c in release.changes
        ]
        lost = [(key, alias, None) for key, was, now in pairs for alias in was if alias not in now]
        got = [(key, alias, key.id) for key, was, now in pairs for alias in now if alias not in was]
        for key, alias, meant in (*lost, *got):
            known = self.aliases[key.collection]
            known[alias] = (*known.get(alias, ()), Naming(release.number, meant))
        if lost or got:
            self.namings.append(release.number)

    def _touch_citers(
        self, change: Change, was: Document | None, number: int, touched: dict[Key, bool]
    ) -> None:
        """Mark in *touched* who shows a changed value; who is marked as revised is not asked."""
        before = was.body if was else None
        after = change.document.body if change.document else None
        for citation, citers in self.citers.list_changed(change.key, before, after):
            for citer in citers:
                document = None if touched.get(citer) else self.find_document(citer, number)
                if document is not None and citation in document.cites:
                    touched[citer] = True


def _revises(before: Document | None, after: Document | None) -> bool:
    if before is None or after is None:
        return True
    names = (after.body.keys() | before.body.keys()) - REVIEW_FIELDS
    return before.cites != after.cites or any(
        before.body.get(name) != after.body.get(name) for name in names
    )


def _list_aliases(document: Document | None) -> Sequence[str]:
    return document.body["aliases"] if document else ()


def _copy_tables(tables: Mapping[K, dict[L, V]]) -> dict[K, dict[L, V]]:
    copied: dict[K, dict[L, V]] = defaultdict(dict)
    copied.update({name: dict(members) for name, members in tables.items()})
    return copied
