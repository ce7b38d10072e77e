"""Is this address ours: which ranges contain an address or a network, or lie inside it."""

import re
from collections.abc import Collection as Values
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import chain

from content.answers import Answer, Reading, build_answer, find_last_change
from content.documents import Body
from content.errors import ParameterFault, ParametersError
from content.facts import serve_fact
from content.ranges import COLLECTION, derive_range
from content.windows import list_boundaries

Network = IPv4Network | IPv6Network
_MAPPED_BITS = 96
#: What `ipaddress` reads beyond CIDR: a zone, and a mask that may be a net's or a host's.
_ZONE_OR_MASK = re.compile(r"%|/.*[^0-9]")


def look_up(reading: Reading, *, ip: Values[str]) -> Answer:
    """Return, for each address or network asked, the ranges that it has to do with.

    Ranges of every status are searched: a log may be older than a range's end.

    Raises:
        ParametersError: a value is neither an address nor a network, or there is none.
    """
    if not ip:
        said = "nothing to look up; give at least one address, for example ip=192.0.2.1."
        raise ParametersError([ParameterFault("ip", said)])
    networks = _parse_all(ip)
    documents = reading.catalogue.list_documents(COLLECTION)
    served = [(ip_network(d.body["cidr"]), serve_fact(reading, d, derive_range)) for d in documents]
    release = find_last_change(reading, COLLECTION, lambda _document, _number: True)
    items = [
        _answer_one(query, network, served) for query, network in zip(ip, networks, strict=True)
    ]
    boundaries = chain.from_iterable(list_boundaries(document.body) for document in documents)
    body = {"release": release.id, "count": len(items), "items": items, "next_cursor": None}
    return build_answer(reading, body, release, boundaries)


def parse_query(text: str) -> Network:
    """Return *text* as a network; an IPv4 address inside IPv6 is that IPv4 address.

    Raises:
        ValueError: *text* is neither an address nor a network.
    """
    if _ZONE_OR_MASK.search(text):
        raise ValueError(text)
    network = ip_network(text, strict=False)
    mapped = getattr(network.network_address, "ipv4_mapped", None)
    if isinstance(network, IPv6Network) and mapped and network.prefixlen >= _MAPPED_BITS:
        return IPv4Network(f"{mapped}/{network.prefixlen - _MAPPED_BITS}", strict=False)
    return network


def _parse_all(texts: Values[str]) -> list[Network]:
    networks: list[Network] = []
    faults = []
    for text in texts:
        try:
            networks.append(parse_query(text))
        except ValueError:
            faults.append(ParameterFault("ip", _explain(text)))
    if faults:
        raise ParametersError(faults)
    return networks


def _explain(text: str) -> str:
    if "%" in text:
        return f"{text!r} names a zone, which only its own machine knows; leave out the '%' part."
    return (
        f"{text!r} is neither an IP address nor a network; "
        "write for example 192.0.2.1, 192.0.2.0/28 or 2001:db8::1."
    )


def _answer_one(query: str, network: Network, served: list[tuple[Network, Body]]) -> Body:
    within = [body for known, body in served if _contains(known, network)]
    inside = [body for known, body in served if known != network and _contains(network, known)]
    relation = "inside" if within else "covers" if inside else "outside"
    return {
        "query": query,
        "normalized": str(network),
        "relation": relation,
        "matches": [*within, *inside],
    }


def _contains(outer: Network, inner: Network) -> bool:
    if isinstance(outer, IPv4Network) and isinstance(inner, IPv4Network):
        return inner.subnet_of(outer)
    if isinstance(outer, IPv6Network) and isinstance(inner, IPv6Network):
        return inner.subnet_of(outer)
    return False
