"""Suggestions for invalid values, as sentences for a problem."""

import re
from bisect import bisect_right
from collections.abc import Collection as Values
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from marshmallow import ValidationError, fields

from content.ledger.catalogue import Archive
from content.suggestions import suggest
from schemas.fields import Day, Reference, ReleaseId
from schemas.query import CollectionName, DocumentPath, QueryFlag, QueryNumber, Repeated

#: The maximum number of values to list, and to compare in simplified form.
MAX_NAMED = 12
_MAX_SIMPLIFIED = 300
#: Other spellings of true and false.
_FLAG_WORDS = dict.fromkeys(("yes", "on", "1"), "true") | dict.fromkeys(("no", "off", "0"), "false")
#: Synonyms of values, used if the parameter accepts the value.
_MEANINGS = {
    word: meaning
    for meaning, words in {
        "txt": ("text/plain", "plain"),
        "csv": ("text/csv",),
        "json": ("application/json",),
        "md": ("text/markdown", "markdown"),
        "html": ("text/html",),
        "nft": ("nftables",),
        "atom": ("rss", "xml", "application/atom+xml"),
        "ipv4": ("4", "v4", "inet"),
        "ipv6": ("6", "v6", "inet6"),
    }.items()
    for word in words
}
#: Characters between several values in one parameter, and around them.
_SEPARATORS = re.compile(r"[\s,;|\[\]{}()\"']+")
_AROUND = "\"'`\u2018\u2019\u201c\u201d[]{}()<>"
#: Dates in other notations: year first, or with dots. All others are ambiguous.
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:([0-9]{2})|\W([0-9]{1,2})\W)([0-9]{1,2})(?:\D.*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_NUMBER = re.compile(r"\+?0{0,9}([0-9]{1,9})(?:\.0{1,9})?")
_DAY_LENGTH = len("2026-11-22")


def simplify(value: str) -> str:
    """Return *value* in the form of an ID: lower case, hyphens, no quotes."""
    return re.sub(r"[\s_]+", "-", value.strip().strip(_AROUND).lower())


def shorten_path(path: str) -> str:
    """Return the last two segments of a path, `collection/id`."""
    return "/".join(path.rstrip("/").split("/")[-2:])


def build_hint(
    name: str,
    field: fields.Field[Any],
    value: str,
    known: Values[str],
    archive: Archive | None,
) -> str:
    """Return a sentence with a suggestion for *value*, after a space; empty if there is none.

    Args:
        name: The name of the parameter.
        field: Its field.
        known: All accepted values; empty if they cannot be listed.
    """
    inner = field.inner if isinstance(field, Repeated) else field
    few = len(known) <= _MAX_SIMPLIFIED
    words = {simplify(word): word for word in known} if few else {word: word for word in known}
    parts = [simplify(part) for part in _SEPARATORS.split(value) if part]
    if isinstance(field, Repeated) and len(parts) > 1 and all(part in words for part in parts):
        return f" Repeat it: {'&'.join(f'{name}={words[part]}' for part in parts)}."
    if isinstance(inner, ReleaseId) and archive is not None:
        return _hint_at_release(value, archive)
    simple = simplify(value)
    if isinstance(inner, DocumentPath):
        simple = shorten_path(simple)
        words = {word: words[word] for word in words if "/" in word}
    meant = suggest(simple, words)
    if _MEANINGS.get(simple) in words:
        meant = _MEANINGS[simple]
    if isinstance(inner, QueryFlag):
        meant = _FLAG_WORDS.get(simple, meant)
    if meant is not None:
        return f" Did you mean {words[meant]!r}?"
    if not known:
        return _hint_at_notation(inner, value)
    if isinstance(inner, Reference | CollectionName) and len(known) <= MAX_NAMED:
        return f" Use one of: {', '.join(known)}."
    return ""


def _hint_at_release(value: str, archive: Archive) -> str:
    releases = archive.history.releases
    value = simplify(value)
    day = value[:_DAY_LENGTH]
    if not _is_accepted(Day(""), day):
        return f" The latest release is {releases[-1].id!r}."
    names = [release.id for release in releases if release.id.startswith(day)]
    meant = suggest(value, names)
    if meant is not None and value != day:
        return f" Did you mean {meant!r}?"
    until = bisect_right(releases, day, key=lambda release: release.published_on)
    if until == 0:
        return f" The first release is {releases[0].id!r}."
    return f" The latest release by that date is {releases[until - 1].id!r}."


def _hint_at_notation(field: fields.Field[Any], value: str) -> str:
    """Return a suggestion of *value* in a notation that *field* accepts."""
    trimmed = value.strip().strip(_AROUND)
    variants = [trimmed, trimmed.replace("_", "-")]
    if isinstance(field, Day):
        variants += [trimmed[:_DAY_LENGTH], *_read_days(trimmed)]
    if isinstance(field, QueryNumber) and (number := _NUMBER.fullmatch(trimmed)):
        variants.append(number[1])
    meant = next((variant for variant in variants if _is_accepted(field, variant)), value)
    return f" Did you mean {meant!r}?" if meant != value else ""


def _read_days(text: str) -> Iterator[str]:
    if match := _YEAR_FIRST.fullmatch(text):
        yield f"{match[1]}-{match[2] or match[3]:0>2}-{match[4]:0>2}"
    if match := _DAY_FIRST.fullmatch(text):
        yield f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"


def _is_accepted(field: fields.Field[Any], value: str) -> bool:
    with suppress(ValidationError):
        field.deserialize(value)
        return True
    return False
