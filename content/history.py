"""The replay of the ledger: for each document, the releases at which it changed."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from content.documents import Document, Key
from content.releases import Change, Release
from schemas.document import REVIEW_FIELDS

K = TypeVar("K", bound=Hashable)
L = TypeVar("L", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True)
class Version:
    """A document as one release left it.

    Attributes:
        number: The number of that release.
        change: What the release says of it.
    """

    number: int
    change: Change


@dataclass(frozen=True)
class Touch:
    """A release at which what is said of a document changed.

    Attributes:
        number: The number of the release.
        revised: Whether more than a review date changed.
    """

    number: int
    revised: bool


@dataclass(frozen=True)
class Naming:
    """What a former id means from a release on.

    Attributes:
        number: The number of that release.
        id: The id of the document that it leads to; None when it leads nowhere any more.
    """

    number: int
    id: str | None


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
    _citers: dict[Key | str, dict[Key, None]] = field(default_factory=lambda: defaultdict(dict))

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
            _copy_tables(self._citers),
        )
        for release in releases:
            grown._append(release)
        return grown

    def find_document(self, key: Key, number: int) -> Document | None:
        """Return the document *key* as it stood at release *number*."""
        version = self.find_version(key, number)
        return version.change.document if version else None

    def find_version(self, key: Key, number: int) -> Version | None:
        """Return the newest version of *key* up to release *number*."""
        for version in reversed(self.versions.get(key, ())):
            if version.number <= number:
                return version
        return None

    def resolve_alias(self, collection: str, document_id: str, number: int) -> str:
        """Return the id that *document_id* has at release *number*; itself when it is no alias."""
        for naming in reversed(self.aliases.get(collection, {}).get(document_id, ())):
            if naming.number <= number:
                return naming.id or document_id
        return document_id

    def list_touches(self, key: Key, number: int) -> tuple[Touch, ...]:
        """Return the touches of *key* up to release *number*."""
        return tuple(touch for touch in self.touches.get(key, ()) if touch.number <= number)

    def list_citers(self, key: Key) -> Iterator[Key]:
        """Yield the documents that have ever cited *key* or its whole collection."""
        yield from self._citers.get(key, ())
        yield from self._citers.get(key.collection, ())

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
            self.touches[key] = (*self.touches.get(key, ()), Touch(release.number, revised))

    def _put(self, version: Version) -> None:
        key, document = version.change.key, version.change.document
        self.versions[key] = (*self.versions.get(key, ()), version)
        self.ids[key.collection][key.id] = None
        for citation in document.cites if document else ():
            cited = Key(citation.collection, citation.id) if citation.id else citation.collection
            self._citers[cited][key] = None

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
        for citer in self.list_citers(change.key):
            document = None if touched.get(citer) else self.find_document(citer, number)
            if document is not None and cites_change(document, change.key, before, after):
                touched[citer] = True


def cites_change(
    document: Document,
    key: Key,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> bool:
    """Tell whether *document* shows a value of *key* that differs between two bodies."""
    return any(cited.read(key, before) != cited.read(key, after) for cited in document.cites)


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
