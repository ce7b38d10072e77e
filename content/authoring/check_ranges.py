"""Check IP ranges: which addresses a firewall list may contain."""

from collections.abc import Iterable, Iterator
from ipaddress import ip_network

from content.answers.network_index import Network
from content.documents import Body, is_sample
from content.errors import Fault
from content.sources.drafts import Draft

#: Addresses for documentation. Source: RFC 5737, RFC 3849, RFC 9637.
DOCUMENTATION = tuple(
    ip_network(cidr)
    for cidr in (
        *("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"),
        *("2001:db8::/32", "3fff::/20"),
    )
)
#: Addresses that cannot be reached over the internet. Source: IANA IPv4 and IPv6 Special-Purpose
#: Address Registries, IANA IPv6 Address Space; multicast: RFC 5771.
_NOT_GLOBAL = tuple(
    ip_network(cidr)
    for cidr in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"),
        # Two blocks within 2000::/3, the global unicast addresses, and everything outside it.
        *("2001::/23", "2002::/16", "::/3", "4000::/2", "8000::/1"),
    )
)


def check_ranges(drafts: Iterable[Draft]) -> Iterator[Fault]:
    """Yield the faults in the IP ranges *drafts*."""
    placed = [(ip_network(draft.document.body["cidr"]), draft) for draft in drafts]
    for network, draft in placed:
        yield from _check_alone(network, draft)
    placed.sort(key=lambda pair: (pair[0].version, int(pair[0].network_address), pair[0].prefixlen))
    open_ranges: list[tuple[Network, Draft]] = []
    for network, draft in placed:
        open_ranges = [o for o in open_ranges if _overlap(o[0], network)]
        pairs = (_check_pair(network, draft, *other) for other in open_ranges)
        wrong = next((fault for fault in pairs if fault is not None), None)
        if wrong is not None:
            # Report one fault per range, and do not compare other ranges with it. Checking a list
            # that was pasted twice stays fast.
            yield wrong
        else:
            open_ranges.append((network, draft))


def _check_alone(network: Network, draft: Draft) -> Iterator[Fault]:
    message = _judge(network, sample=is_sample(draft.document.body))
    if message is not None:
        yield draft.fault(f"'{network}' {message}", "cidr")


def _judge(network: Network, *, sample: bool) -> str | None:
    """Return what is wrong with *network*, to be put after its name; None if nothing is."""
    if network.prefixlen == 0:
        return "contains all addresses. Write the actual ranges."
    if not sample and any(_overlap(network, known) for known in DOCUMENTATION):
        return (
            "is a documentation range. Write the real range, or give it a source with "
            "'confidence: sample'."
        )
    if sample and not any(_lies_within(network, known) for known in DOCUMENTATION):
        return (
            "is marked as a sample but contains real addresses. Use a documentation "
            "range such as 192.0.2.0/28 or 2001:db8::/48, or name the real source."
        )
    if any(_overlap(network, special) for special in _NOT_GLOBAL):
        return (
            "is private, multicast or reserved and cannot be reached over the "
            "internet. Write the public range."
        )
    return None


def _check_pair(
    network: Network, draft: Draft, other_network: Network, other: Draft
) -> Fault | None:
    body, other_body = draft.document.body, other.document.body
    where = f"{other_body['id']!r} ({other.fault('', 'cidr').file}:{other.fault('', 'cidr').line})"
    if body["data_center"] != other_body["data_center"]:
        return draft.fault(
            f"'{network}' in {body['data_center']} overlaps '{other_network}' in "
            f"{other_body['data_center']}, {where}. An address can belong to one data "
            "center only.",
            "cidr",
        )
    if body["traffic"] == other_body["traffic"] and _meet(body, other_body):
        same = network == other_network
        detail = "is already listed as" if same else f"is part of '{other_network}',"
        return draft.fault(f"'{network}' {detail} {where}. Delete one of the two.", "cidr")
    return None


def _overlap(one: Network, other: Network) -> bool:
    return one.version == other.version and one.overlaps(other)


def _lies_within(one: Network, other: Network) -> bool:
    return _overlap(one, other) and one.prefixlen >= other.prefixlen


def _meet(one: Body, other: Body) -> bool:
    """Return whether both ranges are in use on the same day."""
    begins = max(one["effective_from"] or "", other["effective_from"] or "")
    endless = "9999-12-31"
    ends = min(one["effective_until"] or endless, other["effective_until"] or endless)
    return begins <= ends
