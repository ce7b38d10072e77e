"""Explain why a text is not an address or a network, and suggest what to write instead."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, ip_address, summarize_address_range
from typing import Any
from unicodedata import decimal, normalize
from urllib.parse import unquote

from schemas.fields import show

#: Maximum number of networks to list in a message.
_MAX_NAMED = 4
_DOTTED = r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+"
_LENGTH = r"(/[0-9]+)?"
_PADDED = r"0{0,8}([0-9]{1,3})"
#: Common mistakes: a pattern, its description, and the replacement that leaves the address.
#: Matching takes linear time for each pattern.
_KINDS = (
    (r"\s*(\S(?:.*\S)?)\s*", "has spaces around it", r"\1"),
    (
        r"[a-zA-Z][\w+.-]*://(?:[^/?#@]*@)?(?:\[([^\]]*)\]|([^/?#:]*)).*",
        "is a URL, not an address",
        r"\1\2",
    ),
    (r"\[([^\]]*)\]:[0-9]*" + _LENGTH, "has brackets and a port", r"\1\2"),
    (r"\[([^\]]*)\]" + _LENGTH, "has brackets", r"\1\2"),
    (rf"({_DOTTED}):[\w-]*(?:(/[0-9]+)|/[a-zA-Z]+)?", "has a port", r"\1\2"),
    (rf"({_DOTTED})\.[0-9]+", "has five numbers. The last one may be a port", r"\1"),
    (
        r"([^%]*)%[^/]*" + _LENGTH,
        "has a zone, which is only valid on one machine. Remove the '%' and what follows it",
        r"\1\2",
    ),
    (
        rf"{_PADDED}\.{_PADDED}\.{_PADDED}\.{_PADDED}" + _LENGTH,
        "has a number with leading zeros, which some programs read as octal",
        r"\1.\2.\3.\4\5",
    ),
    (r"([0-9]+\.[0-9]+\.[0-9]+)\.\*", "is a pattern", r"\1.0/24"),
    (r"([0-9]+\.[0-9]+)\.\*\.\*", "is a pattern", r"\1.0.0/16"),
    (
        r"([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)\.in-addr\.arpa\.?",
        "is a reverse DNS name",
        r"\4.\3.\2.\1",
    ),
    (r"(?i)(?:ip|ip4|ip6|addr|address|host)\s*[:=\s]\s*(.+)", "has a word before it", r"\1"),
    (
        r"(?=[^:/]*(?:[g-zG-Z_]|\.[a-zA-Z]))[\w-]+(?:\.[\w-]+)*\.?(?::[0-9]+)?(?:/.*)?",
        "is a name, not an address. Resolve it and look up the address",
        "",
    ),
)
_ADDRESS_NUMBER = re.compile(r"0[xX][0-9a-fA-F]{8}|[0-9]{9,10}")
_MASKED = re.compile(rf"({_DOTTED})(/|\s+(?:mask\s+)?)({_DOTTED})")
#: Characters around an address that was copied from a sentence, a table or a program.
_AROUND = "\"'`<>(){}\u2018\u2019\u201c\u201d\u00ab\u00bb .,;+"
_LOOK_ALIKES = str.maketrans(
    {"\u3002": ".", "\u2013": "-", "\u2014": "-"} | dict.fromkeys("\u200b\u2060\ufeff", None)
)
_SEVERAL = re.compile(r"[\s,;|\"'\[\]]+")


def explain_address(text: str, parse: Callable[[str], Any]) -> str:
    """Return what is wrong with *text*, which *parse* rejected, and what to write."""
    if (repair := find_repair(text, parse)) is not None:
        reason, instead = repair
        return f"{show(text)} {reason}. Write {show(instead)}."
    clean = _clean(text)
    several = list(filter(None, _SEVERAL.split(clean)))
    if len(several) > 1 and all(_reads(part, parse) for part in several):
        return f"{show(text)} has several addresses. Repeat the parameter: {_repeat(several)}."
    for reason, _ in _list_kinds(text):
        return f"{show(text)} {reason}."
    with suppress(ValueError, TypeError):
        return f"{show(text)} {_explain_networks(clean)}."
    return (
        f"{show(text)} is not an IP address or a network. "
        "Write, for example, 192.0.2.1, 192.0.2.0/28 or 2001:db8::1."
    )


def find_repair(text: str, parse: Callable[[str], Any]) -> tuple[str, str] | None:
    """Return what is wrong with *text*, which *parse* rejected, and the address to write.

    Returns:
        For example `("has a port", "192.0.2.5")`. Both contain nothing of *text* but its address.
        None if *text* has no address, or several.
    """
    found = (repair for repair in _list_repairs(text) if _reads(repair[1], parse))
    return next(found, None)


def _list_repairs(text: str) -> Iterator[tuple[str, str]]:
    yield "is percent-encoded twice", unquote(text)
    yield from _list_kinds(text)
    clean = _clean(text)
    yield "has characters that are not part of an address", clean
    yield from _list_kinds(clean)
    with suppress(ValueError):
        yield "has a netmask", _read_mask(clean)
    if _ADDRESS_NUMBER.fullmatch(clean):
        with suppress(ValueError):
            yield "is an address as a single number", str(IPv4Address(int(clean, 0)))


def _list_kinds(text: str) -> Iterator[tuple[str, str]]:
    """Yield the description of each mistake that *text* matches, and the corrected text."""
    for kind, reason, rest in _KINDS:
        match = re.fullmatch(kind, text, re.DOTALL)
        if match is not None and (instead := match.expand(rest)) != text:
            yield reason, instead


def _clean(text: str) -> str:
    """Return *text* with look-alikes replaced by ASCII, and surrounding characters removed."""
    narrow = normalize("NFKC", text.translate(_LOOK_ALIKES))
    return "".join(str(decimal(character, character)) for character in narrow).strip(_AROUND)


def _read_mask(text: str) -> str:
    """Return the network for an address with a netmask.

    Raises:
        ValueError: *text* is not an address with a netmask.
    """
    match = _MASKED.fullmatch(text)
    if match is None or (match[2] != "/" and match[3] == "0.0.0.0"):  # noqa: S104  Not bound.
        raise ValueError(text)
    return str(IPv4Network(f"{match[1]}/{match[3]}", strict=False))


def _explain_networks(text: str) -> str:
    """Return what is wrong with a range of addresses, or with the length of a network.

    Raises:
        ValueError: *text* is neither of the two.
        TypeError: One end of the range is IPv4, the other IPv6.
    """
    first, _, last = text.partition("-")
    if last:
        if re.fullmatch("[0-9]+", last) and "." in first:
            last = f"{first.rpartition('.')[0]}.{last}"
        bounds = ip_address(first.strip()), ip_address(last.strip())
        names = [str(network) for network in summarize_address_range(*bounds)]
        shown = f": {_repeat(names)}" if len(names) <= _MAX_NAMED else ""
        return f"is a range of addresses. Write it as networks{shown}"
    most = ip_address(text.partition("/")[0]).max_prefixlen
    return f"has a wrong prefix length. Use a whole number from 0 to {most}"


def _repeat(values: list[str]) -> str:
    return "&".join(f"ip={value}" for value in values)


def _reads(text: str, parse: Callable[[str], Any]) -> bool:
    with suppress(ValueError):
        parse(text)
        return True
    return False
