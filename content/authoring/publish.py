"""From checked sources to a release: documents, what differs from the latest, the append."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category

from content.authoring.check import check_sources
from content.authoring.drafts import Sources
from content.authoring.guards import Overrides, check_guards
from content.authoring.sources import read_sources
from content.documents import FAQS, Citation, Document, Key
from content.errors import PublishRefusedError, SourcesError
from content.ledger.catalogue import Archive, Catalogue, build_archive, preview_archive
from content.ledger.release import Change, Release, build_release
from content.ledger.store import Ledger
from content.text.filling import list_summary_values
from content.text.template import parse_template
from schemas.collection import Collections

#: The Unicode categories of control characters, and of what a program reads that is not UTF-8.
_INVISIBLE = ("Cc", "Cs")


@dataclass(frozen=True)
class Workspace:
    """A folder in which content is written and published.

    Attributes:
        root: The folder that holds `content/`.
        collections: The table of collections.
    """

    root: Path
    collections: Collections

    @property
    def ledger(self) -> Ledger:
        """The releases published from here."""
        return Ledger(self.root / "content" / "releases", self.collections)

    def read_archive(self) -> Archive | None:
        """Return everything published; None before the first release.

        Raises:
            LedgerError: a release does not verify.
        """
        state = self.ledger.read()
        if state.fault is not None:
            raise state.fault
        return build_archive(state.releases, self.collections)

    def read_sources(self, archive: Archive | None, instant: datetime) -> Sources:
        """Return the working files, checked as of *instant*.

        Raises:
            SourcesError: they have faults; all of them.
        """
        sources = read_sources(self.root, self.collections)
        faults = check_sources(
            sources,
            self.collections,
            archive.latest if archive else None,
            instant.astimezone(UTC).date().isoformat(),
        )
        if faults:
            raise SourcesError(faults)
        return sources


def publish(
    workspace: Workspace, summary: str, instant: datetime, overrides: Overrides | None = None
) -> Release:
    """Make a release of the working files and append it to the ledger.

    Args:
        summary: What changed, for people.
        instant: When, UTC; fractions of a second are cut off.

    Raises:
        SourcesError: the files have faults.
        LedgerError: a published release does not verify.
        PublishRefusedError: there is nothing to publish, or a guard objects.
        TakenNumberError: somebody else published at the same moment.
    """
    archive, changes = _read_changes(workspace, instant)
    release, data = _prepare(archive, summary, instant, changes)
    after = preview_archive(archive, release, workspace.collections)
    check_guards(archive, after, release, overrides or Overrides())
    workspace.ledger.append(release, data)
    return release


def draft_release(workspace: Workspace, instant: datetime) -> tuple[Archive | None, Release | None]:
    """Return what is published, and the release that publishing now would make.

    Returns:
        None for the archive before the first release; None for the release when nothing would
        change.

    Raises:
        SourcesError: the files have faults.
        LedgerError: a published release does not verify.
    """
    archive, changes = _read_changes(workspace, instant)
    if not changes:
        return archive, None
    previous = archive.latest.release if archive else None
    return archive, build_release(previous, instant, "Not published.", changes)[0]


def compare_sources(
    sources: Sources, collections: Collections, published: Catalogue | None
) -> tuple[Change, ...]:
    """Return what publishing *sources* would change, in the order of collections and ids."""
    documents = {d.key: d for d in _build_documents(sources, collections)}
    changes = [
        Change(key, document)
        for key, document in documents.items()
        if published is None or published.find_document(key) != document
    ]
    if published is not None:
        changes += _list_deletions(sources, documents, published)
    return tuple(sorted(changes, key=lambda change: collections.sort_key(*change.key)))


def _read_changes(
    workspace: Workspace, instant: datetime
) -> tuple[Archive | None, tuple[Change, ...]]:
    """Return what is published, and what the working files would change of it."""
    archive = workspace.read_archive()
    sources = workspace.read_sources(archive, instant)
    published = archive.latest if archive else None
    return archive, compare_sources(sources, workspace.collections, published)


def _prepare(
    archive: Archive | None, summary: str, instant: datetime, changes: tuple[Change, ...]
) -> tuple[Release, bytes]:
    if not changes:
        raise PublishRefusedError(
            "There is nothing to publish: the files say what the latest release says."
        )
    _check_summary(summary)
    previous = archive.latest.release if archive else None
    release, data = build_release(previous, instant.replace(microsecond=0), summary, changes)
    if previous is not None and release.published_at <= previous.published_at:
        raise PublishRefusedError(
            f"The clock says {release.published_at}, but the latest release was published at "
            f"{previous.published_at}; wait a second, or set the clock right."
        )
    return release, data


def _check_summary(summary: str) -> None:
    if not summary.strip():
        raise PublishRefusedError("A release needs a summary; say with -m what changed.")
    if any(category(letter) in _INVISIBLE and letter != "\n" for letter in summary):
        raise PublishRefusedError(
            f"The summary {summary!r} contains an invisible control character, which feeds cannot "
            "carry; type it again."
        )


def _build_documents(sources: Sources, collections: Collections) -> Iterator[Document]:
    for draft in sources.drafts:
        document = draft.document
        if document.key.collection == FAQS:
            yield Document(document.key, document.body, _cite(document, collections))
        else:
            yield document


def _cite(document: Document, collections: Collections) -> tuple[Citation, ...]:
    cited = parse_template(document.body["markdown"]).cite(collections)
    cited |= {value.cite() for value in list_summary_values(document.body["summary"])}
    return tuple(sorted(cited, key=lambda c: (c.collection, c.id or "", c.fields, c.where)))


def _list_deletions(
    sources: Sources, documents: Mapping[Key, Document], published: Catalogue
) -> Iterator[Change]:
    withdrawn = {withdrawal.key: withdrawal for withdrawal in sources.withdrawals}
    renamed = {
        Key(key.collection, alias): key
        for key, document in documents.items()
        for alias in document.body["aliases"]
    }
    for collection in published.collections:
        for document in published.list_documents(collection.name):
            key = document.key
            if key in documents:
                continue
            if key in withdrawn:
                withdrawal = withdrawn[key]
                yield Change(key, None, withdrawal.reason, withdrawal.successor)
            else:
                now = renamed[key]
                yield Change(key, None, f"It is now called {now.id}.", str(now))
