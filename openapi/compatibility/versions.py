"""Versions of the contract: which one a difference needs, and its section in the changelog."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from openapi.compatibility.finding import Finding

_NUMBER = "(0|[1-9][0-9]*)"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:\+kinds\.{_NUMBER})?")


class Version(NamedTuple):
    """A version, with how often content changed its kinds as build metadata.

    Source: Semantic Versioning 2.0.0, without pre-releases. Unlike there, the metadata orders.
    """

    major: int
    minor: int
    patch: int
    kinds: int = 0

    def __str__(self) -> str:
        numbers = f"{self.major}.{self.minor}.{self.patch}"
        return f"{numbers}+kinds.{self.kinds}" if self.kinds else numbers


def parse_version(text: str) -> Version | None:
    """Return the version that *text* is; None when it is none."""
    found = _VERSION.fullmatch(text)
    return Version(*(int(number or 0) for number in found.groups())) if found else None


def list_version_faults(
    released: str | None, version: str, additions: Sequence[Finding], changelog: str | None
) -> Iterator[str]:
    """Yield what is wrong with the version of a document that breaks nobody.

    Args:
        released: The version of the document before it; None when it is the first.
        version: Its own, from `info.version`.
        additions: What it has more.
        changelog: The text of the changelog of the contract; None: there is none.
    """
    before, now = parse_version(released or version), parse_version(version)
    if before is None or now is None:
        yield (
            f"info.version is {version!r} after {released!r}, and one of them is no version; write "
            "three numbers as in VERSION = '1.1.0', in openapi/info.py."
        )
        return
    wanted = now
    if additions and now[:2] == before[:2] and now.kinds <= before.kinds:
        wanted = Version(before.major, before.minor + 1, 0, now.kinds)
    yield from _list_number_faults(before, now, wanted)
    renumbered = wanted[:3] != before[:3] or released is None
    if changelog is not None and renumbered:
        yield from _list_changelog_faults(wanted, additions, changelog)


def _list_number_faults(before: Version, now: Version, wanted: Version) -> Iterator[str]:
    message = f"info.version is {now}, but"
    if now < before:
        yield f"{message} {before} is released; a version never goes back."
    elif now.major != before.major:
        yield (
            f"{message} {before} is released; version {now.major} is another API, with paths and a "
            "document of its own."
        )
    elif now != wanted:
        yield (
            f"{message} what is more than {before} needs the version {wanted}; write VERSION = "
            f"'{wanted._replace(kinds=0)}' in openapi/info.py and run 'faqts openapi'."
        )


def _list_changelog_faults(
    version: Version, additions: Sequence[Finding], changelog: str
) -> Iterator[str]:
    if not _has_section(changelog, version):
        entries = [f"- {finding}" for finding in additions] or ["- Other words."]
        lines = "\n".join(["", f"## {version}", "", *entries])
        yield f"docs/api-changelog.md has no section of {version}; write there:\n{lines}"


def _has_section(changelog: str, version: Version) -> bool:
    """Return whether the heading of *version* is there, with a line of text below it."""
    heading = rf"^## {re.escape(str(version))}\b(?![.-]).*$"
    _, *found = re.split(heading, changelog, maxsplit=1, flags=re.MULTILINE)
    return bool(found and found[0].partition("\n## ")[0].strip())
