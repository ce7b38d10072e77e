"""Check documents against each other: unique values, the default data center."""

from collections.abc import Iterator
from typing import Any

from content.errors import Fault
from content.sources.drafts import Draft, Sources

_DATA_CENTERS = "data-centers"


def check_together(sources: Sources) -> Iterator[Fault]:
    """Yield the faults that involve several documents."""
    yield from _check_unique(sources)
    yield from _check_default(sources)


def _check_unique(sources: Sources) -> Iterator[Fault]:
    first: dict[tuple[Any, ...], Draft] = {}
    for draft in sources.drafts:
        key, body = draft.document.key, draft.document.body
        for names in sources.collections[key.collection].unique:
            values = [_fold(body[name]) for name in names]
            if None in values:
                continue
            other = first.setdefault((key.collection, *names, *values), draft)
            if other.document.key != key:
                place = other.fault("", names[-1])
                message = (
                    f"{body[names[-1]]!r} is already the {names[-1]} of "
                    f"{other.document.key.id!r} ({place.file}:{place.line}). Change "
                    "one of the two."
                )
                yield draft.fault(message, names[-1])


def _fold(value: Any) -> Any:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


def _check_default(sources: Sources) -> Iterator[Fault]:
    found = [d for d in sources.drafts if d.document.key.collection == _DATA_CENTERS]
    defaults = [draft for draft in found if draft.document.body["default"]]
    for draft in defaults[1:]:
        message = (
            f"{defaults[0].document.key.id!r} is already the default. Write default: "
            "false in one of the two."
        )
        yield draft.fault(message, "default")
    unread = sum(key.collection == _DATA_CENTERS for key in sources.attempted) > len(found)
    if found and not defaults and not unread:
        message = "no data center is the default. Write default: true for one."
        yield found[0].fault(message, "default")
