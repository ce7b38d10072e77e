"""Site pages: declarations and template values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from content.answers.answer import Answer
from content.ledger.release import Release
from schemas.query import READ_PARAMETERS

#: The parameter that selects a release.
PINNED = {"release": READ_PARAMETERS["release"]}


@dataclass(frozen=True)
class PageContext:
    """The content of a page.

    Attributes:
        values: The template values, by name.
        parts: All answers that the values come from, the main one first.
    """

    values: Mapping[str, Any]
    parts: tuple[Answer, ...]

    def join(self) -> Answer:
        """Return the main answer with the latest change and the earliest expiry of all parts."""
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


#: The function of a page. Takes a context, the IDs in the path, and the parameters by name.
View = Callable[..., PageContext]


@dataclass(frozen=True)
class Page:
    """A page of the site.

    Attributes:
        path: The path, with `<id>` as a placeholder.
        template: The file in `api/templates`.
        view: Returns the content.
        query: The parameters. All others are ignored.
    """

    path: str
    template: str
    view: View
    query: type[Schema] = Schema


def _order(release: Release) -> int:
    return release.number
