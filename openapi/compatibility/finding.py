"""What differs between two documents: what it is, where, its impact and its fix."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Level(StrEnum):
    """What follows from a difference."""

    #: Refused: a client that works today would not.
    BREAKING = "breaking"
    #: Welcome, with a higher minor version and a line in the changelog.
    ADDITION = "addition"


class Direction(StrEnum):
    """Who sends what a shape describes; a promise to one is a demand to the other."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True)
class Finding:
    """One difference.

    Attributes:
        where: The first place it is met, for example `GET /v1/clouds, 200, CloudList.items[].id`.
        what: What differs, a clause.
        impact: Which clients break and how, a clause; empty when none does.
        fix: What to do, a sentence; empty when no client breaks.
        anchor: What was changed, when a component is met in many places; else the place itself.
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
    """A place in the documents that are compared.

    Attributes:
        at: The part of the operation, for example `GET /v1/clouds, 200`.
        direction: Who sends it.
        path: The way from there, by names of fields, `[]` for the items of a list.
        anchor: The same from the innermost component, which is what somebody edits.
        entered: The pairs of components on the way, so that a shape within itself comes to an end.
    """

    at: str
    direction: Direction
    path: str = ""
    anchor: str = ""
    entered: frozenset[tuple[str, str]] = frozenset()

    @property
    def where(self) -> str:
        """The place as a reader finds it."""
        joint = ", " if self.path and not self.path.startswith("[") else ""
        return f"{self.at}{joint}{self.path}"

    def step(self, name: str) -> "Place":
        """Return the place of the field *name*, or of the items when it is `[]`."""
        joint = "" if name == "[]" or not self.path else "."
        inner = f"{self.anchor}{'' if name == '[]' else '.'}{name}" if self.anchor else ""
        return replace(self, path=f"{self.path}{joint}{name}", anchor=inner)

    def enter(self, old: str, new: str) -> "Place":
        """Return the place within the component *old*, which is called *new* now."""
        path = self.path or (new if self.direction is Direction.RESPONSE else "")
        return replace(self, path=path, anchor=new, entered=self.entered | {(old, new)})

    def breaking(self, what: str, impact: str, fix: str) -> Finding:
        """Return the finding that this place breaks somebody."""
        return Finding(Level.BREAKING, self.where, what, impact, fix, self.anchor)

    def addition(self, what: str) -> Finding:
        """Return the finding that here is something more."""
        return Finding(Level.ADDITION, self.where, what, anchor=self.anchor)


def merge_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return *findings* with one for each change: the first place of it, and how many more.

    Returns:
        What breaks comes first; otherwise in the order of the document.
    """
    places: dict[Finding, list[str]] = {}
    for finding in findings:
        # By the component when there is one: what is changed once is listed once.
        key = replace(finding, where="") if finding.anchor else finding
        places.setdefault(key, []).append(finding.where)
    merged = [replace(key, where=_name_places(found)) for key, found in places.items()]
    return sorted(merged, key=lambda finding: finding.level is not Level.BREAKING)


def _name_places(places: list[str]) -> str:
    more = len(set(places)) - 1
    if more == 0:
        return places[0]
    return f"{places[0]} (and {more} more {'place' if more == 1 else 'places'})"
