"""From checked sources to a release: documents, what differs from the latest, the append."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from content.authoring.check import check_sources
from content.authoring.guards import Overrides, check_guards
from content.authoring.lost_releases import explain_fault, refuse_used_numbers
from content.documents import FAQS, Citation, Document, Key, is_same
from content.errors import Fault, NothingToPublishError, PublishRefusedError, SourcesError
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

#: The most characters of a release's summary. It is a link, a title of the feed and a description.
MAX_SUMMARY = 500
#: A line that an unfinished merge leaves in a message.
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: |$)", re.MULTILINE)
#: How long a publisher may be asked to wait for the clock.
_WAIT = timedelta(minutes=1)


@dataclass(frozen=True)
class Workspace:
    """A folder in which content is written and published.

    Attributes:
        root: The content folder, as it was named: messages show files below it.
        collections: The collections that are built in.
    """

    root: Path
    collections: Collections

    @property
    def ledger(self) -> Ledger:
        """The releases published from here."""
        return Ledger(self.root / "releases", self.collections)

    def read_archive(self, now: datetime | None = None) -> Archive | None:
        """Return everything published; None before the first release.

        Args:
            now: The time; releases dated later are faults. None: they are not.

        Raises:
            LedgerError: a release does not verify.
        """
        state = self.read_ledger(now)
        if state.fault is not None:
            raise state.fault
        return build_archive(state.releases)

    def read_ledger(self, now: datetime | None = None) -> LedgerState:
        """Return what the ledger holds; its fault names the command that restores the file.

        Args:
            now: The time; releases dated later are faults. None: they are not.
        """
        state = self.ledger.read(now)
        if state.fault is None:
            return state
        return LedgerState(state.releases, explain_fault(self.root, state.last, state.fault))

    def read_collections(self) -> Collections:
        """Return the table of collections, with the kinds that the files declare."""
        return read_sources(self.root, self.collections).collections

    def read_sources(self, archive: Archive | None, instant: datetime) -> Sources:
        """Return the working files, checked as of *instant*.

        Raises:
            SourcesError: they have faults; all of them.
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
        """Return *faults* with files that can be opened from the current folder."""
        return [replace(fault, file=(self.root / fault.file).as_posix()) for fault in faults]


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
        GitError: git knows a release of this number, or cannot tell.
        NothingToPublishError: the files are what the latest release says.
        PublishRefusedError: a guard objects, or the summary or the clock is wrong.
        TakenNumberError: somebody else published at the same moment.
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
            "There is nothing to publish: the files say what the latest release says."
        )
    _check_summary(summary)
    release, data = build_release(last, instant, summary, changes, workspace.collections)
    after = preview_archive(archive, release)
    check_guards(archive, after, release, overrides)
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
    archive = workspace.read_archive()
    changes = read_changes(workspace, archive, instant)
    if not changes:
        return archive, None
    previous = archive.latest.release if archive else None
    built_in = workspace.collections
    return archive, build_release(previous, instant, "Not published.", changes, built_in)[0]


def read_changes(
    workspace: Workspace, archive: Archive | None, instant: datetime
) -> tuple[Change, ...]:
    """Return what the working files would change of what is published, checked as of *instant*.

    Raises:
        SourcesError: the files have faults.
    """
    sources = workspace.read_sources(archive, instant)
    return compare_sources(sources, archive.latest if archive else None)


def compare_sources(sources: Sources, published: Catalogue | None) -> tuple[Change, ...]:
    """Return what publishing *sources* would change, in the order of collections and ids."""
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
    """Refuse to publish before *previous*, or in the same second."""
    if previous is None:
        return
    latest = datetime.fromisoformat(previous.published_at)
    if now > latest:
        return
    dated = (
        f"Release {previous.id} is dated {previous.published_at}, but this clock says "
        f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    )
    if latest - now < _WAIT:
        raise PublishRefusedError(f"{dated}; wait a moment and publish again.")
    raise PublishRefusedError(
        f"{dated}. Either this clock is behind: set it right. Or the clock of the machine that "
        "published was ahead: nothing can be published before the date of that release."
    )


def _check_summary(summary: str) -> None:
    if not summary.strip():
        raise PublishRefusedError("A release needs a summary; say with -m what changed.")
    if len(summary) > MAX_SUMMARY:
        raise PublishRefusedError(
            f"The summary has {len(summary):,} characters; it may have {MAX_SUMMARY}."
        )
    hidden = [
        f"{name} as character {place + 1}"
        for place, name in find_invisible(summary, multiline=True)
    ]
    if hidden:
        raise PublishRefusedError(
            f"The summary has characters that nobody sees: {', '.join(hidden)}. Type it again."
        )
    conflict = _CONFLICT.search(summary)
    if conflict is not None:
        raise PublishRefusedError(
            f"The summary has a conflict marker of a merge, {conflict[0].strip()!r}; take it out."
        )


def build_documents(sources: Sources) -> dict[Key, Document]:
    """Return the documents of *sources*, answers with what they cite."""
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
