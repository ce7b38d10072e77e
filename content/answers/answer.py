"""An answer and how it is built: the body, and all that HTTP needs to know about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from content.documents import Body, Document, Key
from content.errors import (
    MovedDocumentError,
    UnknownDocumentError,
    UnknownReleaseError,
    WithdrawnDocumentError,
)
from content.ledger.catalogue import Catalogue
from content.ledger.release import Release
from content.suggestions import suggest
from content.windows import get_review_state, list_boundaries, split_boundaries


@dataclass(frozen=True)
class ReadContext:
    """As of which release and on which day to read.

    Attributes:
        catalogue: The documents.
        day: `YYYY-MM-DD`, for windows and review states.
        day_given: Whether the request names the day, so that no other changes the answer.
    """

    catalogue: Catalogue
    day: str
    day_given: bool = False

    def as_of(self, release_id: str) -> "ReadContext":
        """Return the same day read at another release.

        Raises:
            UnknownReleaseError: no release is called *release_id*.
        """
        return replace(self, catalogue=self.catalogue.archive.get_catalogue(release_id))

    def get_catalogue(self, release_id: str) -> Catalogue:
        """Return the catalogue at a release up to the one read.

        Raises:
            UnknownReleaseError: no release is called *release_id*, or it came later.
        """
        catalogue = self.catalogue.archive.get_catalogue(release_id)
        if catalogue.number > self.catalogue.number:
            raise UnknownReleaseError(release_id, self.catalogue.release.id, later=True)
        return catalogue


@dataclass(frozen=True)
class Answer:
    """What a reader gets.

    Attributes:
        body: Plain JSON.
        release: The newest release that changed the data of this answer.
        read: The release that was read.
        changed_at: When it last became different, by a release or by a day.
        changes_on: The day on which it will become different by itself; None when on none.
        deprecated_on: From when the document should no longer be used.
        sunset_on: After when the document may be withdrawn.
        language: The BCP 47 tag of its text, where it has one language.
    """

    body: Body
    release: Release
    read: Release
    changed_at: str
    changes_on: str | None = None
    deprecated_on: str | None = None
    sunset_on: str | None = None
    language: str | None = None


def build_answer(
    context: ReadContext, body: Body, release: Release, boundaries: Iterable[str] = (), **more: Any
) -> Answer:
    """Return the answer with *body*, which *release* changed last and days change at *boundaries*.

    Args:
        more: The fields of `Answer` that only some answers have.
    """
    days = () if context.day_given else boundaries
    newest, coming = split_boundaries(days, context.day)
    changed_at = max(release.published_at, f"{newest}T00:00:00Z" if newest else "")
    return Answer(body, release, context.catalogue.release, changed_at, coming, **more)


def build_list(
    release: Release, items: list[Body], count: int, next_cursor: str | None = None
) -> Body:
    """Return the body of a list; *count* is the total over all pages."""
    return {
        "release": release.id,
        "count": count,
        "items": items,
        "next_cursor": next_cursor,
    }


def describe_document(context: ReadContext, document: Document) -> Body:
    """Return the derived fields of *document* that do not depend on its collection."""
    catalogue, body = context.catalogue, document.body
    revision = catalogue.find_revision(document.key)
    reviewed = "review_by" in body
    return {
        "freshness": _describe_freshness(body, context.day) if reviewed else None,
        "revision": revision.ordinal,
        "updated_at": catalogue.get_release(revision.revised_in).published_at,
        "release": catalogue.get_release(revision.number).id,
    }


def _describe_freshness(body: Body, day: str) -> Body:
    return {
        "written_on": body["written_on"],
        "reviewed_on": body["reviewed_on"],
        "review_by": body["review_by"],
        "state": get_review_state(body, day),
    }


def get_live_document(context: ReadContext, key: Key) -> Document:
    """Return a document of the release read.

    Raises:
        MovedDocumentError: the id is an alias of another document.
        WithdrawnDocumentError: it was withdrawn.
        UnknownDocumentError: it is not there, yet or at all.
    """
    catalogue = context.catalogue
    document = catalogue.find_document(key)
    if document is not None:
        return document
    now = catalogue.resolve_alias(key.collection, key.id)
    if now != key.id:
        raise MovedDocumentError(key.collection, key.id, now)
    version = catalogue.find_version(key)
    if version is not None:
        change = version.change
        raise WithdrawnDocumentError(key.collection, key.id, change.reason, change.successor)
    raise _build_unknown(catalogue, key)


def answer_document(
    context: ReadContext,
    document: Document,
    body: Body,
    boundaries: Iterable[str] | None = None,
    *,
    language: str | None = None,
) -> Answer:
    """Return the answer that is one *document*, served as *body*."""
    days = list_boundaries(document.body) if boundaries is None else boundaries
    release = context.catalogue.get_release(context.catalogue.find_revision(document.key).number)
    return build_answer(
        context,
        body,
        release,
        days,
        deprecated_on=document.body.get("deprecated_on"),
        sunset_on=document.body.get("sunset_on"),
        language=language,
    )


def _build_unknown(catalogue: Catalogue, key: Key) -> UnknownDocumentError:
    """Return the error that *key* is not there, with when it will be or what was meant."""
    versions = catalogue.archive.history.versions.get(key)
    if versions:
        first = catalogue.archive.history.releases[versions[0].number - 1].id
        hint = f" in release {catalogue.release.id}; it was first published in {first}."
        return UnknownDocumentError(key.collection, key.id, hint)
    known = [document.key.id for document in catalogue.list_documents(key.collection)]
    suggestion = suggest(key.id.lower(), known)
    meant = f"; did you mean {suggestion!r}?" if suggestion else "."
    hint = f"{meant} /v1/{key.collection} lists all there are."
    return UnknownDocumentError(key.collection, key.id, hint, suggestion)
