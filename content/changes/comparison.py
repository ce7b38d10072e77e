"""Compare two catalogues: which documents differ, and how."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from content.answers.site import show_site
from content.changes.impact import judge_impact
from content.documents import (
    FAQS,
    SITE,
    Body,
    Citation,
    Document,
    Key,
    changed_fields,
    is_same,
)
from content.ledger.catalogue import Catalogue
from content.text.filling import fill_summary, fill_template
from content.text.template import parse_template
from content.text.values import Reader

#: The fields of an answer that contain placeholders.
TEXTS = ("summary", "markdown")
#: Number of filled-in answers to cache for each catalogue.
_KEPT_TEXTS = 256


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that differs between two catalogues. Placeholders are not filled in yet.

    Attributes:
        key: Its collection and ID.
        before: The earlier document. None if it was added.
        after: The later document. None if it was removed.
        causes: The cited documents whose values differ.
        impact: What the change asks an administrator to do.
        effective_on: The day from which the change applies. None if it applies immediately.
    """

    key: Key
    before: Document | None
    after: Document | None
    causes: tuple[Key, ...]
    impact: str
    effective_on: str | None

    @property
    def path(self) -> str:
        """The collection and ID, as `collection/id`."""
        return f"{self.key.collection}/{self.key.id}"


class Comparison:
    """The differences between two catalogues of one archive, the older one first."""

    def __init__(self, before: Catalogue, after: Catalogue) -> None:
        self._before, self._after = before, after
        self._shown: dict[Citation, tuple[Key, ...]] = {}
        self._changed: dict[str, set[Key]] = defaultdict(set)
        for keys in after.archive.history.changed_keys[before.number : after.number]:
            for key in keys:
                self._changed[key.collection].add(key)

    def list_changed(self) -> list[Key]:
        """Return the documents that any release in between changed, by collection and ID."""
        names = self._after.known_collections.names
        return [key for name in names for key in sorted(self._changed.get(name, ()))]

    def list_differences(self, keys: Iterable[Key]) -> Iterator[Difference]:
        """Yield the differences of *keys*. Documents without a difference are skipped."""
        found = (self._find_difference(key) for key in keys)
        yield from (difference for difference in found if difference is not None)

    def describe(self, difference: Difference, texts: Body | None = None) -> Body:
        """Return *difference* as served by the API.

        Args:
            texts: The filled-in fields of the earlier answer, if already computed.
        """
        key, before, after = difference.key, difference.before, difference.after
        was = before.body | texts if before and texts else resolve(self._before, before)
        now = resolve(self._after, after)
        if was and now and was.keys() != now.keys():
            was = self._after.known_collections[key.collection].complete(was)
        version = self._after.find_version(key) if after is None else None
        return {
            "collection": key.collection,
            "id": key.id,
            "action": name_action(before, after),
            "fields": list(changed_fields(was, now)) if was and now else [],
            "before": was,
            "after": now,
            "impact": difference.impact,
            "effective_on": difference.effective_on,
            "reason": version.change.reason if version else None,
            "successor": version.change.successor if version else None,
            "caused_by": [{"collection": c.collection, "id": c.id} for c in difference.causes],
        }

    def _find_difference(self, key: Key) -> Difference | None:
        before, after = self._before.find_document(key), self._after.find_document(key)
        causes = self._find_causes(after) if before and after else ()
        if not causes and (before is after or is_same(before, after)):
            return None
        # The impact depends only on fields without placeholders, so nothing is filled in here.
        bodies = [document.body if document else None for document in (before, after)]
        judgement = judge_impact(self._after.known_collections[key.collection], *bodies)
        return Difference(key, before, after, causes, *judgement)

    def _find_causes(self, document: Document) -> tuple[Key, ...]:
        if not document.cites:
            return ()
        return tuple(sorted({key for cited in document.cites for key in self._list_shown(cited)}))

    def _list_shown(self, citation: Citation) -> tuple[Key, ...]:
        """Return the documents whose values in *citation* differ."""
        shown = self._shown.get(citation)
        if shown is None:
            keys = self._list_candidates(citation)
            shown = self._shown[citation] = tuple(k for k in keys if self._differs(citation, k))
        return shown

    def _list_candidates(self, citation: Citation) -> Iterable[Key]:
        changed = self._changed.get(citation.collection, set())
        if citation.id is not None:
            return changed & {Key(citation.collection, citation.id)}
        find = self._after.archive.keys_by_value
        keys = (find(citation.collection, field, (value,)) for field, value in citation.where)
        return changed.intersection(*keys)

    def _differs(self, citation: Citation, key: Key) -> bool:
        was, now = self._before.find_body(key), self._after.find_body(key)
        return citation.read(key, was) != citation.read(key, now)


def resolve(catalogue: Catalogue, document: Document | None) -> Body | None:
    """Return the authored fields of *document*, with placeholders filled in and no logo bytes."""
    if document is not None and document.key == SITE:
        return show_site(document.body)
    if document is None or document.key.collection != FAQS:
        return document.body if document else None
    fill = catalogue.get_or_build(TEXTS, lambda: lru_cache(_KEPT_TEXTS)(partial(_fill, catalogue)))
    return document.body | fill(document.key)


def _fill(catalogue: Catalogue, key: Key) -> Body:
    document = catalogue.find_document(key)
    if document is None:
        raise LookupError(key)
    template = parse_template(document.body["markdown"])
    return {
        "summary": fill_summary(document.body["summary"], catalogue),
        "markdown": fill_template(template, catalogue, Reader()),
    }


def name_action(before: Document | None, after: Document | None) -> str:
    """Return `added`, `changed` or `removed`."""
    if before is None:
        return "added"
    return "removed" if after is None else "changed"
