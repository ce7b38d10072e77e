"""Look up addresses: find the ranges that contain an address or overlap a network."""

from bisect import bisect_right
from collections.abc import Collection as Values
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import chain

from content.answers.answer import Answer, ReadContext, build_answer, build_list
from content.answers.facts import serve_fact
from content.answers.lookup_hints import explain_address
from content.answers.matching import ANY, find_last_change
from content.answers.network_index import Network, NetworkIndex, Positions
from content.answers.ranges import COLLECTION, derive_range
from content.documents import Body
from content.errors import ParameterFault, ParametersError
from content.windows import list_boundaries
from schemas.networks import order_network

#: IPv6 networks whose addresses hold an IPv4 address in the last 32 bits: IPv4-mapped and NAT64.
#: Source: RFC 4291, section 2.5.5.2; RFC 6052, section 2.1.
_EMBEDDING = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
_IPV4_BITS = 32
#: Maximum number of matches in a response. A range counts once for each network that it matches.
MAX_MATCHES = 5_000


def look_up(context: ReadContext, *, ip: Values[str]) -> Answer:
    """Return, for each address or network, the ranges that contain it or are inside it.

    Ranges of every status are searched, because people look up addresses from old logs.

    Raises:
        ParametersError: No value was given, a value is neither an address nor a network, or
            there are too many matches.
    """
    if not ip:
        message = "Nothing to look up. Add at least one address, for example ip=192.0.2.1."
        raise ParametersError([ParameterFault("ip", message)])
    networks = _parse_all(ip)
    catalogue = context.catalogue
    known = catalogue.get_or_build(("lookup",), lambda: _Known(context))
    found = [known.index.find_related(network) for network in networks]
    _check_amount(sum(map(len, chain.from_iterable(found))))
    items = [_answer_one(context, known, *each) for each in zip(ip, networks, found, strict=True)]
    body = build_list(known.release, items, len(items))
    return build_answer(context, body, known.release, known.list_boundaries(context.day))


class _Known:
    """The data of a catalogue that lookups on any day share.

    Attributes:
        release: The newest release that changed a range.
        documents: All ranges, in order.
        index: Finds networks and returns their positions in *documents*.
    """

    def __init__(self, context: ReadContext) -> None:
        self.documents = context.catalogue.list_documents(COLLECTION)
        self.release = find_last_change(context.catalogue, COLLECTION, ANY)
        self.index = NetworkIndex([order_network(d.body["cidr"]) for d in self.documents])
        days = {day for document in self.documents for day in list_boundaries(document.body)}
        self._boundaries = sorted(days)

    def list_boundaries(self, day: str) -> list[str]:
        """Return the latest boundary up to *day* and the first one after it."""
        position = bisect_right(self._boundaries, day)
        return self._boundaries[max(position - 1, 0) : position + 1]


def parse_query(text: str) -> Network:
    """Return *text* as a network. IPv4 embedded in IPv6 becomes an IPv4 network.

    Raises:
        ValueError: *text* is neither an address nor a network.
    """
    address, slash, length = text.partition("/")
    if "%" in address or (slash and not (length.isascii() and length.isdigit())):
        raise ValueError(text)
    # Pass the length as a number: `ipaddress` caches each spelling of a length until it exits.
    network = ip_network((address, int(length)) if slash else address, strict=False)
    if isinstance(network, IPv6Network) and any(map(network.subnet_of, _EMBEDDING)):
        last_bits = int(network.network_address) % (1 << _IPV4_BITS)
        return IPv4Network((last_bits, network.prefixlen - network.max_prefixlen + _IPV4_BITS))
    return network


def _parse_all(texts: Values[str]) -> list[Network]:
    networks: list[Network] = []
    faults = []
    for text in texts:
        try:
            networks.append(parse_query(text))
        except ValueError:
            faults.append(ParameterFault("ip", explain_address(text, parse_query)))
    if faults:
        raise ParametersError(faults)
    return networks


def _check_amount(count: int) -> None:
    if count > MAX_MATCHES:
        message = (
            f"There are {count} matches, but a response has at most {MAX_MATCHES}. Look up smaller "
            "or fewer networks, or use /v1/ip-ranges for all ranges."
        )
        raise ParametersError([ParameterFault("ip", message)])


def _answer_one(
    context: ReadContext,
    known: _Known,
    query: str,
    network: Network,
    found: tuple[Positions, Positions],
) -> Body:
    within, inside = found
    relation = "inside" if within else "covers" if inside else "outside"
    written_version = 6 if ":" in query else 4
    documents = (known.documents[position] for position in (*within, *inside))
    return {
        "query": query,
        "normalized": str(network),
        "embedded_ipv4": str(network) if network.version < written_version else None,
        "relation": relation,
        "matches": [serve_fact(context, document, derive_range) for document in documents],
    }
