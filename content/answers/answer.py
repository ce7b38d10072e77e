"""Answers: a response body with the metadata that HTTP needs."""

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
    """The catalogue and the day that a request is answered for.

    Attributes:
        catalogue: The documents.
        day: `YYYY-MM-DD`, for effective windows and review states.
        day_given: Whether the request sets the day. Its answer then never changes with the date.
    """

    catalogue: Catalogue
    day: str
    day_given: bool = False

    def as_of(self, release_id: str) -> "ReadContext":
        """Return a context for another release and the same day.

        Raises:
            UnknownReleaseError: No release has the ID *release_id*.
        """
        return replace(self, catalogue=self.catalogue.archive.get_catalogue(release_id))

    def get_catalogue(self, release_id: str) -> Catalogue:
        """Return the catalogue of a release that is not newer than this context's.

        Raises:
            UnknownReleaseError: No release has the ID *release_id*, or it is newer.
        """
        catalogue = self.catalogue.archive.get_catalogue(release_id)
        if catalogue.number > self.catalogue.number:
            raise UnknownReleaseError(release_id, self.catalogue.release.id, later=True)
        return catalogue


@dataclass(frozen=True)
class Answer:
    """The result of a read.

    Attributes:
        body: Plain JSON.
        release: The newest release that changed the data of this answer.
        read: The release that was read.
        changed_at: When the answer last changed, through a release or a new day.
        changes_on: The next day on which it changes without a release. None if there is none.
        deprecated_on: The day from which the document should no longer be used.
        sunset_on: The day after which the document may be withdrawn.
        language: The BCP 47 tag of its text. None if the text has no single language.
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
    """Return the answer with *body*.

    Args:
        release: The newest release that changed it.
        boundaries: The days on which it changes.
        more: Optional fields of `Answer`.
    """
    days = () if context.day_given else boundaries
    newest, coming = split_boundaries(days, context.day)
    changed_at = max(release.published_at, f"{newest}T00:00:00Z" if newest else "")
    return Answer(body, release, context.catalogue.release, changed_at, coming, **more)


def build_list(
    release: Release, items: list[Body], count: int, next_cursor: str | None = None
) -> Body:
    """Return the body of a list. *count* is the total of all pages."""
    return {
        "release": release.id,
        "count": count,
        "items": items,
        "next_cursor": next_cursor,
    }


def describe_document(context: ReadContext, document: Document) -> Body:
    """Return the derived fields that documents of every collection have."""
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
    """Return a document of the release that is read.

    Raises:
        MovedDocumentError: The ID is an alias of another document.
        WithdrawnDocumentError: It was withdrawn.
        UnknownDocumentError: It does not exist in this release.
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
    """Return the answer for a single *document*, served as *body*."""
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
    """Return the error for an unknown *key*, with its first release or a suggestion."""
    versions = catalogue.archive.history.versions.get(key)
    if versions:
        first = catalogue.archive.history.releases[versions[0].number - 1].id
        hint = f" in release {catalogue.release.id}. It was first published in {first}."
        return UnknownDocumentError(key.collection, key.id, hint)
    known = [document.key.id for document in catalogue.list_documents(key.collection)]
    suggestion = suggest(key.id.lower(), known)
    meant = f" Did you mean {suggestion!r}?" if suggestion else ""
    hint = f".{meant} See /v1/{key.collection} for all documents."
    return UnknownDocumentError(key.collection, key.id, hint, suggestion)
