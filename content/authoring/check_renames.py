"""Detect renamed documents: a published one that is missing, and a similar new one."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from content.documents import FAQS, Document, Key
from content.ledger.catalogue import Catalogue
from content.sources.drafts import Draft, Sources, name_file
from schemas.document import REVIEW_FIELDS

#: Fields that do not identify a document, or that many documents share.
_LEFT_OUT = REVIEW_FIELDS | {"id", "aliases", "sources", "caveats"}
#: Minimum share of common words for two documents to be considered the same.
_ALIKE = 0.6
#: Maximum number of comparisons. Each takes about a millisecond.
_MOST_PAIRS = 1_000


def find_renames(gone: Iterable[Key], sources: Sources, published: Catalogue) -> dict[Key, Draft]:
    """Return the new document for each key in *gone* that was probably renamed."""
    old = [
        document
        for document in map(published.find_document, gone)
        if document and not published.collections[document.key.collection].is_plain
    ]
    new = [d for d in sources.drafts if d.document.key not in published.archive.history.versions]
    pairs = [(o, d) for o in old for d in new if o.key.collection == d.document.key.collection]
    if len(pairs) > _MOST_PAIRS:
        return {}
    renames: dict[Key, Draft] = {}
    taken: set[Key] = set()
    for _, key, document, draft in sorted(_compare(pairs, published), key=lambda found: found[:2]):
        if document.key not in renames and key not in taken:
            renames[document.key] = draft
            taken.add(key)
    return renames


def explain_rename(key: Key, draft: Draft) -> str:
    """Return the message for a document that was probably renamed from *key* to *draft*."""
    now = draft.document
    aliases = ", ".join((*now.aliases, key.id))
    return (
        f"it looks like {key} was renamed to {now.key}. Add `aliases: [{aliases}]` to "
        f"{now.key}, so that links to {key.id!r} still work. If it is a different "
        f"document, list {key} in withdrawn.yaml."
    )


def explain_file_name(key: Key, stem: str, published: Catalogue | None) -> str:
    """Return the message for a file called *stem* that contains the document *key*."""
    known = published.archive.history.versions if published else {}
    suffix = name_file(*key).rpartition(".")[2]
    if key.collection == FAQS and key in known:
        return (
            f"it looks like {key} is being renamed to {stem!r}. Write `id: {stem}` and "
            f"`aliases: [{key.id}]`. If not, rename the file back to "
            f"'{key.id}.{suffix}'."
        )
    if key.collection == FAQS and Key(FAQS, stem) in known:
        return (
            f"it looks like {FAQS}/{stem} is being renamed to {key.id!r}. Rename the "
            f"file to '{key.id}.{suffix}' and add `aliases: [{stem}]`. If not, change "
            f"the ID back to `id: {stem}`."
        )
    return (
        f"the file of {key.id!r} must be called '{key.id}.{suffix}'. Rename the "
        "file or change the ID."
    )


def _compare(
    pairs: Iterable[tuple[Document, Draft]], published: Catalogue
) -> Iterator[tuple[float, Key, Document, Draft]]:
    """Yield similar pairs, each after a sort key that puts the most similar first."""
    for document, draft in pairs:
        before, after = document.body, draft.document.body
        copied = published.collections[document.key.collection].configures
        if all(before.get(field) == after.get(field) for field in copied):
            share = _measure(before, after)
            if share >= _ALIKE:
                yield -share, draft.document.key, document, draft


def _measure(before: dict[str, Any], after: dict[str, Any]) -> float:
    """Return the share of common words in two bodies, from 0 to 1."""
    was, now = _count_words(before), _count_words(after)
    return 2 * (was & now).total() / ((was + now).total() or 1)


def _count_words(body: dict[str, Any]) -> Counter[str]:
    told = {name: value for name, value in body.items() if name not in _LEFT_OUT}
    return Counter(re.findall(r"[\w.:/]+", json.dumps(told, ensure_ascii=False)))
