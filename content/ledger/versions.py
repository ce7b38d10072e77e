"""Versions, revisions and alias targets of documents, and how to find the newest."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol, TypeVar

from content.ledger.release import Change

_get_number = attrgetter("number")


class Numbered(Protocol):
    """Something that belongs to a release."""

    @property
    def number(self) -> int:
        """The number of the release."""


N = TypeVar("N", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Version:
    """A document as of one release.

    Attributes:
        number: The number of the release.
        change: The change that the release made to the document.
    """

    number: int
    change: Change


@dataclass(frozen=True, slots=True)
class Revision:
    """A release that changed a document or a value it cites.

    Attributes:
        number: The number of the release.
        revised: Whether anything other than review dates changed.
        ordinal: The revision number: how often `revised` was true up to this release.
        revised_in: The number of the newest release up to this one for which `revised` is true.
    """

    number: int
    revised: bool
    ordinal: int
    revised_in: int


@dataclass(frozen=True, slots=True)
class AliasTarget:
    """The ID that an alias redirects to, from a given release on.

    Attributes:
        number: The number of the release.
        id: The current ID. None if the alias was removed.
    """

    number: int
    id: str | None


def find_newest(entries: Sequence[N], number: int) -> N | None:
    """Return the newest of *entries* up to release *number*. *entries* must be sorted."""
    if not entries or entries[-1].number <= number:
        return entries[-1] if entries else None
    place = count_up_to(entries, number)
    return entries[place - 1] if place else None


def next_revision(known: Sequence[Revision], number: int, *, revised: bool) -> Revision:
    """Return the revision that release *number* adds after those in *known*."""
    ordinal = known[-1].ordinal if known else 0
    if revised:
        return Revision(number, revised, ordinal + 1, number)
    return Revision(number, revised, ordinal, known[-1].revised_in if known else number)


def count_up_to(entries: Sequence[Numbered], number: int) -> int:
    """Return the number of *entries* up to release *number*. *entries* must be sorted."""
    return bisect_right(entries, number, key=_get_number)
