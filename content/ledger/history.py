"""The history: all releases replayed into versions and revisions of each document."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from content.documents import Document, Key
from content.ledger.citation_index import CitationIndex
from content.ledger.gc_pause import gc_paused
from content.ledger.release import Change, Release
from content.ledger.versions import (
    AliasTarget,
    Revision,
    Version,
    count_up_to,
    find_newest,
    next_revision,
)
from schemas.document import REVIEW_FIELDS

K = TypeVar("K", bound=Hashable)
L = TypeVar("L", bound=Hashable)
V = TypeVar("V")


@dataclass
class History:
    """All releases, indexed by document. Read through catalogues, never changed after `extended`.

    Attributes:
        releases: All releases in order. Release n is at index n - 1.
        versions: The versions of each document, in order. If its kind gains a field, a version is
            added, although no release changed the document.
        revisions: The revisions of each document, in order.
        changed_keys: For each release, the documents that got a revision.
        changed_in: For each collection, the numbers of the releases that changed it, in order.
        ids: For each collection, all IDs ever published, in the order of publication.
        aliases: For each collection, all aliases ever published, with their targets over time.
        alias_history: The numbers of the releases that changed the target of an alias, in order.
        citation_index: All citations that ever existed.
    """

    releases: list[Release] = field(default_factory=list)
    versions: dict[Key, list[Version]] = field(default_factory=dict)
    revisions: dict[Key, list[Revision]] = field(default_factory=dict)
    changed_keys: list[tuple[Key, ...]] = field(default_factory=list)
    changed_in: dict[str, list[int]] = field(default_factory=dict)
    ids: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    aliases: dict[str, dict[str, tuple[AliasTarget, ...]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    alias_history: list[int] = field(default_factory=list)
    citation_index: CitationIndex = field(default_factory=CitationIndex)

    def extended(self, releases: Iterable[Release]) -> "History":
        """Return a new history that also contains *releases*."""
        grown = History(
            list(self.releases),
            _copy_lists(self.versions),
            _copy_lists(self.revisions),
            list(self.changed_keys),
            _copy_lists(self.changed_in),
            _copy_tables(self.ids),
            _copy_tables(self.aliases),
            list(self.alias_history),
            self.citation_index.copied(),
        )
        with gc_paused():
            for release in releases:
                grown._append(release)
        return grown

    def find_document(self, key: Key, number: int) -> Document | None:
        """Return the document *key* as of release *number*. None if it does not exist."""
        version = self.find_version(key, number)
        return version.change.document if version else None

    def list_documents(self, keys: Iterable[Key], number: int) -> Iterator[Document]:
        """Yield the documents in *keys* that exist in release *number*."""
        for versions in map(self.versions.get, keys):
            version = find_newest(versions or (), number)
            if version is not None and version.change.document is not None:
                yield version.change.document

    def find_version(self, key: Key, number: int) -> Version | None:
        """Return the newest version of *key* up to release *number*, if any."""
        return find_newest(self.versions.get(key, ()), number)

    def find_revision(self, key: Key, number: int) -> Revision | None:
        """Return the newest revision of *key* up to release *number*, if any."""
        return find_newest(self.revisions.get(key, ()), number)

    def resolve_alias(self, collection: str, document_id: str, number: int) -> str:
        """Return the target of *document_id* at release *number*, or itself if it is no alias."""
        targets = self.aliases.get(collection, {}).get(document_id, ())
        target = find_newest(targets, number)
        return target.id or document_id if target else document_id

    def alias_targets(self, collection: str, document_id: str) -> set[str]:
        """Return all IDs that *document_id* ever was an alias of, and *document_id* itself."""
        targets = self.aliases.get(collection, {}).get(document_id, ())
        return {document_id, *(target.id for target in targets if target.id)}

    def list_revisions(self, key: Key, number: int) -> Sequence[Revision]:
        """Return the revisions of *key* up to release *number*, oldest first."""
        revisions = self.revisions.get(key, ())
        return revisions[: count_up_to(revisions, number)]

    def _append(self, release: Release) -> None:
        if self.releases and release.collections is not self.releases[-1].collections:
            self._complete(release)
        before = {c.key: self.find_document(c.key, release.number) for c in release.changes}
        self.releases.append(release)
        for change in release.changes:
            self._put(Version(release.number, change))
        self._name(release, before)
        changed_keys = {c.key: _revises(before[c.key], c.document) for c in release.changes}
        for change in release.changes:
            self._revise_citing(change, before[change.key], release.number, changed_keys)
        self.changed_keys.append(tuple(changed_keys))
        for collection in {key.collection for key in changed_keys}:
            self.changed_in.setdefault(collection, []).append(release.number)
        for key, revised in changed_keys.items():
            known = self.revisions.setdefault(key, [])
            known.append(next_revision(known, release.number, revised=revised))

    def _complete(self, release: Release) -> None:
        """Add the fields that *release* adds to a kind to the documents of this kind.

        The documents did not change, so this creates no revisions.
        """
        before = self.releases[-1].collections
        for kind in release.collections.declared:
            grew = kind.name in before and kind.authored != before[kind.name].authored
            for document_id in self.ids.get(kind.name, ()) if grew else ():
                key = Key(kind.name, document_id)
                document = self.find_document(key, release.number)
                if document is not None:
                    completed = Document(key, kind.complete(document.body), document.cites)
                    self.versions[key].append(Version(release.number, Change(key, completed)))

    def _put(self, version: Version) -> None:
        key, document = version.change.key, version.change.document
        self.versions.setdefault(key, []).append(version)
        self.ids[key.collection][key.id] = None
        if document:
            self.citation_index.add(document)

    def _name(self, release: Release, before: Mapping[Key, Document | None]) -> None:
        """Record the alias targets that *release* changes: removed aliases first, then new ones."""
        pairs = [
            (c.key, _list_aliases(before[c.key]), _list_aliases(c.document))
            for c in release.changes
        ]
        lost = [(key, alias, None) for key, was, now in pairs for alias in was if alias not in now]
        got = [(key, alias, key.id) for key, was, now in pairs for alias in now if alias not in was]
        for key, alias, target in (*lost, *got):
            known = self.aliases[key.collection]
            known[alias] = (*known.get(alias, ()), AliasTarget(release.number, target))
        if lost or got:
            self.alias_history.append(release.number)

    def _revise_citing(
        self, change: Change, was: Document | None, number: int, changed_keys: dict[Key, bool]
    ) -> None:
        """Mark documents that show a changed value as revised, in *changed_keys*."""
        before = was.body if was else None
        after = change.document.body if change.document else None
        for citation, citing_keys in self.citation_index.list_changed(change.key, before, after):
            for citing in citing_keys:
                document = None if changed_keys.get(citing) else self.find_document(citing, number)
                if document is not None and citation in document.cites:
                    changed_keys[citing] = True


def _revises(before: Document | None, after: Document | None) -> bool:
    if before is None or after is None:
        return before is not after
    names = (after.body.keys() | before.body.keys()) - REVIEW_FIELDS
    return before.cites != after.cites or any(
        before.body.get(name) != after.body.get(name) for name in names
    )


def _list_aliases(document: Document | None) -> Sequence[str]:
    return document.aliases if document else ()


def _copy_lists(lists: Mapping[K, list[V]]) -> dict[K, list[V]]:
    return {key: list(entries) for key, entries in lists.items()}


def _copy_tables(tables: Mapping[K, dict[L, V]]) -> dict[K, dict[L, V]]:
    copied: dict[K, dict[L, V]] = defaultdict(dict)
    copied.update({name: dict(members) for name, members in tables.items()})
    return copied
