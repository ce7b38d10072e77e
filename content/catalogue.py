"""The history seen from one release: every document as it stood there, with what came before."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from content.documents import Document, Key
from content.errors import UnknownReleaseError
from content.history import History, Touch, Version
from content.releases import Release
from schemas.collections import Collection, Collections

_KEPT_CATALOGUES = 8


class Archive:
    """Everything that can be read: the history, and a catalogue for each of its releases."""

    def __init__(self, history: History, collections: Collections) -> None:
        self.history = history
        self.collections = collections
        self._numbers = {release.id: release.number for release in history.releases}
        self._get = lru_cache(maxsize=_KEPT_CATALOGUES)(self._build)
        self.latest = self._build(len(history.releases))

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
        return self.latest if number == self.latest.number else self._get(number)

    def list_known_ids(self, collection: str) -> tuple[str, ...]:
        """Return every id and alias that *collection* has ever had."""
        known = {**self.history.ids.get(collection, {}), **self.history.aliases.get(collection, {})}
        return tuple(sorted(known))

    def _build(self, number: int) -> "Catalogue":
        return Catalogue(self, number)


class Catalogue:
    """Every document as it stood at one release."""

    def __init__(self, archive: Archive, number: int) -> None:
        self.archive = archive
        self.number = number
        self._lists: dict[str, tuple[Document, ...]] = {}

    @property
    def release(self) -> Release:
        """The release this is the catalogue of."""
        return self.archive.history.releases[self.number - 1]

    @property
    def collections(self) -> Collections:
        """The table of collections."""
        return self.archive.collections

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
        listed = self._lists.get(collection)
        if listed is None:
            listed = self._lists[collection] = self._sort(self.collections[collection])
        return listed

    def list_bodies(self, collection: str) -> list[Mapping[str, Any]]:
        """Return the bodies of *collection* in its order."""
        return [document.body for document in self.list_documents(collection)]

    def list_touches(self, key: Key) -> tuple[Touch, ...]:
        """Return when *key*, or a value it cites, changed."""
        return self.archive.history.list_touches(key, self.number)

    def resolve_alias(self, collection: str, document_id: str) -> str:
        """Return the id that *document_id* has now; itself when it is nobody's alias."""
        return self.archive.history.resolve_alias(collection, document_id, self.number)

    def _sort(self, collection: Collection) -> tuple[Document, ...]:
        keys = (Key(collection.name, i) for i in self.archive.history.ids.get(collection.name, ()))
        found = (document for key in keys if (document := self.find_document(key)))
        return tuple(sorted(found, key=lambda document: collection.sort_key(document.body)))
