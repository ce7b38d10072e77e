"""Check source files against each other and against the published releases."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from content.authoring.check_fields import check_fields
from content.authoring.check_kinds import check_kinds
from content.authoring.check_ranges import check_ranges
from content.authoring.check_renames import explain_file_name, explain_rename, find_renames
from content.authoring.check_texts import RESERVED, check_text
from content.authoring.check_together import check_together
from content.documents import FAQS, KINDS, Key
from content.errors import Fault
from content.ledger.catalogue import Catalogue
from content.sources.drafts import WITHDRAWN, Draft, Sources, Withdrawal, name_file
from schemas.collection import Collections
from schemas.withdrawal import WithdrawalSchema

_WITHDRAWAL = WithdrawalSchema()
_WRONG_DAY = "Correct one of the two."
#: The later date, the earlier date, and the fix if they are in the wrong order.
_ORDERED_DAYS = (
    (
        "reviewed_on",
        "written_on",
        "The review is of an older text. Write null, or the date of a review of this text.",
    ),
    ("review_by", "reviewed_on", _WRONG_DAY),
    ("review_by", "written_on", _WRONG_DAY),
    ("sunset_on", "deprecated_on", _WRONG_DAY),
    ("effective_until", "effective_from", _WRONG_DAY),
)


def check_sources(sources: Sources, published: Catalogue | None, day: str) -> list[Fault]:
    """Return all faults in *sources*.

    Args:
        published: The latest catalogue; None before the first release.
        day: Today, in UTC.
    """
    collections = sources.collections
    known = {draft.document.key: draft for draft in sources.drafts}
    faults = list(sources.faults)
    kinds = {key.id for key in sources.attempted if key.collection == KINDS}
    # Texts may refer to a kind that cannot be read. They are checked once it can be read.
    judges_texts = kinds <= set(collections.names)
    gone = list_vanished(sources, published) if published else []
    renames = find_renames(gone, sources, published) if published else {}
    sources.renamed = {key: draft.document.key.id for key, draft in renames.items()}
    sources.renamed |= {
        Key(draft.document.key.collection, alias): draft.document.key.id
        for draft in sources.drafts
        for alias in draft.document.aliases
    }
    faults += _check_ids(sources, published)
    faults += _check_aliases(sources)
    for draft in sources.drafts:
        faults += check_fields(draft, collections[draft.document.key.collection].strict, day)
        faults += _check_references(draft, sources, collections)
        faults += _check_sources(draft)
        faults += _check_days(draft)
        faults += _check_deprecation(draft)
        if judges_texts:
            faults += check_text(draft, known, sources.attempted, collections)
    faults += check_together(sources)
    faults += check_kinds(sources, published)
    faults += check_ranges(draft for draft in sources.drafts if _is_range(draft))
    faults += _check_withdrawals(sources, published, day)
    if published is not None and not any(fault.file == WITHDRAWN for fault in sources.faults):
        # If withdrawn.yaml has faults, the withdrawals are not known.
        faults += _check_vanished(gone, renames, published)
    return faults


def list_overdue(sources: Sources, day: str) -> list[Fault]:
    """Return a fault for each document whose review is overdue on *day*."""
    return [
        draft.fault(
            f"the review of {draft.document.key} was due by "
            f"{draft.document.body['review_by']}. Check it against its sources, then "
            f"run 'faqts reviewed {draft.document.key}'.",
            "review_by",
        )
        for draft in sources.drafts
        if draft.document.body.get("review_by", day) < day
    ]


def list_vanished(sources: Sources, published: Catalogue) -> list[Key]:
    """Return the published documents that are not in the files, renamed or withdrawn."""
    accounted_for = sources.attempted | {withdrawal.key for withdrawal in sources.withdrawals}
    accounted_for |= set(_list_aliases(sources))
    return [key for key in published.archive.history.versions if key not in accounted_for]


def _is_range(draft: Draft) -> bool:
    return draft.document.key.collection == "ip-ranges"


def _check_ids(sources: Sources, published: Catalogue | None) -> Iterator[Fault]:
    first: dict[Key, Draft] = {}
    for draft in sources.drafts:
        key = draft.document.key
        if key in first:
            other = first[key].fault("", "id")
            message = (
                f"the ID {key.id!r} is already used in "
                f"{other.file}:{other.line}. Choose another ID."
            )
            yield draft.fault(message, "id")
        first.setdefault(key, draft)
        if key in RESERVED:
            message = (
                f"{key.id!r} cannot be an ID, because /v1/{key} is an endpoint. Choose another ID."
            )
            yield draft.fault(message, "id")
        stem = Path(draft.file).stem
        if key.collection in (FAQS, KINDS) and stem != key.id:
            yield draft.fault(explain_file_name(key, stem, published), "id")


def _check_aliases(sources: Sources) -> Iterator[Fault]:
    counts = Counter(_list_aliases(sources))
    for draft in sources.drafts:
        for place, alias in enumerate(draft.document.aliases):
            key = Key(draft.document.key.collection, alias)
            if key in RESERVED:
                message = (
                    f"{alias!r} cannot be an alias, because /v1/{key} is an endpoint. Delete it."
                )
                yield draft.fault(message, "aliases", place)
            elif key in sources.attempted:
                message = (
                    f"{alias!r} is the ID of a document. An alias must be an ID "
                    "that is no longer used."
                )
                yield draft.fault(message, "aliases", place)
            elif counts[key] > 1:
                message = f"{alias!r} is also an alias of another document. Delete one of the two."
                yield draft.fault(message, "aliases", place)


def _list_aliases(sources: Sources) -> Iterator[Key]:
    for draft in sources.drafts:
        for alias in draft.document.aliases:
            yield Key(draft.document.key.collection, alias)


def _check_references(draft: Draft, sources: Sources, collections: Collections) -> Iterator[Fault]:
    body = draft.document.body
    for field, target in collections[draft.document.key.collection].references:
        value = body[field]
        pairs = enumerate(value) if isinstance(value, list) else [(None, value)]
        for place, document_id in pairs:
            at = (field,) if place is None else (field, place)
            if Key(target, document_id) == draft.document.key:
                yield draft.fault(f"{document_id!r} is this document itself. Delete it.", *at)
            elif document_id is not None and Key(target, document_id) not in sources.attempted:
                yield draft.fault(sources.explain_absent(Key(target, document_id)), *at)


def _check_sources(draft: Draft) -> Iterator[Fault]:
    if draft.document.body.get("sources") == []:
        yield draft.fault("there is no source. Name at least one.", "sources")


def _check_days(draft: Draft) -> Iterator[Fault]:
    body = draft.document.body
    for later, earlier, repair in _ORDERED_DAYS:
        ends, begins = body.get(later), body.get(earlier)
        if ends is not None and begins is not None and ends < begins:
            yield draft.fault(f"{ends} is before {earlier}, {begins}. {repair}", later)
    happens_on = body.get("happens_on")
    if body.get("precision") == "month" and happens_on and not happens_on.endswith("-01"):
        message = (
            "with precision: month, the day must be the first. Write "
            f"{happens_on[:8]}01, or precision: day."
        )
        yield draft.fault(message, "happens_on")


def _check_deprecation(draft: Draft) -> Iterator[Fault]:
    body = draft.document.body
    if body.get("status") == "deprecated" and body.get("deprecated_on") is None:
        message = (
            "the date of the deprecation is missing. Add a line such as deprecated_on: 2026-12-01."
        )
        yield draft.fault(message, "status")


def _check_withdrawals(sources: Sources, published: Catalogue | None, day: str) -> Iterator[Fault]:
    counts = Counter(withdrawal.key for withdrawal in sources.withdrawals)
    aliases = set(_list_aliases(sources))
    for withdrawal in sources.withdrawals:
        yield from check_fields(withdrawal.draft, _WITHDRAWAL, day)
        key, draft = withdrawal.key, withdrawal.draft
        if counts[key] > 1:
            yield draft.fault(
                f"{key} is withdrawn more than once. Delete all entries but one.", "id"
            )
        if key in aliases:
            message = f"{key} is an alias of another document. Delete the alias or this entry."
            yield draft.fault(message, "id")
        if key in sources.attempted:
            yield draft.fault(f"{key} still exists. Delete the document or this entry.", "id")
        elif published is None or key not in published.archive.history.versions:
            yield draft.fault(
                f"{key} was never published, so it cannot be withdrawn. Delete this entry.", "id"
            )
        yield from _check_successor(withdrawal, sources.attempted)


def _check_successor(withdrawal: Withdrawal, attempted: set[Key]) -> Iterator[Fault]:
    if withdrawal.successor is None:
        return
    collection, _, document_id = withdrawal.successor.partition("/")
    if Key(collection, document_id) not in attempted:
        message = (
            f"{withdrawal.successor!r} does not exist. Write collection/id of an existing document."
        )
        yield withdrawal.draft.fault(message, "successor")


def _check_vanished(
    gone: Iterable[Key], renames: Mapping[Key, Draft], published: Catalogue
) -> Iterator[Fault]:
    for key in gone:
        if key in renames:
            yield renames[key].fault(explain_rename(key, renames[key]), "id")
            continue
        renamed = f", add {key.id!r} to the aliases of the document that replaces it"
        message = (
            f"{key} was published and is missing. Put it "
            f"back{'' if published.collections[key.collection].is_plain else renamed}, "
            "or list it in withdrawn.yaml."
        )
        yield Fault(name_file(*key), 0, 0, "", message)
