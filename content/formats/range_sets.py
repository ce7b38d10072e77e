"""IP ranges as sets of nftables and ipset, to be loaded again and again."""

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
#: A set that exists is taken only by its own options, so they never change.
_IPSET_OPTIONS = "maxelem 1048576 -exist"
#: How long the part of a name may be that the class gives: ipset takes 31 letters for
#: `faqts-`, this part, `-v4` and `.new`; nftables takes 255.
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
    """Return a file for `nft -f`: a set for each class and family, filled anew as one transaction.

    Args:
        traffic: The classes requested; nothing: every class whose addresses are fixed.
        family: The one version of IP whose sets are wanted; None: both.

    Raises:
        NoFixedAddressesError: a class was requested that has no fixed addresses.
        OnlySamplesError: without samples nothing is left of a class of which something was found.
    """
    lists = [
        build_plain_list(context, body, name, samples=samples, aggregate=aggregate)
        for name in list_classes(context, traffic)
    ]
    families = FAMILIES if family is None else (family,)
    sets = [(name_nft_set(f.traffic, v), v, f.families[v]) for f in lists for v in families]
    use = f"Load it with 'nft -f'. Its sets are in the table {_TABLE}; rules stay as they are."
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
    """Return a file for `ipset restore`: a new set is filled, then swapped with the one in use.

    Args:
        traffic: The one class requested.
        family: The one version of IP whose set is wanted; None: both.

    Raises:
        ParametersError: not exactly one class was requested.
        NoFixedAddressesError: the class has no fixed addresses.
        OnlySamplesError: without samples nothing is left, though something was found.
    """
    found = build_one_list(context, body, traffic, samples=samples, aggregate=aggregate)
    lines: list[str] = []
    for version in FAMILIES if family is None else (family,):
        lines += _fill_ipset(name_ipset(found.traffic, version), version, found.families[version])
    use = "Load it with 'ipset restore'."
    text = describe_lists([found], body, data_center, use) + "".join(lines)
    return Rendering(text, count_networks(found))


def name_nft_set(traffic: str, family: str) -> str:
    """Return the name of a set of nftables: `from_service_ipv4`.

    A name begins with a letter or a low line. Source: nft(8), "Lexical conventions".
    """
    part = _shorten(traffic, _NFT_PART).replace("-", "_")
    return f"{'_' if part[0].isdigit() else ''}{part}_{family}"


def name_ipset(traffic: str, family: str) -> str:
    """Return the name of a set of ipset: `faqts-from-service-v4`."""
    return f"faqts-{_shorten(traffic, _IPSET_PART)}-{_IPSET_SUFFIXES[family]}"


def _shorten(name: str, most: int) -> str:
    """Return *name*; of one that is longer than *most*, its beginning and a mark of the whole."""
    if len(name) <= most:
        return name
    mark = sha256(name.encode()).hexdigest()[:_DIGITS]
    return f"{name[: most - _DIGITS - 1]}-{mark}"


def _define_nft(sets: Iterable[tuple[str, str, Values[Entry]]]) -> Iterator[str]:
    for name, version, _ in sets:
        kind = f"type {_NFT_TYPES[version]}; flags interval; auto-merge;"
        yield f"add set {_TABLE} {name} {{ {kind} }}\nflush set {_TABLE} {name}\n"


def _fill_nft(sets: Iterable[tuple[str, str, Values[Entry]]]) -> Iterator[str]:
    """Yield what fills each set; one without networks stays as empty as it was made."""
    for name, _, entries in sets:
        if entries:
            yield f"add element {_TABLE} {name} {{\n"
            for left, entry in zip(range(len(entries) - 1, -1, -1), entries, strict=True):
                note = describe_entry(entry)
                yield f"\t{entry.cidr}{',' if left else ''}{f' # {note}' if note else ''}\n"
            yield "}\n"


def _fill_ipset(name: str, version: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what fills the set *name*; a comment has a line of its own there."""
    fresh = f"{name}.new"
    kind = f"hash:net family {_IPSET_FAMILIES[version]} {_IPSET_OPTIONS}"
    yield f"create {name} {kind}\ncreate {fresh} {kind}\nflush {fresh}\n"
    for entry in entries:
        note = describe_entry(entry)
        yield f"# {note}\n" if note else ""
        yield f"add {fresh} {entry.cidr}\n"
    yield f"swap {fresh} {name}\ndestroy {fresh}\n"
