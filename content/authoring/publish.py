"""Turn checked sources into a release, and append it to the ledger."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from content.authoring.check import check_sources
from content.authoring.guards import Overrides, check_guards
from content.authoring.lost_releases import explain_fault, refuse_used_numbers
from content.documents import FAQS, Citation, Document, Key, is_same
from content.errors import (
    Fault,
    NothingToPublishError,
    PublishRefusedError,
    SourcesError,
    TooSoonError,
)
from content.ledger.catalogue import Archive, Catalogue, build_archive, preview_archive
from content.ledger.reader import LedgerState
from content.ledger.release import Change, Release, build_release
from content.ledger.store import Ledger
from content.sources.drafts import Sources
from content.sources.reader import read_sources
from content.text.citing import list_citations
from content.text.filling import list_summary_values
from content.text.template import parse_template
from schemas.characters import find_invisible
from schemas.collection import Collections

#: Maximum characters of a release summary, which is used as a link, a feed title and a description.
MAX_SUMMARY = 500
#: A conflict marker of an unfinished merge in a message.
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: |$)", re.MULTILINE)
#: Maximum difference from the clock to wait for.
_WAIT = timedelta(minutes=1)


@dataclass(frozen=True)
class Workspace:
    """A content folder with its ledger.

    Attributes:
        root: The content folder, as the user named it. Messages show file names relative to it.
        collections: The built-in collections.
    """

    root: Path
    collections: Collections

    @property
    def ledger(self) -> Ledger:
        """The ledger in this folder."""
        return Ledger(self.root / "releases", self.collections)

    def read_archive(self, now: datetime | None = None) -> Archive | None:
        """Return everything that was published; None before the first release.

        Args:
            now: The current time; releases with a later date are faults. None: do not check dates.

        Raises:
            LedgerError: A release fails verification.
        """
        state = self.read_ledger(now)
        if state.fault is not None:
            raise state.fault
        return build_archive(state.releases)

    def read_ledger(self, now: datetime | None = None) -> LedgerState:
        """Read the ledger. Its fault names the command that restores the file.

        Args:
            now: The current time; releases with a later date are faults. None: do not check dates.
        """
        state = self.ledger.read(now)
        if state.fault is None:
            return state
        return LedgerState(state.releases, explain_fault(self.root, state.last, state.fault))

    def read_collections(self) -> Collections:
        """Return all collections, including the kinds that the files declare."""
        return read_sources(self.root, self.collections).collections

    def read_sources(self, archive: Archive | None, instant: datetime) -> Sources:
        """Read the source files and check them as of *instant*.

        Raises:
            SourcesError: The files have faults. The error lists all of them.
        """
        sources = read_sources(self.root, self.collections)
        faults = check_sources(
            sources,
            archive.latest if archive else None,
            instant.astimezone(UTC).date().isoformat(),
        )
        if faults:
            raise SourcesError(self.locate(faults))
        return sources

    def locate(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return *faults* with paths relative to the current folder."""
        return [replace(fault, file=(self.root / fault.file).as_posix()) for fault in faults]


def publish(
    workspace: Workspace, summary: str, instant: datetime, overrides: Overrides | None = None
) -> Release:
    """Publish the source files as a release.

    Args:
        summary: What changed, for readers.
        instant: The current time, in UTC. Fractions of a second are cut off.

    Raises:
        SourcesError: The files have faults.
        LedgerError: A published release fails verification.
        GitError: git contains a release with this number, or cannot be read.
        NothingToPublishError: The files match the latest release.
        PublishRefusedError: A guard objects, or the summary or the clock is wrong.
        TakenNumberError: Another process published at the same time.
    """
    overrides = overrides or Overrides()
    archive = workspace.read_archive()
    last = archive.latest.release if archive else None
    refuse_used_numbers(workspace.root, last, new_ledger=overrides.new_ledger)
    instant = instant.replace(microsecond=0)
    _check_clock(instant, last)
    changes = read_changes(workspace, archive, instant)
    if not changes:
        raise NothingToPublishError(
            "There is nothing to publish. The files match the latest release."
        )
    _check_summary(summary)
    release, data = build_release(last, instant, summary, changes, workspace.collections)
    after = preview_archive(archive, release)
    check_guards(archive, after, release, overrides)
    workspace.ledger.append(release, data)
    return release


