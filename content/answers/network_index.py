"""Find the networks that contain a given network, and those inside it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network

Network = IPv4Network | IPv6Network
#: Positions in a sequence, in ascending order.
Positions = list[int]


class NetworkIndex:
    """An index of the positions of networks, each given as (version, address, prefix length).

    A query takes one dict lookup for each prefix length in the index, plus one step per match.
    """

    def __init__(self, networks: Iterable[tuple[int, int, int]]) -> None:
        self._by_length: dict[tuple[int, int], dict[int, list[int]]] = defaultdict(dict)
        entries = []
        for position, (version, first, length) in enumerate(networks):
            self._by_length[version, length].setdefault(first, []).append(position)
            entries.append((version, first, length, position))
        self._sorted = sorted(entries)

    def find_related(self, network: Network) -> tuple[Positions, Positions]:
        """Return the positions of networks that contain or equal *network*, and of those inside."""
        return self._find_outer(network), self._find_inner(network)

    def _find_outer(self, network: Network) -> list[int]:
        """Return the positions of the networks that contain or equal *network*, in order."""
        first, most = int(network.network_address), network.max_prefixlen
        found: list[int] = []
        for (version, length), known in self._by_length.items():
            if version == network.version and length <= network.prefixlen:
                host_bits = most - length
                found += known.get(first >> host_bits << host_bits, ())
        return sorted(found)

    def _find_inner(self, network: Network) -> list[int]:
        """Return the positions of the networks inside *network*, without equal ones, in order."""
        version, first = network.version, int(network.network_address)
        begin = bisect_left(self._sorted, (version, first))
        end = bisect_left(self._sorted, (version, first + network.num_addresses))
        entries = self._sorted[begin:end]
        return sorted(position for _, _, length, position in entries if length > network.prefixlen)
