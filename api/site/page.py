"""What a page of the site declares, and what a page shows: the values, and how long they hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from content.answers.answer import Answer
from content.ledger.release import Release
from schemas.query import READ_PARAMETERS

#: The parameter that reads a page as of a release.
PINNED = {"release": READ_PARAMETERS["release"]}


@dataclass(frozen=True)
class PageContext:
    """What a page shows.

    Attributes:
        values: What its template gets, by name.
        parts: Every answer of the core that something of it was taken from, the main one first.
    """

    values: Mapping[str, Any]
    parts: tuple[Answer, ...]

    def join(self) -> Answer:
        """Return the parts as one: changed when one of them changed, until the next one will."""
        main = self.parts[0]
        coming = [part.changes_on for part in self.parts if part.changes_on is not None]
        return Answer(
            body=main.body,
            release=max((part.release for part in self.parts), key=_order),
            read=main.read,
            changed_at=max(part.changed_at for part in self.parts),
            changes_on=min(coming, default=None),
            deprecated_on=main.deprecated_on,
            sunset_on=main.sunset_on,
            language=main.language,
        )


#: Turns a context, the ids of the path and the parameters by name into what a page shows.
View = Callable[..., PageContext]


@dataclass(frozen=True)
class Page:
    """A page of the site.

    Attributes:
        path: Where it is, with `<id>` for an id.
        template: Its file in `api/templates`.
        view: What it shows.
        query: Its parameters; all others are ignored.
    """

    path: str
    template: str
    view: View
    query: type[Schema] = Schema


def _order(release: Release) -> int:
    return release.number
