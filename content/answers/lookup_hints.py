"""What is said about a text that is no address and no network: what it is, and what to write."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, ip_address, summarize_address_range
from typing import Any
from unicodedata import decimal, normalize
from urllib.parse import unquote

from schemas.fields import show

#: The most networks that a sentence names.
_MAX_NAMED = 4
_DOTTED = r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+"
_LENGTH = r"(/[0-9]+)?"
_PADDED = r"0{0,8}([0-9]{1,3})"
#: What is often written instead of an address, what to call it, and what is left of it. Each is
#: matched in a time that grows with the length of the text, not with its square.
_KINDS = (
    (r"\s*(\S(?:.*\S)?)\s*", "has blanks at its ends", r"\1"),
    (
        r"[a-zA-Z][\w+.-]*://(?:[^/?#@]*@)?(?:\[([^\]]*)\]|([^/?#:]*)).*",
        "is a URL; only an address can be looked up",
        r"\1\2",
    ),
    (r"\[([^\]]*)\]:[0-9]*" + _LENGTH, "has brackets and a port", r"\1\2"),
    (r"\[([^\]]*)\]" + _LENGTH, "has brackets", r"\1\2"),
    (rf"({_DOTTED}):[\w-]*(?:(/[0-9]+)|/[a-zA-Z]+)?", "has a port", r"\1\2"),
    (rf"({_DOTTED})\.[0-9]+", "has five numbers, the last of which may be a port", r"\1"),
    (
        r"([^%]*)%[^/]*" + _LENGTH,
        "names a zone, which only its own machine knows; leave out the '%' part",
        r"\1\2",
    ),
    (
        rf"{_PADDED}\.{_PADDED}\.{_PADDED}\.{_PADDED}" + _LENGTH,
        "has zeros before a number, which some programs take for octal",
        r"\1.\2.\3.\4\5",
    ),
    (r"([0-9]+\.[0-9]+\.[0-9]+)\.\*", "is a pattern", r"\1.0/24"),
    (r"([0-9]+\.[0-9]+)\.\*\.\*", "is a pattern", r"\1.0.0/16"),
    (
        r"([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)\.in-addr\.arpa\.?",
        "is the name of an address in reverse DNS",
        r"\4.\3.\2.\1",
    ),
    (r"(?i)(?:ip|ip4|ip6|addr|address|host)\s*[:=\s]\s*(.+)", "has a word before it", r"\1"),
    (
        r"(?=[^:/]*(?:[g-zG-Z_]|\.[a-zA-Z]))[\w-]+(?:\.[\w-]+)*\.?(?::[0-9]+)?(?:/.*)?",
        "is a name; look up the address of the host",
        "",
    ),
)
_ADDRESS_NUMBER = re.compile(r"0[xX][0-9a-fA-F]{8}|[0-9]{9,10}")
_MASKED = re.compile(rf"({_DOTTED})(/|\s+(?:mask\s+)?)({_DOTTED})")
#: What stands around an address that was copied out of a sentence, a table or a program.
_AROUND = "\"'`<>(){}\u2018\u2019\u201c\u201d\u00ab\u00bb .,;+"
_LOOK_ALIKES = str.maketrans(
    {"\u3002": ".", "\u2013": "-", "\u2014": "-"} | dict.fromkeys("\u200b\u2060\ufeff", None)
)
_SEVERAL = re.compile(r"[\s,;|\"'\[\]]+")


def explain_address(text: str, parse: Callable[[str], Any]) -> str:
    """Return a sentence about *text*, which *parse* refused with a ValueError."""
    if (repair := find_repair(text, parse)) is not None:
        reason, instead = repair
        return f"{show(text)} {reason}; write {show(instead)}."
    clean = _clean(text)
    several = list(filter(None, _SEVERAL.split(clean)))
    if len(several) > 1 and all(_reads(part, parse) for part in several):
        return f"{show(text)} is several in one; repeat the parameter: {_repeat(several)}."
    for reason, _ in _list_kinds(text):
        return f"{show(text)} {reason}."
    with suppress(ValueError, TypeError):
        return f"{show(text)} {_explain_networks(clean)}."
    return (
        f"{show(text)} is neither an IP address nor a network; "
        "write for example 192.0.2.1, 192.0.2.0/28 or 2001:db8::1."
    )


def find_repair(text: str, parse: Callable[[str], Any]) -> tuple[str, str] | None:
    """Return what *text*, which *parse* refused, is, and the one address or network to write.

    Returns:
        Such as `("has a port", "192.0.2.5")`; neither has words of *text* that are no address.
        None: *text* means none, or several.
    """
    found = (repair for repair in _list_repairs(text) if _reads(repair[1], parse))
    return next(found, None)


def _list_repairs(text: str) -> Iterator[tuple[str, str]]:
    yield "is percent-encoded twice", unquote(text)
    yield from _list_kinds(text)
    clean = _clean(text)
    yield "has characters that no address has", clean
    yield from _list_kinds(clean)
    with suppress(ValueError):
        yield "has a mask", _read_mask(clean)
    if _ADDRESS_NUMBER.fullmatch(clean):
        with suppress(ValueError):
            yield "is an address written as one number", str(IPv4Address(int(clean, 0)))


def _list_kinds(text: str) -> Iterator[tuple[str, str]]:
    """Yield each of `_KINDS` that *text* is, with what is left of it."""
    for kind, reason, rest in _KINDS:
        match = re.fullmatch(kind, text, re.DOTALL)
        if match is not None and (instead := match.expand(rest)) != text:
            yield reason, instead


def _clean(text: str) -> str:
    """Return *text* in ASCII where it only looks different, without what stands around it."""
    narrow = normalize("NFKC", text.translate(_LOOK_ALIKES))
    return "".join(str(decimal(character, character)) for character in narrow).strip(_AROUND)


def _read_mask(text: str) -> str:
    """Return the network that is written as an address and a mask.

    Raises:
        ValueError: *text* is none.
    """
    match = _MASKED.fullmatch(text)
    if match is None or (match[2] != "/" and match[3] == "0.0.0.0"):  # noqa: S104  Not bound.
        raise ValueError(text)
    return str(IPv4Network(f"{match[1]}/{match[3]}", strict=False))


def _explain_networks(text: str) -> str:
    """Return what to say of a range, or of a network with a length that is too long.

    Raises:
        ValueError: *text* is neither.
        TypeError: the range begins in one version of IP and ends in the other.
    """
    first, _, last = text.partition("-")
    if last:
        if re.fullmatch("[0-9]+", last) and "." in first:
            last = f"{first.rpartition('.')[0]}.{last}"
        bounds = ip_address(first.strip()), ip_address(last.strip())
        names = [str(network) for network in summarize_address_range(*bounds)]
        shown = f": {_repeat(names)}" if len(names) <= _MAX_NAMED else ""
        return f"is a range of addresses; write it as networks{shown}"
    most = ip_address(text.partition("/")[0]).max_prefixlen
    return f"has a length after '/' that is not a whole number from 0 to {most}"


def _repeat(values: list[str]) -> str:
    return "&".join(f"ip={value}" for value in values)


def _reads(text: str, parse: Callable[[str], Any]) -> bool:
    with suppress(ValueError):
        parse(text)
        return True
    return False
