"""Find the documents that a command's argument selects."""

import re
from fnmatch import fnmatchcase

from content.documents import FAQS, Key
from content.errors import UsageError
from content.sources.drafts import Draft, Sources
from schemas.collection import Collections

_PATTERN = re.compile(r"[*?\[]")


def parse_key(collections: Collections, name: str) -> Key:
    """Return the key for *name*, which is `collection/id` or the ID of an answer.

    Raises:
        UsageError: The collection does not exist.
    """
    collection, slash, document_id = name.rpartition("/")
    if not slash:
        collection = FAQS
    if collection not in collections:
        known = ", ".join(collections.names)
        raise UsageError(f"Unknown collection {collection!r}. Use one of: {known}.")
    return Key(collection, document_id)


def select_drafts(sources: Sources, name: str) -> list[Draft]:
    """Return the documents with review dates that *name* selects, in the order of the files.

    Args:
        name: The ID of an answer, `collection/id`, a collection, the ID of a topic (its answers),
            or a pattern such as `deadlines/*` or `ews-*`. The first of these that matches is used.

    Raises:
        UsageError: Nothing is selected, or a selected document has faults.
    """
    keys, several = _select_keys(sources, name)
    broken = keys - {draft.document.key for draft in sources.drafts}
    if broken:
        raise UsageError(f"{min(broken)} has faults. Run 'faqts check' and fix them first.")
    selected = [draft for draft in sources.drafts if draft.document.key in keys]
    reviewed = [draft for draft in selected if "review_by" in draft.document.body]
    if not reviewed:
        none = f"{name!r} selects no document with a" if several else f"{min(keys)} has no"
        raise UsageError(f"{none} review date. Only answers and facts are reviewed.")
    return reviewed


def _select_keys(sources: Sources, name: str) -> tuple[set[Key], bool]:
    """Return the keys that *name* selects, and whether it may select more than one."""
    if _PATTERN.search(name):
        pattern = name if "/" in name else f"{FAQS}/{name}"
        return {key for key in sources.attempted if fnmatchcase(str(key), pattern)}, True
    if "/" not in name and Key(FAQS, name) not in sources.attempted:
        if name in sources.collections:
            return {key for key in sources.attempted if key.collection == name}, True
        about = {
            d.document.key for d in sources.drafts if name in d.document.body.get("topics", ())
        }
        if about:
            return about, True
    key = parse_key(sources.collections, name)
    if key not in sources.attempted:
        raise UsageError(sources.explain_absent(key))
    return {key}, False
