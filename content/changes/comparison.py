"""Two states of all documents, side by side: which differ, and how."""

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

#: The fields of an answer that show values of other documents.
TEXTS = ("summary", "markdown")
#: How many answers' texts a catalogue keeps, for the changes since other releases.
_KEPT_TEXTS = 256


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that differs; its text is filled in when it is described.

    Attributes:
        key: The document.
        before: As it was; None when it is new.
        after: As it is; None when it is gone.
        causes: The cited documents whose values differ.
        impact: What an administrator has to do.
        effective_on: The day from which it holds; None: at once.
    """

    key: Key
    before: Document | None
    after: Document | None
    causes: tuple[Key, ...]
    impact: str
    effective_on: str | None

    @property
    def path(self) -> str:
        """The collection and id."""
        return f"{self.key.collection}/{self.key.id}"


class Comparison:
    """Two catalogues of one archive, the second no older than the first."""

    def __init__(self, before: Catalogue, after: Catalogue) -> None:
        self._before, self._after = before, after
        self._shown: dict[Citation, tuple[Key, ...]] = {}
        self._changed: dict[str, set[Key]] = defaultdict(set)
        for keys in after.archive.history.changed_keys[before.number : after.number]:
            for key in keys:
                self._changed[key.collection].add(key)

    def list_changed(self) -> list[Key]:
        """Return what changed between the two, in the order of collections and ids."""
        names = self._after.known_collections.names
        return [key for name in names for key in sorted(self._changed.get(name, ()))]

    def list_differences(self, keys: Iterable[Key]) -> Iterator[Difference]:
        """Yield how each of *keys* differs; those that do not are left out."""
        found = (self._find_difference(key) for key in keys)
        yield from (difference for difference in found if difference is not None)

    def describe(self, difference: Difference, texts: Body | None = None) -> Body:
        """Return *difference* as a client reads it.

        Args:
            texts: The filled-in texts of an answer before, where they are known already.
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
        # No field that an impact is judged by is filled in, so that the bodies are enough.
        bodies = [document.body if document else None for document in (before, after)]
        judgement = judge_impact(self._after.known_collections[key.collection], *bodies)
        return Difference(key, before, after, causes, *judgement)

    def _find_causes(self, document: Document) -> tuple[Key, ...]:
        if not document.cites:
            return ()
        return tuple(sorted({key for cited in document.cites for key in self._list_shown(cited)}))

    def _list_shown(self, citation: Citation) -> tuple[Key, ...]:
        """Return the documents of which *citation* shows another value."""
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
    """Return the authored fields of *document*: texts filled in, without the bytes of a logo."""
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
    """Return whether a document was added, changed or removed."""
    if before is None:
        return "added"
    return "removed" if after is None else "changed"
