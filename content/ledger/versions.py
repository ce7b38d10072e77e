"""What releases did to one document, in the order of their numbers, and finding the newest."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol, TypeVar

from content.ledger.release import Change

_get_number = attrgetter("number")


class Numbered(Protocol):
    """What a release of a number did."""

    @property
    def number(self) -> int:
        """The number of the release."""


N = TypeVar("N", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Version:
    """A document as one release left it.

    Attributes:
        number: The number of that release.
        change: What the release says of it.
    """

    number: int
    change: Change


@dataclass(frozen=True, slots=True)
class Revision:
    """A release at which what is said of a document changed.

    Attributes:
        number: The number of the release.
        revised: Whether more than a review date changed.
        ordinal: How often more than that had changed by then.
        revised_in: The number of the newest release at which it had.
    """

    number: int
    revised: bool
    ordinal: int
    revised_in: int


@dataclass(frozen=True, slots=True)
class AliasTarget:
    """What a former id means from a release on.

    Attributes:
        number: The number of that release.
        id: The id that it is redirected to; None if it no longer is.
    """

    number: int
    id: str | None


def find_newest(entries: Sequence[N], number: int) -> N | None:
    """Return the newest of *entries*, which are in order, up to release *number*."""
    if not entries or entries[-1].number <= number:
        return entries[-1] if entries else None
    place = count_up_to(entries, number)
    return entries[place - 1] if place else None


def next_revision(known: Sequence[Revision], number: int, *, revised: bool) -> Revision:
    """Return the revision that release *number* adds to those *known*."""
    ordinal = known[-1].ordinal if known else 0
    if revised:
        return Revision(number, revised, ordinal + 1, number)
    return Revision(number, revised, ordinal, known[-1].revised_in if known else number)


def count_up_to(entries: Sequence[Numbered], number: int) -> int:
    """Return how many of *entries*, which are in order, are of releases up to *number*."""
    return bisect_right(entries, number, key=_get_number)
