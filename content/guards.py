"""What `publish` refuses unless it is told otherwise: lists that lose much, and samples."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network

from content.catalogue import Archive, Catalogue
from content.documents import is_sample
from content.errors import PublishRefusedError
from content.ranges import COLLECTION, get_family
from content.releases import Release
from content.windows import get_status, list_boundaries

Network = IPv4Network | IPv6Network
#: Data center, class of traffic and family: what one firewall list is about.
Group = tuple[str, str, str]
_IN_FORCE = ("announced", "active", "retiring")
_HALF = 0.5


@dataclass(frozen=True)
class Allowances:
    """What the publisher has said may happen.

    Attributes:
        empty: A list that had addresses may have none.
        shrink: A list may lose more than half of its addresses.
        samples: Documents may be published whose source is a sample.
    """

    empty: bool = False
    shrink: bool = False
    samples: bool = False


def check_guards(
    before: Archive | None, after: Archive, release: Release, allowances: Allowances
) -> None:
    """Refuse a release that would do what its publisher may not have meant.

    Raises:
        PublishRefusedError: all objections, each with the flag that overrides it.
    """
    objections = [] if allowances.samples else list(_find_samples(release))
    if before is not None:
        days = _list_days(before.latest, after.latest, release.published_on)
        losses: dict[tuple[Group, bool], tuple[str, float]] = {}
        for day in days:
            for group, lost in _compare_lists(before.latest, after.latest, day):
                losses.setdefault((group, lost == 1), (day, lost))
        for (group, _), (day, lost) in sorted(losses.items()):
            objections += _object(group, day, lost, allowances)
    if objections:
        raise PublishRefusedError("\n".join(objections))


def _find_samples(release: Release) -> Iterator[str]:
    changes = [c for c in release.changes if c.document and is_sample(c.document.body)]
    if changes:
        keys = ", ".join(str(change.key) for change in changes[:3])
        more = f" and {len(changes) - 3} more" if len(changes) > 3 else ""  # noqa: PLR2004
        yield (
            f"{keys}{more}: the source is a sample. Replace it by the real one, or publish it "
            "marked as a sample with --allow-samples."
        )


def _list_days(before: Catalogue, after: Catalogue, today: str) -> list[str]:
    bodies = [*before.list_bodies(COLLECTION), *after.list_bodies(COLLECTION)]
    boundaries = {b for body in bodies for b in list_boundaries(body, window_alone=True)}
    return sorted({today} | {boundary for boundary in boundaries if boundary > today})


def _compare_lists(before: Catalogue, after: Catalogue, day: str) -> Iterator[tuple[Group, float]]:
    """Yield each list that loses addresses on *day*, and the share that it loses."""
    now = _list_networks(after, day)
    for group, networks in _list_networks(before, day).items():
        lost = 1 - _count_common(networks, now.get(group, [])) / _count(networks)
        if lost > 0:
            yield group, lost


def _list_networks(catalogue: Catalogue, day: str) -> dict[Group, list[Network]]:
    groups: dict[Group, list[Network]] = {}
    for body in catalogue.list_bodies(COLLECTION):
        if get_status(body, day) in _IN_FORCE:
            group = (body["data_center"], body["traffic"], get_family(body["cidr"]))
            groups.setdefault(group, []).append(ip_network(body["cidr"]))
    return groups


def _object(group: Group, day: str, lost: float, allowances: Allowances) -> Iterator[str]:
    data_center, traffic, family = group
    what = f"The {family} list of {data_center}, {traffic},"
    if lost == 1 and not allowances.empty:
        yield f"{what} would be empty on {day}. If that is meant, add --allow-empty."
    elif _HALF < lost < 1 and not allowances.shrink:
        yield (
            f"{what} would lose {lost:.0%} of its addresses on {day}. "
            "If that is meant, add --allow-shrink."
        )


def _count(networks: Iterable[Network]) -> int:
    return sum(network.num_addresses for network in _collapse(networks))


def _count_common(some: Iterable[Network], others: Iterable[Network]) -> int:
    """Return how many addresses are in both."""
    common = 0
    others = _collapse(others)
    for network in _collapse(some):
        for other in others:
            if network.overlaps(other):
                common += min(network.num_addresses, other.num_addresses)
    return common


def _collapse(networks: Iterable[Network]) -> list[Network]:
    return list(collapse_addresses(networks))  # type: ignore[type-var]  # One group, one family.
