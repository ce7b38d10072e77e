"""A network in CIDR form: canonical, with a mask and without host bits."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from marshmallow import ValidationError

from schemas.fields import Text, show

#: Every release sorts the same ranges again; reading an address takes longer than the sorting.
_KEPT_KEYS = 1 << 15


class Cidr(Text):
    """An IPv4 or IPv6 network with its mask, written canonically."""

    def check(self, value: str) -> None:
        """Refuse what is no network, and every notation but the canonical one."""
        try:
            network = ip_network(value, strict=False)
        except ValueError:
            raise ValidationError(f"{show(value)} is not an IP network in CIDR form.") from None
        if "%" in value:
            message = f"{show(value)} names a zone of one host; leave out '%' and what follows it."
            raise ValidationError(message)
        if "/" not in value:
            raise ValidationError(f"{show(value)} has no mask; write '{network}'.")
        if value != str(network):
            raise ValidationError(_explain_network(value, network))

    def sort_key(self, value: str) -> tuple[int, int, int]:
        """Return family, address and length as numbers."""
        return order_network(value)


@lru_cache(maxsize=_KEPT_KEYS)
def order_network(value: str) -> tuple[int, int, int]:
    """Return the family, address and length of the network *value* as numbers."""
    network = ip_network(value)
    return network.version, int(network.network_address), network.prefixlen


def _explain_network(value: str, network: IPv4Network | IPv6Network) -> str:
    written, _, _ = value.partition("/")
    try:
        strict = ip_network(value)
    except ValueError:
        host = f"{written}/{network.max_prefixlen}"
        return (
            f"{show(value)} has host bits set; write '{network}' for the network "
            f"or '{ip_network(host)}' for the address."
        )
    return f"{show(value)} is not written canonically; write '{strict}'."
