"""Check the version of a contract and its section in the changelog."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from openapi.compatibility.finding import Finding

_NUMBER = "(0|[1-9][0-9]*)"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:\+kinds\.{_NUMBER})?")


class Version(NamedTuple):
    """A version of a contract. The build metadata counts changes to declared kinds.

    Source: Semantic Versioning 2.0.0, without pre-releases. Unlike in the standard, versions are
    also ordered by build metadata.
    """

    major: int
    minor: int
    patch: int
    kinds: int = 0

    def __str__(self) -> str:
        numbers = f"{self.major}.{self.minor}.{self.patch}"
        return f"{numbers}+kinds.{self.kinds}" if self.kinds else numbers


def parse_version(text: str) -> Version | None:
    """Return *text* as a version, or None if it is not valid."""
    found = _VERSION.fullmatch(text)
    return Version(*(int(number or 0) for number in found.groups())) if found else None


def list_version_faults(
    released: str | None, version: str, additions: Sequence[Finding], changelog: str | None
) -> Iterator[str]:
    """Yield the faults of the version of a contract without breaking changes.

    Args:
        released: Version of the released contract. None if there is none yet.
        version: `info.version` of the new contract.
        additions: Additions in the new contract.
        changelog: Text of the contract's changelog. None if there is none.
    """
    before, now = parse_version(released or version), parse_version(version)
    if before is None or now is None:
        yield (
            f"info.version is {version!r} and the released version is {released!r}. One of them is "
            "not valid. Write three numbers in openapi/info.py, such as VERSION = '1.1.0'."
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
        yield f"{message} {before} is already released. Use a higher version."
    elif now.major != before.major:
        yield (
            f"{message} {before} is released. A new major version is a separate API with its own "
            "paths and contract."
        )
    elif now != wanted:
        yield (
            f"{message} additions since {before} require version {wanted}. Write VERSION = "
            f"'{wanted._replace(kinds=0)}' in openapi/info.py and run 'faqts openapi'."
        )


def _list_changelog_faults(
    version: Version, additions: Sequence[Finding], changelog: str
) -> Iterator[str]:
    if not _has_section(changelog, version):
        entries = [f"- {finding}" for finding in additions] or ["- Changed descriptions."]
        lines = "\n".join(["", f"## {version}", "", *entries])
        yield f"docs/api-changelog.md has no section for {version}. Add:\n{lines}"


def _has_section(changelog: str, version: Version) -> bool:
    """Return whether *changelog* has a section for *version* that is not empty."""
    heading = rf"^## {re.escape(str(version))}\b(?![.-]).*$"
    _, *found = re.split(heading, changelog, maxsplit=1, flags=re.MULTILINE)
    return bool(found and found[0].partition("\n## ")[0].strip())
