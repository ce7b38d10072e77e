"""Catalogues: all documents as of one release, and their history up to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from content.documents import KINDS, Document, Key
from content.errors import UnknownReleaseError
from content.ledger.history import History
from content.ledger.memo import Memo
from content.ledger.release import Release
from content.ledger.versions import Revision, Version
from schemas.collection import Collections

_KEPT_CATALOGUES = 8


class Archive(Memo):
    """The history, with a catalogue for each release."""

    def __init__(self, history: History) -> None:
        super().__init__()
        self.history = history
        self._numbers = {release.id: release.number for release in history.releases}
        self._get = lru_cache(maxsize=_KEPT_CATALOGUES)(self._build)
        self.latest = self._build(len(history.releases))

    @property
    def collections(self) -> Collections:
        """The table of collections in force after the latest release."""
        return self.latest.collections

    def get_catalogue(self, release_id: str) -> "Catalogue":
        """Return the catalogue of the release with the ID *release_id*.

        Raises:
            UnknownReleaseError: No release has this ID.
        """
        number = self._numbers.get(release_id)
        if number is None:
            raise UnknownReleaseError(release_id, self.latest.release.id)
        return self.get_numbered(number)

    def get_numbered(self, number: int) -> "Catalogue":
        """Return the catalogue of release *number*. The catalogue of release 0 is empty."""
        if number == self.latest.number:
            return self.latest
        with self._lock:
            return self._get(number)

    def list_known_ids(self, collection: str) -> tuple[str, ...]:
        """Return all IDs and aliases that *collection* ever had, sorted."""
        ids, aliases = (t.get(collection, {}) for t in (self.history.ids, self.history.aliases))
        return self.get_or_build(("ids", collection), lambda: tuple(sorted({**ids, **aliases})))

    def keys_by_value(self, collection: str, field: str, values: Iterable[str]) -> set[Key]:
        """Return the documents whose *field* ever was, or contained, one of *values*."""
        keys = self.get_or_build(
            (collection, field), lambda: self._group_keys_by_value(collection, field)
        )
        return set[Key]().union(*(keys.get(value, ()) for value in values))

    def _group_keys_by_value(self, collection: str, field: str) -> Mapping[str, set[Key]]:
        keys: dict[str, set[Key]] = defaultdict(set)
        for document_id in self.history.ids.get(collection, ()):
            key, known = Key(collection, document_id), None
            for version in self.history.versions[key]:
                document = version.change.document
                value = document.body.get(field) if document else None
                if value != known:
                    known = value
                    for held in value if isinstance(value, list) else (value,):
                        if isinstance(held, str):
                            keys[held].add(key)
        return dict(keys)

    def _build(self, number: int) -> "Catalogue":
        return Catalogue(self, number)


class Catalogue(Memo):
    """All documents as of one release."""

    def __init__(self, archive: Archive, number: int) -> None:
        super().__init__()
        self.archive = archive
        self.number = number

    @property
    def release(self) -> Release:
        """The release of this catalogue."""
        return self.archive.history.releases[self.number - 1]

    @cached_property
    def collections(self) -> Collections:
        """The table of collections in force at this release."""
        return self.archive.history.releases[max(self.number, 1) - 1].collections

    @property
    def known_collections(self) -> Collections:
        """The collections in force at this release, followed by those withdrawn before it."""
        return self.get_or_build(Collections, self._join_collections)

    def _join_collections(self) -> Collections:
        table, history = self.collections, self.archive.history
        for number in reversed(history.changed_in.get(KINDS, ())):
            if 1 < number <= self.number:
                table = table.joined(history.releases[number - 2].collections)
        return table

    def get_release(self, number: int) -> Release:
        """Return release *number*, which is not newer than this catalogue."""
        return self.archive.history.releases[number - 1]

    def find_document(self, key: Key) -> Document | None:
        """Return a document. None if it does not exist."""
        return self.archive.history.find_document(key, self.number)

    def find_body(self, key: Key) -> Mapping[str, Any] | None:
        """Return the body of a document. None if it does not exist."""
        document = self.find_document(key)
        return document.body if document else None

    def find_version(self, key: Key) -> Version | None:
        """Return the newest version of a document. The version may be its deletion."""
        return self.archive.history.find_version(key, self.number)

    def list_documents(self, collection: str) -> tuple[Document, ...]:
        """Return the documents of *collection*, in the order of the collection."""
        ids = self.archive.history.ids.get(collection, ())
        keys = (Key(collection, document_id) for document_id in ids)
        return self.get_or_build(collection, lambda: self.select_documents(collection, keys))

    def select_documents(self, collection: str, keys: Iterable[Key]) -> tuple[Document, ...]:
        """Return the documents in *keys* that exist, in the order of the collection."""
        order = self.collections[collection].sort_key
        found = self.archive.history.list_documents(keys, self.number)
        return tuple(sorted(found, key=lambda document: order(document.body)))

    def list_bodies(
        self, collection: str, where: Iterable[tuple[str, str]] = ()
    ) -> list[Mapping[str, Any]]:
        """Return the bodies of *collection* that match *where*, in the order of the collection.

        An unknown collection is empty: texts may refer to one.
        """
        if collection not in self.collections:
            return []
        keys = [self.archive.keys_by_value(collection, f, (v,)) for f, v in where]
        if not keys:
            return [document.body for document in self.list_documents(collection)]
        documents = self.select_documents(collection, set.intersection(*keys))
        return [d.body for d in documents if all(d.body.get(f) == v for f, v in where)]

    def list_revisions(self, key: Key) -> Sequence[Revision]:
        """Return the revisions of *key*, oldest first."""
        return self.archive.history.list_revisions(key, self.number)

    def find_revision(self, key: Key) -> Revision:
        """Return the latest revision of *key*, a document that exists or was withdrawn."""
        revision = self.archive.history.find_revision(key, self.number)
        if revision is None:
            raise LookupError(key)
        return revision

    def resolve_alias(self, collection: str, document_id: str) -> str:
        """Return the current ID for *document_id*, or *document_id* itself if it is no alias."""
        return self.archive.history.resolve_alias(collection, document_id, self.number)

    def find_current(self, collection: str, document_id: str) -> Document | None:
        """Return the document with the ID or alias *document_id*. None if it does not exist."""
        return self.find_document(Key(collection, self.resolve_alias(collection, document_id)))


def build_archive(releases: tuple[Release, ...], known: Archive | None = None) -> Archive | None:
    """Return the archive of *releases*. None if there are none.

    Args:
        known: An archive of the first of these releases, to extend.
    """
    if not releases:
        return None
    history = known.history if known else History()
    return Archive(history.extended(releases[len(history.releases) :]))


def preview_archive(archive: Archive | None, release: Release) -> Archive:
    """Return the archive as it will be after *release* is published."""
    history = archive.history if archive else History()
    return Archive(history.extended([release]))
