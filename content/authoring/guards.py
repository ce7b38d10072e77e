"""Reject releases that need confirmation: lists that lose many addresses, and samples."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_network

from content.answers.ranges import COLLECTION, get_family
from content.documents import Body, is_sample, pick
from content.errors import PublishRefusedError
from content.ledger.catalogue import Archive, Catalogue
from content.ledger.release import Release
from content.windows import get_status, list_boundaries

#: Data center, traffic class and IP version: together they identify a firewall list.
Group = tuple[str, str, str]
#: Fields that decide which list a range is in.
_DECIDING = ("cidr", "effective_from", "effective_until")


@dataclass(frozen=True)
class Loss:
    """A firewall list that loses more than half of its addresses.

    Attributes:
        group: The list.
        day: The first day of the loss.
        percent: The lost percentage, rounded down.
        empty: Whether the list becomes empty.
    """

    group: Group
    day: str
    percent: int
    empty: bool


@dataclass(frozen=True)
class Overrides:
    """What the publisher explicitly allows.

    Attributes:
        empty: A list may become empty.
        shrink: A list may lose more than half of its addresses.
        samples: Documents with a sample as their source may be published.
        new_ledger: A new ledger may start although git contains another one.
    """

    empty: bool = False
    shrink: bool = False
    samples: bool = False
    new_ledger: bool = False


def check_guards(
    before: Archive | None, after: Archive, release: Release, overrides: Overrides
) -> None:
    """Reject a release with effects that may not be intended.

    Raises:
        PublishRefusedError: There are objections. The message names the option to allow each.
    """
    objections = [] if overrides.samples else list(_find_samples(release))
    if before is not None:
        for loss in _find_losses(before.latest, after.latest, release.published_on):
            objections += _violations(loss, overrides)
    if objections:
        raise PublishRefusedError("\n".join(objections))


def _find_samples(release: Release) -> Iterator[str]:
    changes = [c for c in release.changes if c.document and is_sample(c.document.body)]
    if changes:
        keys = ", ".join(str(change.key) for change in changes[:3])
        more = f" and {len(changes) - 3} more" if len(changes) > 3 else ""  # noqa: PLR2004
        yield (
            f"{keys}{more}: the source is a sample. Replace it with the real source. "
            "To publish it marked as a sample, add --allow-samples."
        )


def _find_losses(before: Catalogue, after: Catalogue, today: str) -> Iterator[Loss]:
    """Yield, for each list, the first day with a large loss and the first day it is empty."""
    was, now = _group(before), _group(after)
    for group in sorted(was):
        served = now.get(group, [])
        if was[group] != served:
            days = _list_days([*was[group], *served], today)
            losses = [_compare(group, day, was[group], served) for day in days]
            for empty in (False, True):
                yield from [loss for loss in losses if loss and loss.empty is empty][:1]


def _group(catalogue: Catalogue) -> dict[Group, list[Body]]:
    groups: dict[Group, list[Body]] = {}
    for body in catalogue.list_bodies(COLLECTION):
        group = (body["data_center"], body["traffic"], get_family(body["cidr"]))
        groups.setdefault(group, []).append(pick(body, _DECIDING))
    return groups


def _list_days(bodies: Iterable[Body], today: str) -> list[str]:
    boundaries = {b for body in bodies for b in list_boundaries(body, window_alone=True)}
    return sorted({today} | {boundary for boundary in boundaries if boundary > today})


def _compare(group: Group, day: str, before: list[Body], after: list[Body]) -> Loss | None:
    """Return the loss of a list on *day*; None if it is half or less."""
    was, now = (
        [body for body in bodies if get_status(body, day) != "retired"]
        for bodies in (before, after)
    )
    had, has = _count(was), _count(now)
    lost = _count([*was, *now]) - has
    if 2 * lost <= had:
        return None
    return Loss(group, day, 100 * lost // had, empty=not now)


def _count(bodies: Iterable[Body]) -> int:
    """Return the number of distinct addresses in the ranges *bodies*."""
    networks = [ip_network(body["cidr"]) for body in bodies]
    count, reached = 0, -1
    for first, last in sorted((int(n[0]), int(n[-1])) for n in networks):
        count += max(0, last - max(first - 1, reached))
        reached = max(reached, last)
    return count


def _violations(loss: Loss, overrides: Overrides) -> Iterator[str]:
    data_center, traffic, family = loss.group
    what = f"The {family} list for {data_center}, {traffic},"
    if loss.empty and not overrides.empty:
        yield f"{what} would be empty on {loss.day}. If this is intended, add --allow-empty."
    elif not loss.empty and not overrides.shrink:
        yield (
            f"{what} would lose {loss.percent}% of its addresses on {loss.day}. If "
            "this is intended, add --allow-shrink."
        )
