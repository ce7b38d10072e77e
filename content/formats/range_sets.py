"""IP ranges as nftables sets and ipset sets. The files can be loaded repeatedly."""

from collections.abc import Collection as Values
from collections.abc import Iterable, Iterator
from hashlib import sha256

from content.answers.answer import ReadContext
from content.documents import Body
from content.formats.classes import find_class_change, list_classes
from content.formats.comments import describe_entry, describe_lists
from content.formats.plain_ranges import (
    Entry,
    build_one_list,
    build_plain_list,
    count_networks,
)
from content.formats.rendering import Rendering
from schemas.kinds.ip_range import FAMILIES

_TABLE = "inet faqts"
_NFT_TYPES = {"ipv4": "ipv4_addr", "ipv6": "ipv6_addr"}
_IPSET_FAMILIES = {"ipv4": "inet", "ipv6": "inet6"}
_IPSET_SUFFIXES = {"ipv4": "v4", "ipv6": "v6"}
#: ipset rejects an existing set if the options differ, so never change them.
_IPSET_OPTIONS = "maxelem 1048576 -exist"
#: Maximum length of the traffic class in set names. ipset allows 31 characters for `faqts-`, the
#: class, `-v4` and `.new`. nftables allows 255.
_IPSET_PART, _NFT_PART = 18, 200
_DIGITS = 8


def render_nft(
    context: ReadContext,
    body: Body,
    *,
    traffic: Values[str],
    family: str | None,
    samples: bool | None,
    aggregate: bool | None,
    data_center: Values[str],
) -> Rendering:
    """Return a file for `nft -f` that replaces the elements of all sets in one transaction.

    There is one set for each class and IP version.

    Args:
        traffic: The requested classes. Empty for all classes with fixed addresses.
        family: The IP version of the sets. None for both.

    Raises:
        NoFixedAddressesError: A requested class has no fixed addresses.
        OnlySamplesError: Every match of a class is a sample, and *samples* is not set.
    """
    lists = [
        build_plain_list(context, body, name, samples=samples, aggregate=aggregate)
        for name in list_classes(context, traffic)
    ]
    families = FAMILIES if family is None else (family,)
    sets = [(name_nft_set(f.traffic, v), v, f.families[v]) for f in lists for v in families]
    use = f"Load with 'nft -f'. Updates the sets in the table {_TABLE}, but no rules."
    lines = [f"add table {_TABLE}\n", *_define_nft(sets), *_fill_nft(sets)]
    text = describe_lists(lists, body, data_center, use) + "".join(lines)
    changed_at = "" if traffic else find_class_change(context).published_at
    return Rendering(text, count_networks(*lists), changed_at=changed_at)


def render_ipset(
    context: ReadContext,
    body: Body,
    *,
    traffic: Values[str],
    family: str | None,
    samples: bool | None,
    aggregate: bool | None,
    data_center: Values[str],
) -> Rendering:
    """Return a file for `ipset restore` that fills a new set and swaps it with the one in use.

    Args:
        traffic: The requested class.
        family: The IP version of the set. None for both.

    Raises:
        ParametersError: The request does not have exactly one class.
        NoFixedAddressesError: The class has no fixed addresses.
        OnlySamplesError: Every match is a sample, and *samples* is not set.
    """
    found = build_one_list(context, body, traffic, samples=samples, aggregate=aggregate)
    lines: list[str] = []
    for version in FAMILIES if family is None else (family,):
        lines += _fill_ipset(name_ipset(found.traffic, version), version, found.families[version])
    use = "Load with 'ipset restore'."
    text = describe_lists([found], body, data_center, use) + "".join(lines)
    return Rendering(text, count_networks(found))


def name_nft_set(traffic: str, family: str) -> str:
    """Return the name of an nftables set, for example `from_service_ipv4`.

    Names start with a letter or an underscore. Source: nft(8), "Lexical conventions".
    """
    part = _shorten(traffic, _NFT_PART).replace("-", "_")
    return f"{'_' if part[0].isdigit() else ''}{part}_{family}"


def name_ipset(traffic: str, family: str) -> str:
    """Return the name of an ipset set, for example `faqts-from-service-v4`."""
    return f"faqts-{_shorten(traffic, _IPSET_PART)}-{_IPSET_SUFFIXES[family]}"


def _shorten(name: str, most: int) -> str:
    """Return *name*. If it is longer than *most*, truncate it and add a hash of all of it."""
    if len(name) <= most:
        return name
    mark = sha256(name.encode()).hexdigest()[:_DIGITS]
    return f"{name[: most - _DIGITS - 1]}-{mark}"


def _define_nft(sets: Iterable[tuple[str, str, Values[Entry]]]) -> Iterator[str]:
    for name, version, _ in sets:
        kind = f"type {_NFT_TYPES[version]}; flags interval; auto-merge;"
        yield f"add set {_TABLE} {name} {{ {kind} }}\nflush set {_TABLE} {name}\n"


def _fill_nft(sets: Iterable[tuple[str, str, Values[Entry]]]) -> Iterator[str]:
    """Yield the lines that fill the sets. nft rejects `add element` without elements."""
    for name, _, entries in sets:
        if entries:
            yield f"add element {_TABLE} {name} {{\n"
            for left, entry in zip(range(len(entries) - 1, -1, -1), entries, strict=True):
                note = describe_entry(entry)
                yield f"\t{entry.cidr}{',' if left else ''}{f' # {note}' if note else ''}\n"
            yield "}\n"


def _fill_ipset(name: str, version: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the lines that fill the set *name*. In ipset files, a comment needs its own line."""
    fresh = f"{name}.new"
    kind = f"hash:net family {_IPSET_FAMILIES[version]} {_IPSET_OPTIONS}"
    yield f"create {name} {kind}\ncreate {fresh} {kind}\nflush {fresh}\n"
    for entry in entries:
        note = describe_entry(entry)
        yield f"# {note}\n" if note else ""
        yield f"add {fresh} {entry.cidr}\n"
    yield f"swap {fresh} {name}\ndestroy {fresh}\n"
