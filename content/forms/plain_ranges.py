"""IP ranges as plain lists, which cannot carry a word: what may stand in them, and how."""

from collections.abc import Collection as Values
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from content.answers import Reading
from content.documents import Body
from content.errors import (
    NoFixedAddressesError,
    OnlySamplesError,
    ParameterFault,
    ParametersError,
)

Network = IPv4Network | IPv6Network
TRAFFIC_CLASSES = "traffic-classes"


def render_txt(
    reading: Reading,
    body: Body,
    *,
    traffic: Values[str] = (),
    samples: bool | None = None,
    **_query: Any,
) -> str:
    """Return the ranges of a list a line each, sorted, without duplicates, IPv4 before IPv6.

    Args:
        traffic: The one class asked for; a list that mixes directions is a wrong rule.
        samples: Whether to list documentation addresses too.

    Raises:
        ParametersError: not exactly one class was asked for.
        NoFixedAddressesError: the class has no fixed addresses.
        OnlySamplesError: without samples nothing is left, though something was found.
    """
    require_one_class(reading, traffic)
    networks = select_networks(body["items"], samples=bool(samples))
    return "".join(f"{network}\n" for network in networks)


def require_one_class(reading: Reading, traffic: Values[str]) -> None:
    """Refuse a list of no one class of traffic, or of one whose addresses are not fixed.

    Raises:
        ParametersError: not exactly one class was asked for.
        NoFixedAddressesError: the class has no fixed addresses.
    """
    classes = {reading.catalogue.resolve_alias(TRAFFIC_CLASSES, name) for name in traffic}
    bodies = reading.catalogue.list_bodies(TRAFFIC_CLASSES)
    fixed = {body["id"]: body["fixed_addresses"] for body in bodies}
    if len(classes) != 1:
        said = (
            "traffic: a plain list is of one class of traffic, because a rule for both directions "
            "is a wrong rule; give traffic once."
        )
        allowed = tuple(name for name, is_fixed in fixed.items() if is_fixed)
        raise ParametersError([ParameterFault("traffic", said, allowed)])
    (name,) = classes
    if fixed.get(name) is False:
        raise NoFixedAddressesError(
            f"Traffic of the class {name!r} has no fixed addresses, so there is no list to give. "
            f"Allow the host names in /v1/data-centers; /v1/traffic-classes/{name} says why."
        )


def select_networks(items: Values[Body], *, samples: bool) -> list[Network]:
    """Return the networks of the ranges *items* that a plain list may hold.

    Raises:
        OnlySamplesError: only samples were found and they may not be listed.
    """
    listed = [item for item in items if samples or not item["sample"]]
    if items and not listed:
        raise OnlySamplesError(
            "All the ranges found are samples, made of documentation addresses, which this form "
            "cannot mark. A firewall must not use them; add samples=true to see their shape."
        )
    networks = {ip_network(item["cidr"]) for item in listed}
    return sorted(networks, key=lambda n: (n.version, int(n.network_address), n.prefixlen))
