"""What is said about a text that is no address and no network: what it is, and what to write."""

import re
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv4Network, ip_address, summarize_address_range
from typing import Any

from schemas.fields import show

#: The most networks that a sentence names.
_MAX_NAMED = 4
_DOTTED = r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+"
_LENGTH = r"(/[0-9]+)?"
#: What is often written instead of an address, what to call it, and what is left of it.
_KINDS = (
    (r"\s*(.*?)\s*", "has blanks at its ends", r"\1"),
    (
        r"[a-zA-Z][\w+.-]*://(?:[^/?#@]*@)?(?:\[([^\]]*)\]|([^/?#:]*)).*",
        "is a URL; only an address can be looked up",
        r"\1\2",
    ),
    (r"\[([^\]]*)\]:[0-9]*" + _LENGTH, "has brackets and a port", r"\1\2"),
    (r"\[([^\]]*)\]" + _LENGTH, "has brackets", r"\1\2"),
    (rf"({_DOTTED}):[0-9]*" + _LENGTH, "has a port", r"\1\2"),
    (rf"({_DOTTED})\.[0-9]+", "has five numbers, the last of which may be a port", r"\1"),
    (
        r"([^%]*)%[^/]*" + _LENGTH,
        "names a zone, which only its own machine knows; leave out the '%' part",
        r"\1\2",
    ),
    (
        r"(?:0*([0-9]+)\.)(?:0*([0-9]+)\.)(?:0*([0-9]+)\.)0*([0-9]+)" + _LENGTH,
        "has zeros before a number, which some programs take for octal",
        r"\1.\2.\3.\4\5",
    ),
    (r"([0-9]+\.[0-9]+\.[0-9]+)\.\*", "is a pattern", r"\1.0/24"),
    (r"([0-9]+\.[0-9]+)\.\*\.\*", "is a pattern", r"\1.0.0/16"),
    (
        r"(?=.*(?:[g-zG-Z_]|\.[a-zA-Z]))[\w-]+(?:\.[\w-]+)*\.?",
        "is a name; look up the address of the host",
        "",
    ),
)
_SEVERAL = re.compile(r"[\s,;|]+")


def explain_address(text: str, parse: Callable[[str], Any]) -> str:
    """Return a sentence about *text*, which *parse* refused with a ValueError."""
    for kind, reason, rest in _KINDS:
        match = re.fullmatch(kind, text, re.DOTALL)
        if match is not None and (instead := match.expand(rest)) != text:
            hint = f"; write {show(instead)}" if _reads(instead, parse) else ""
            return f"{show(text)} {reason}{hint}."
    several = list(filter(None, _SEVERAL.split(text)))
    if len(several) > 1 and all(_reads(part, parse) for part in several):
        return f"{show(text)} is several in one; repeat the parameter: {_repeat(several)}."
    with suppress(ValueError, TypeError):
        return f"{show(text)} {_explain_networks(text)}."
    return (
        f"{show(text)} is neither an IP address nor a network; "
        "write for example 192.0.2.1, 192.0.2.0/28 or 2001:db8::1."
    )


def _explain_networks(text: str) -> str:
    """Return what to say of a range, or of a network with a mask or a length that is too long.

    Raises:
        ValueError: *text* is neither.
        TypeError: the range begins in one version of IP and ends in the other.
    """
    first, _, last = text.partition("-")
    if last:
        bounds = ip_address(first.strip()), ip_address(last.strip())
        names = [str(network) for network in summarize_address_range(*bounds)]
        shown = f": {_repeat(names)}" if len(names) <= _MAX_NAMED else ""
        return f"is a range of addresses; write it as networks{shown}"
    address, _, length = text.partition("/")
    if re.fullmatch(_DOTTED, length):
        return f"has a mask; write {show(str(IPv4Network(text, strict=False)))}"
    most = ip_address(address).max_prefixlen
    return f"has a length after '/' that is not a whole number from 0 to {most}"


def _repeat(values: list[str]) -> str:
    return "&".join(f"ip={value}" for value in values)


def _reads(text: str, parse: Callable[[str], Any]) -> bool:
    with suppress(ValueError):
        parse(text)
        return True
    return False
