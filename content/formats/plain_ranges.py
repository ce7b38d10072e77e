"""IP ranges for firewalls: which a plain list may hold, of which class, and how many."""

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
        family: Its version of IP.
        sample: Whether it is made of documentation addresses.
        ranges: The bodies of its ranges; none where networks were aggregated.
    """

    cidr: str
    family: str
    sample: bool
    ranges: tuple[Body, ...] = ()


@dataclass(frozen=True)
class PlainList:
    """The networks of one class of traffic.

    Attributes:
        traffic: The class, as the request names it: what is called after it keeps its name when
            the class gets another id.
        entries: IPv4 before IPv6, by address and length, each network once.
        before: How many entries there were before aggregation.
        hidden: How many ranges are left out because they are samples.
        aggregated: Whether networks were aggregated.
    """

    traffic: str
    entries: tuple[Entry, ...]
    before: int
    hidden: int
    aggregated: bool

    @cached_property
    def families(self) -> dict[str, tuple[Entry, ...]]:
        """The entries of each version of IP, of both even where there are none."""
        return {
            family: tuple(entry for entry in self.entries if entry.family == family)
            for family in FAMILIES
        }


def build_plain_list(
    context: ReadContext, body: Body, traffic: str, *, samples: bool | None, aggregate: bool | None
) -> PlainList:
    """Return what a plain list of the class *traffic* may hold.

    Args:
        body: The list of ranges as JSON; those of other classes are skipped.
        samples: Whether to list documentation addresses too.
        aggregate: Whether to aggregate adjacent and overlapping networks.

    Raises:
        OnlySamplesError: without samples nothing is left, though something was found.
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
    """Return what a plain list of the one class in *traffic* may hold.

    Raises:
        ParametersError: not exactly one class was requested.
        NoFixedAddressesError: the class has no fixed addresses.
        OnlySamplesError: without samples nothing is left, though something was found.
    """
    one = get_one_class(context, traffic)
    return build_plain_list(context, body, one, samples=samples, aggregate=aggregate)


def count_networks(*lists: PlainList) -> tuple[int, int] | None:
    """Return how many networks there were before and after aggregation, if there was any."""
    if not any(found.aggregated for found in lists):
        return None
    return sum(found.before for found in lists), sum(len(found.entries) for found in lists)


def select_listed(found: list[Body], traffic: str, *, samples: bool | None) -> list[Body]:
    """Return the ranges *found* that a format without marks for samples may list.

    Raises:
        OnlySamplesError: only samples were found and they may not be listed.
    """
    listed = [item for item in found if samples or not item["sample"]]
    if found and not listed:
        raise OnlySamplesError(
            f"All the ranges found of {traffic} are samples, made of documentation addresses, "
            "which a firewall must not use; add samples=true to see their shape."
        )
    return listed


def merge_equal(items: Iterable[Body]) -> tuple[Entry, ...]:
    """Return the networks of *items*, each once, in the order of *items*.

    A network has one spelling, so that none needs to be read.
    """
    ranges: dict[str, list[Body]] = defaultdict(list)
    for item in items:
        ranges[item["cidr"]].append(item)
    return tuple(
        Entry(cidr, same[0]["family"], any(item["sample"] for item in same), tuple(same))
        for cidr, same in ranges.items()
    )


def collapse(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the fewest networks that cover the addresses of *entries* and no other, sorted.

    Samples are aggregated only with samples, so that they can still be marked.
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
