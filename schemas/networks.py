"""IP ranges in canonical CIDR notation, with a prefix length and without host bits."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from marshmallow import ValidationError

from schemas.fields import Text, show

#: Every release sorts the same ranges, and parsing an address takes longer than sorting.
_KEPT_KEYS = 1 << 15


class Cidr(Text):
    """An IPv4 or IPv6 range in canonical CIDR notation."""

    def check(self, value: str) -> None:
        """Accept only the canonical CIDR notation."""
        try:
            network = ip_network(value, strict=False)
        except ValueError:
            raise ValidationError(f"{show(value)} is not an IP range in CIDR notation.") from None
        if "%" in value:
            message = f"{show(value)} has a zone ID; remove '%' and everything after it."
            raise ValidationError(message)
        if "/" not in value:
            raise ValidationError(f"{show(value)} has no prefix length; write '{network}'.")
        if value != str(network):
            raise ValidationError(_explain_network(value, network))

    def sort_key(self, value: str) -> tuple[int, int, int]:
        """Return the IP version, address and prefix length as numbers."""
        return order_network(value)


@lru_cache(maxsize=_KEPT_KEYS)
def order_network(value: str) -> tuple[int, int, int]:
    """Return the IP version, address and prefix length of the range *value* as numbers."""
    network = ip_network(value)
    return network.version, int(network.network_address), network.prefixlen


def _explain_network(value: str, network: IPv4Network | IPv6Network) -> str:
    written, _, _ = value.partition("/")
    try:
        strict = ip_network(value)
    except ValueError:
        host = f"{written}/{network.max_prefixlen}"
        return (
            f"{show(value)} has host bits set; write '{network}' for the range "
            f"or '{ip_network(host)}' for the address."
        )
    return f"{show(value)} is not in canonical notation; write '{strict}'."