def draft_release(
    workspace: Workspace,
    instant: datetime,
    on_read: Callable[[Sources], object] | None = None,
) -> tuple[Archive | None, Release | None]:
    """Return the published archive, and the release that publishing now would create.

    Args:
        on_read: Called with the source files, if they have no faults.

    Returns:
        The archive is None before the first release. The release is None if nothing changed.

    Raises:
        SourcesError: The files have faults.
        LedgerError: A published release fails verification.
    """
    archive = workspace.read_archive()
    sources = workspace.read_sources(archive, instant)
    if on_read is not None:
        on_read(sources)
    changes = compare_sources(sources, archive.latest if archive else None)
    if not changes:
        return archive, None
    previous = archive.latest.release if archive else None
    built_in = workspace.collections
    return archive, build_release(previous, instant, "Not published.", changes, built_in)[0]


def read_changes(
    workspace: Workspace, archive: Archive | None, instant: datetime
) -> tuple[Change, ...]:
    """Return the unpublished changes in the source files, checked as of *instant*.

    Raises:
        SourcesError: The files have faults.
    """
    sources = workspace.read_sources(archive, instant)
    return compare_sources(sources, archive.latest if archive else None)


def compare_sources(sources: Sources, published: Catalogue | None) -> tuple[Change, ...]:
    """Return the changes that publishing *sources* would make, sorted by collection and ID."""
    documents = build_documents(sources)
    changes = [
        Change(key, document)
        for key, document in documents.items()
        if published is None or not is_same(published.find_document(key), document)
    ]
    if published is not None:
        changes += _list_deletions(sources, documents, published)
    table = sources.collections
    # A document may be withdrawn together with its kind.
    table = table.joined(published.collections) if published else table
    return tuple(sorted(changes, key=lambda change: table.sort_key(*change.key)))


def _check_clock(now: datetime, previous: Release | None) -> None:
    """Raise an error if *now* is not later than the release *previous*."""
    if previous is None:
        return
    latest = datetime.fromisoformat(previous.published_at)
    if now > latest:
        return
    dated = (
        f"Release {previous.id} is dated {previous.published_at}, but this clock shows "
        f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    )
    if latest - now < _WAIT:
        raise TooSoonError(f"{dated}. Wait a moment and publish again.")
    raise PublishRefusedError(
        f"{dated}. If this clock is slow, correct it. If the clock of the computer "
        "that published was fast, you cannot publish before that date."
    )


def _check_summary(summary: str) -> None:
    if not summary.strip():
        raise PublishRefusedError("A release needs a summary. Use -m to describe what changed.")
    if len(summary) > MAX_SUMMARY:
        raise PublishRefusedError(
            f"The summary has {len(summary):,} characters. Shorten it to at most {MAX_SUMMARY}."
        )
    hidden = [
        f"{name} at character {place + 1}"
        for place, name in find_invisible(summary, multiline=True)
    ]
    if hidden:
        raise PublishRefusedError(
            f"The summary has invisible characters: {', '.join(hidden)}. Type it again."
        )
    conflict = _CONFLICT.search(summary)
    if conflict is not None:
        raise PublishRefusedError(
            f"The summary has a merge conflict marker, {conflict[0].strip()!r}. Delete it."
        )


def build_documents(sources: Sources) -> dict[Key, Document]:
    """Return the documents in *sources*. Answers include their citations."""
    documents = {draft.document.key: draft.document for draft in sources.drafts}
    for key, document in documents.items():
        if key.collection == FAQS:
            documents[key] = Document(key, document.body, _cite(document, sources.collections))
    return documents


def _cite(document: Document, collections: Collections) -> tuple[Citation, ...]:
    cited = parse_template(document.body["markdown"]).cite(collections)
    for value in list_summary_values(document.body["summary"]):
        cited |= {*list_citations(value, collections)}
    return tuple(sorted(cited, key=lambda c: (c.collection, c.id or "", c.fields, c.where)))


def _list_deletions(
    sources: Sources, documents: Mapping[Key, Document], published: Catalogue
) -> Iterator[Change]:
    withdrawn = {withdrawal.key: withdrawal for withdrawal in sources.withdrawals}
    renamed = {
        Key(key.collection, alias): key
        for key, document in documents.items()
        for alias in document.aliases
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
