"""Which documents have ever cited a document or a collection, and what of it they show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from content.documents import Citation, Document, Key

#: One document, or the name of a collection of which a citation selects documents.
Target = Key | str


@dataclass
class CitationIndex:
    """Grows with each document. Documents that cite alike are asked once, not one by one.

    Attributes:
        table: For each target, its citations and the documents that ever made them.
    """

    table: dict[Target, dict[Citation, dict[Key, None]]] = field(default_factory=dict)

    def copied(self) -> "CitationIndex":
        """Return a copy that can grow while this one stays as it is."""
        return CitationIndex(
            {
                target: {citation: dict(keys) for citation, keys in citations.items()}
                for target, citations in self.table.items()
            }
        )

    def add(self, document: Document) -> None:
        """Note what *document* cites."""
        for citation in document.cites:
            target = Key(citation.collection, citation.id) if citation.id else citation.collection
            self.table.setdefault(target, {}).setdefault(citation, {})[document.key] = None

    def list_keys(self, key: Key) -> set[Key]:
        """Return the documents that have ever cited *key* or its whole collection."""
        return {
            citing for citing_keys in self._list_citations(key).values() for citing in citing_keys
        }

    def list_changed(
        self, key: Key, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> Iterator[tuple[Citation, Iterable[Key]]]:
        """Yield the citations whose values of *key* differ between two bodies, and who made them.

        Who made one may have another text since.
        """
        for citation, citing_keys in self._list_citations(key).items():
            if citation.read(key, before) != citation.read(key, after):
                yield citation, citing_keys

    def _list_citations(self, key: Key) -> Mapping[Citation, Mapping[Key, None]]:
        return {**self.table.get(key, {}), **self.table.get(key.collection, {})}
