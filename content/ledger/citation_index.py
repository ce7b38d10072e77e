"""An index of citations: which documents ever cited a document or a collection."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from content.documents import Citation, Document, Key

#: A document, or the name of a collection.
Target = Key | str


@dataclass
class CitationIndex:
    """The citing documents of each target, grouped by equal citations.

    Attributes:
        table: For each target, its citations and the documents that ever had them.
    """

    table: dict[Target, dict[Citation, dict[Key, None]]] = field(default_factory=dict)

    def copied(self) -> "CitationIndex":
        """Return an independent copy."""
        return CitationIndex(
            {
                target: {citation: dict(keys) for citation, keys in citations.items()}
                for target, citations in self.table.items()
            }
        )

    def add(self, document: Document) -> None:
        """Add the citations of *document*."""
        for citation in document.cites:
            target = Key(citation.collection, citation.id) if citation.id else citation.collection
            self.table.setdefault(target, {}).setdefault(citation, {})[document.key] = None

    def list_keys(self, key: Key) -> set[Key]:
        """Return the documents that ever cited *key* or its collection."""
        return {
            citing for citing_keys in self._list_citations(key).values() for citing in citing_keys
        }

    def list_changed(
        self, key: Key, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> Iterator[tuple[Citation, Iterable[Key]]]:
        """Yield the citations whose values differ between two bodies of *key*.

        Each comes with the documents that ever had it. They may not have it any more.
        """
        for citation, citing_keys in self._list_citations(key).items():
            if citation.read(key, before) != citation.read(key, after):
                yield citation, citing_keys

    def _list_citations(self, key: Key) -> Mapping[Citation, Mapping[Key, None]]:
        return {**self.table.get(key, {}), **self.table.get(key.collection, {})}
