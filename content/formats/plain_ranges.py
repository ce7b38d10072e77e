"""Plain lists of IP ranges for firewalls: selection, samples and aggregation."""

from collections import defaultdict
from collections.abc import Collection as Values
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Network, collapse_addresses, ip_network
from typing import cast

from content.answers.answer import ReadContext
from content.answers.network_index import Network
from content.documents import Body
from content.errors import OnlySamplesError
from content.formats.classes import TRAFFIC_CLASSES, get_one_class
from schemas.kinds.ip_range import FAMILIES


@dataclass(frozen=True)
class Entry:
    """A line of a plain list.

    Attributes:
        cidr: The network.
        family: Its IP version.
        sample: Whether it is sample data (documentation addresses).
        ranges: The bodies of its ranges. Empty if networks were aggregated.
    """

    cidr: str
    family: str
    sample: bool
    ranges: tuple[Body, ...] = ()


@dataclass(frozen=True)
class PlainList:
    """The networks of one traffic class.

    Attributes:
        traffic: The class as named in the request. Set names derived from it stay the same if the
            class is renamed.
        entries: The networks without duplicates: IPv4 before IPv6, by address and length.
        before: Number of entries before aggregation.
        hidden: Number of ranges left out because they are samples.
        aggregated: Whether networks were aggregated.
    """

    traffic: str
    entries: tuple[Entry, ...]
    before: int
    hidden: int
    aggregated: bool

    @cached_property
    def families(self) -> dict[str, tuple[Entry, ...]]:
        """The entries by IP version. Always has both versions."""
        return {
            family: tuple(entry for entry in self.entries if entry.family == family)
            for family in FAMILIES
        }


def build_plain_list(
    context: ReadContext, body: Body, traffic: str, *, samples: bool | None, aggregate: bool | None
) -> PlainList:
    """Return the plain list for the class *traffic*.

    Args:
        body: The list of ranges as JSON. Ranges of other classes are skipped.
        samples: Whether to include sample data.
        aggregate: Whether to aggregate adjacent and overlapping networks.

    Raises:
        OnlySamplesError: Every match is a sample, and *samples* is not set.
    """
    name = context.catalogue.resolve_alias(TRAFFIC_CLASSES, traffic)
    found = [item for item in body["items"] if item["traffic"] == name]
    listed = select_listed(found, traffic, samples=samples)
    single = merge_equal(listed)
    entries = collapse(single) if aggregate else single
    return PlainList(
        traffic, entries, len(single), len(found) - len(listed), aggregated=bool(aggregate)
    )


def build_one_list(
    context: ReadContext,
    body: Body,
    traffic: Values[str],
    *,
    samples: bool | None,
    aggregate: bool | None,
) -> PlainList:
    """Return the plain list for the only class in *traffic*.

    Raises:
        ParametersError: The request does not have exactly one class.
        NoFixedAddressesError: The class has no fixed addresses.
        OnlySamplesError: Every match is a sample, and *samples* is not set.
    """
    one = get_one_class(context, traffic)
    return build_plain_list(context, body, one, samples=samples, aggregate=aggregate)


def count_networks(*lists: PlainList) -> tuple[int, int] | None:
    """Return the number of networks before and after aggregation. None if not aggregated."""
    if not any(found.aggregated for found in lists):
        return None
    return sum(found.before for found in lists), sum(len(found.entries) for found in lists)


def select_listed(found: list[Body], traffic: str, *, samples: bool | None) -> list[Body]:
    """Return the ranges *found*, without samples unless *samples* is set.

    Raises:
        OnlySamplesError: Every match is a sample, and *samples* is not set.
    """
    listed = [item for item in found if samples or not item["sample"]]
    if found and not listed:
        raise OnlySamplesError(
            f"All matching ranges of {traffic} are sample data. Do not use them in a firewall. "
            "To see their format, add samples=true."
        )
    return listed


def merge_equal(items: Iterable[Body]) -> tuple[Entry, ...]:
    """Return the networks of *items* without duplicates, in the order of *items*.

    Equal networks are equal texts, so they are not parsed.
    """
    ranges: dict[str, list[Body]] = defaultdict(list)
    for item in items:
        ranges[item["cidr"]].append(item)
    return tuple(
        Entry(cidr, same[0]["family"], any(item["sample"] for item in same), tuple(same))
        for cidr, same in ranges.items()
    )


def collapse(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the smallest list of networks that covers exactly the addresses of *entries*, sorted.

    Samples are only aggregated with samples, so that they can still be marked.
    """
    groups: dict[tuple[str, bool], list[Network]] = defaultdict(list)
    for entry in entries:
        groups[entry.family, entry.sample].append(ip_network(entry.cidr))
    whole = [
        (network.version, int(network.network_address), network.prefixlen, sample, str(network))
        for (_, sample), networks in groups.items()
        for network in collapse_addresses(cast("list[IPv4Network]", networks))
    ]
    return tuple(
        Entry(cidr, f"ipv{version}", sample) for version, _, _, sample, cidr in sorted(whole)
    )
