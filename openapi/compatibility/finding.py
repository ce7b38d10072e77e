"""Differences between two contracts, with their place, impact and fix."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Level(StrEnum):
    """Whether a difference breaks clients."""

    #: Not allowed: existing clients would stop working.
    BREAKING = "breaking"
    #: Allowed with a new minor version and a changelog entry.
    ADDITION = "addition"


class Direction(StrEnum):
    """Whether a schema describes a request or a response. Different changes break clients."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True)
class Finding:
    """One difference.

    Attributes:
        where: First place of the difference, such as `GET /v1/clouds, 200, CloudList.items[].id`.
        what: The difference, as a clause.
        impact: Which clients break and how, as a clause. Empty if none do.
        fix: How to fix it, as a sentence. Empty if no clients break.
        anchor: Changed part, such as a component or parameter that is used in many places. Empty
            if there is none.
    """

    level: Level
    where: str
    what: str
    impact: str = ""
    fix: str = ""
    anchor: str = ""

    def __str__(self) -> str:
        message = f"{self.where}: {self.what}"
        return f"{message}: {self.impact}. {self.fix}" if self.impact else f"{message}."


@dataclass(frozen=True)
class Place:
    """A place in the compared contracts.

    Attributes:
        at: Part of the operation, such as `GET /v1/clouds, 200`.
        direction: Whether it is a request or a response.
        path: Path of field names from there, with `[]` for list items.
        anchor: Path from the innermost component, which is the part to edit.
        entered: Pairs of components on the path. They stop the recursion into recursive schemas.
    """

    at: str
    direction: Direction
    path: str = ""
    anchor: str = ""
    entered: frozenset[tuple[str, str]] = frozenset()

    @property
    def where(self) -> str:
        """The place, for messages."""
        joint = ", " if self.path and not self.path.startswith("[") else ""
        return f"{self.at}{joint}{self.path}"

    def step(self, name: str) -> "Place":
        """Return the place of the field *name*, or of the list items if it is `[]`."""
        joint = "" if name == "[]" or not self.path else "."
        inner = f"{self.anchor}{'' if name == '[]' else '.'}{name}" if self.anchor else ""
        return replace(self, path=f"{self.path}{joint}{name}", anchor=inner)

    def enter(self, old: str, new: str) -> "Place":
        """Return the place inside the component *old*, which is now called *new*."""
        path = self.path or (new if self.direction is Direction.RESPONSE else "")
        return replace(self, path=path, anchor=new, entered=self.entered | {(old, new)})

    def breaking(self, what: str, impact: str, fix: str) -> Finding:
        """Return a breaking change at this place."""
        return Finding(Level.BREAKING, self.where, what, impact, fix, self.anchor)

    def addition(self, what: str) -> Finding:
        """Return an addition at this place."""
        return Finding(Level.ADDITION, self.where, what, anchor=self.anchor)


def merge_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Merge the findings of each change into one, with its first place and the number of others.

    Returns:
        Breaking changes first, otherwise in the order of the contract.
    """
    places: dict[Finding, list[str]] = {}
    for finding in findings:
        # A change to a component is listed once, although the component is used in many places.
        key = replace(finding, where="") if finding.anchor else finding
        places.setdefault(key, []).append(finding.where)
    merged = [replace(key, where=_name_places(found)) for key, found in places.items()]
    return sorted(merged, key=lambda finding: finding.level is not Level.BREAKING)


def _name_places(places: list[str]) -> str:
    more = len(set(places)) - 1
    if more == 0:
        return places[0]
    return f"{places[0]} (and {more} more {'place' if more == 1 else 'places'})"
