"""The history seen from one release: every document as it stood there, with what came before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
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
    """Everything that can be read: the history, and a catalogue for each of its releases."""

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
        """Return the catalogue at the release called *release_id*.

        Raises:
            UnknownReleaseError: no release is called *release_id*.
        """
        number = self._numbers.get(release_id)
        if number is None:
            raise UnknownReleaseError(release_id, self.latest.release.id)
        return self.get_numbered(number)

    def get_numbered(self, number: int) -> "Catalogue":
        """Return the catalogue at release *number*; 0 is before the first, an empty one."""
        if number == self.latest.number:
            return self.latest
        with self._lock:
            return self._get(number)

    def list_known_ids(self, collection: str) -> tuple[str, ...]:
        """Return every id and alias that *collection* has ever had, sorted."""
        ids, aliases = (t.get(collection, {}) for t in (self.history.ids, self.history.aliases))
        return self.get_or_build(("ids", collection), lambda: tuple(sorted({**ids, **aliases})))

    def keys_by_value(self, collection: str, field: str, values: Iterable[str]) -> set[Key]:
        """Return the documents whose *field* has ever been, or contained, one of *values*."""
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
    """Every document as it stood at one release."""

    def __init__(self, archive: Archive, number: int) -> None:
        super().__init__()
        self.archive = archive
        self.number = number

    @property
    def release(self) -> Release:
        """The release this is the catalogue of."""
        return self.archive.history.releases[self.number - 1]

    @property
    def collections(self) -> Collections:
        """The table of collections in force at this release."""
        return self.archive.history.releases[max(self.number, 1) - 1].collections

    @property
    def known_collections(self) -> Collections:
        """The collections in force at this release, then those that were withdrawn before it."""
        return self.get_or_build(Collections, self._join_collections)

    def _join_collections(self) -> Collections:
        table, history = self.collections, self.archive.history
        for number in reversed(history.changed_in.get(KINDS, ())):
            if 1 < number <= self.number:
                table = table.joined(history.releases[number - 2].collections)
        return table

    def get_release(self, number: int) -> Release:
        """Return the release of a *number* up to this one's."""
        return self.archive.history.releases[number - 1]

    def find_document(self, key: Key) -> Document | None:
        """Return a document, or None."""
        return self.archive.history.find_document(key, self.number)

    def find_body(self, key: Key) -> Mapping[str, Any] | None:
        """Return the body of a document, or None."""
        document = self.find_document(key)
        return document.body if document else None

    def find_version(self, key: Key) -> Version | None:
        """Return the newest version of a document, which may be its deletion."""
        return self.archive.history.find_version(key, self.number)

    def list_documents(self, collection: str) -> tuple[Document, ...]:
        """Return the documents of *collection* in its order."""
        ids = self.archive.history.ids.get(collection, ())
        keys = (Key(collection, document_id) for document_id in ids)
        return self.get_or_build(collection, lambda: self.select_documents(collection, keys))

    def select_documents(self, collection: str, keys: Iterable[Key]) -> tuple[Document, ...]:
        """Return those of the documents *keys* that stand, in the order of their *collection*."""
        order = self.collections[collection].sort_key
        found = self.archive.history.list_documents(keys, self.number)
        return tuple(sorted(found, key=lambda document: order(document.body)))

    def list_bodies(
        self, collection: str, where: Iterable[tuple[str, str]] = ()
    ) -> list[Mapping[str, Any]]:
        """Return the bodies of *collection* in its order, those that have the values of *where*.

        A text may name a collection that is not there; that one is empty.
        """
        if collection not in self.collections:
            return []
        keys = [self.archive.keys_by_value(collection, f, (v,)) for f, v in where]
        if not keys:
            return [document.body for document in self.list_documents(collection)]
        documents = self.select_documents(collection, set.intersection(*keys))
        return [d.body for d in documents if all(d.body.get(f) == v for f, v in where)]

    def list_revisions(self, key: Key) -> Sequence[Revision]:
        """Return when *key*, or a value it cites, changed."""
        return self.archive.history.list_revisions(key, self.number)

    def find_revision(self, key: Key) -> Revision:
        """Return when *key*, which stands or stood, or a value it cites, changed last."""
        revision = self.archive.history.find_revision(key, self.number)
        if revision is None:
            raise LookupError(key)
        return revision

    def resolve_alias(self, collection: str, document_id: str) -> str:
        """Return the id that *document_id* has now; itself when it is nobody's alias."""
        return self.archive.history.resolve_alias(collection, document_id, self.number)

    def find_current(self, collection: str, document_id: str) -> Document | None:
        """Return the document that has the id *document_id* or had it; None when it is gone."""
        return self.find_document(Key(collection, self.resolve_alias(collection, document_id)))


def build_archive(releases: tuple[Release, ...], known: Archive | None = None) -> Archive | None:
    """Return the archive of *releases*; None when there are none.

    Args:
        known: An archive of the first of them, which is extended.
    """
    if not releases:
        return None
    history = known.history if known else History()
    return Archive(history.extended(releases[len(history.releases) :]))


def preview_archive(archive: Archive | None, release: Release) -> Archive:
    """Return the archive as it will be when *release* is published."""
    history = archive.history if archive else History()
    return Archive(history.extended([release]))
