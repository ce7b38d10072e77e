"""Find, among many networks, those that contain one and those that lie inside it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network

Network = IPv4Network | IPv6Network
#: Places in a sequence, in order.
Places = list[int]


class NetworkIndex:
    """The places of networks in a sequence; each is given as family, address and length.

    A network asked about costs a look for each length of mask there is, and one for each match.
    """

    def __init__(self, networks: Iterable[tuple[int, int, int]]) -> None:
        self._by_length: dict[tuple[int, int], dict[int, list[int]]] = defaultdict(dict)
        rows = []
        for place, (version, first, length) in enumerate(networks):
            self._by_length[version, length].setdefault(first, []).append(place)
            rows.append((version, first, length, place))
        self._rows = sorted(rows)

    def find_related(self, network: Network) -> tuple[Places, Places]:
        """Return the places of what contains *network* or equals it, and of what lies within it."""
        return self._find_outer(network), self._find_inner(network)

    def _find_outer(self, network: Network) -> list[int]:
        """Return the places of the networks that contain *network* or equal it, in order."""
        first, most = int(network.network_address), network.max_prefixlen
        found: list[int] = []
        for (version, length), known in self._by_length.items():
            if version == network.version and length <= network.prefixlen:
                host_bits = most - length
                found += known.get(first >> host_bits << host_bits, ())
        return sorted(found)

    def _find_inner(self, network: Network) -> list[int]:
        """Return the places of the networks within *network*, without those that equal it."""
        version, first = network.version, int(network.network_address)
        begin = bisect_left(self._rows, (version, first))
        end = bisect_left(self._rows, (version, first + network.num_addresses))
        rows = self._rows[begin:end]
        return sorted(place for _, _, length, place in rows if length > network.prefixlen)
