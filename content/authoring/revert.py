"""Undo releases in the working files: what the sources were before, taken from git."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from content.authoring.check import check_sources, list_vanished
from content.authoring.editing import add_withdrawals, replace_sources
from content.authoring.git_history import GitHistory, find_history
from content.authoring.publish import Workspace, build_documents, read_changes
from content.documents import KINDS, Body, Document, Key, is_same
from content.errors import GitError, UsageError
from content.ledger.catalogue import Archive, Catalogue
from content.ledger.reader import name_file
from content.ledger.release import Release
from content.sources.drafts import Sources
from content.sources.reader import read_sources


@dataclass(frozen=True)
class Reverted:
    """What was undone in the files.

    Attributes:
        releases: The releases, the oldest first.
        commit: Where the files come from.
        withdrawn: How many documents only they had; `withdrawn.yaml` now lists these.
    """

    releases: tuple[Release, ...]
    commit: str
    withdrawn: int


@dataclass(frozen=True)
class _Plan:
    """What to write.

    Attributes:
        files: The files, by their path below the root.
        withdrawals: Entries to add to `withdrawn.yaml`.
    """

    files: dict[str, bytes]
    withdrawals: list[Body]


def revert(
    workspace: Workspace, before: Catalogue, instant: datetime, *, with_later: bool
) -> Reverted:
    """Write the sources as they were at the release *before*, to be published as a new one.

    What was published since and was not there before is withdrawn.

    Args:
        instant: The time, UTC.
        with_later: More than one release may be undone.

    Raises:
        UsageError: more than one release would be undone.
        SourcesError: the files have faults.
        GitError: the files have changes that would be lost, or git does not know what they were.
    """
    archive = before.archive
    undone = tuple(archive.history.releases[before.number :])
    if len(undone) > 1 and not with_later:
        later = ", ".join(release.id for release in undone[1:])
        raise UsageError(
            f"{undone[0].id} is not the latest release: {later} would be undone with it. Add "
            "--with-later to undo them all."
        )
    history = find_history(workspace.root)
    if history is None:
        raise GitError(
            f"{workspace.root.resolve()} is no git repository, or git is not installed, so that "
            f"nobody knows the files of {before.release.id}. 'faqts diff --since "
            f"{before.release.id}' says what to change by hand."
        )
    _refuse_unsaved_changes(workspace, history, archive, instant)
    day = instant.astimezone(UTC).date().isoformat()
    commits = _list_commits(workspace, history, before.number)
    present = history.read_sources("HEAD")
    # A kind may only grow, so where the declaration of then would be a fault, that of now stays.
    grown = {path: data for path, data in present.items() if path.startswith(f"{KINDS}/")}
    for commit, kinds in [*((commit, {}) for commit in commits), *((c, grown) for c in commits)]:
        plan = _read_plan(history, commit, before, day, kinds)
        if plan is not None:
            replace_sources(workspace.root, present, plan.files)
            add_withdrawals(workspace.root, plan.withdrawals)
            return Reverted(undone, commit, len(plan.withdrawals))
    raise GitError(
        f"No commit has files that say what {before.release.id} said and have no fault; nothing "
        f"was changed. 'faqts diff --since {before.release.id}' says what to change by hand."
    )


def _refuse_unsaved_changes(
    workspace: Workspace, history: GitHistory, archive: Archive, instant: datetime
) -> None:
    uncommitted = [str(workspace.root / name) for name in history.list_uncommitted()]
    if uncommitted:
        names = ", ".join(uncommitted[:3]) + (" …" if len(uncommitted) > 3 else "")  # noqa: PLR2004  A line's worth.
        raise GitError(
            f"{names}: not committed, and would be lost. Commit the files and the releases first, "
            "or put the changes aside with 'git stash'."
        )
    if read_changes(workspace, archive, instant):
        raise GitError(
            "The files hold changes that were never published, and would be lost: 'faqts diff' "
            "shows them. Publish them or take them out first."
        )


def _list_commits(workspace: Workspace, history: GitHistory, number: int) -> list[str]:
    """Return the commits that may have the sources of release *number*, the likeliest first."""
    added, next_added = (
        history.list_commits(f"releases/{n:05d}.json") for n in (number, number + 1)
    )
    if not added:
        raise GitError(
            f"{workspace.ledger.folder / name_file(number)} was never committed, so that git "
            "does not know the files that belong to it."
        )
    last = next_added[0] if next_added else "HEAD"
    return [*added, *history.list_source_commits(added[0], last)]


def _read_plan(
    history: GitHistory, commit: str, before: Catalogue, day: str, kinds: Mapping[str, bytes]
) -> _Plan | None:
    """Return what writes the sources of *commit*; None when they do not say what *before* says.

    Args:
        kinds: Files that take the place of those of *commit* that have the same path.
    """
    latest, collections = before.archive.latest, before.collections
    files = {path: kinds.get(path, data) for path, data in history.read_sources(commit).items()}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        replace_sources(root, (), files)
        sources = read_sources(root, collections)
        if sources.faults:
            return None
        withdrawals = [_withdraw(key, sources, latest) for key in list_vanished(sources, latest)]
        add_withdrawals(root, withdrawals)
        sources = read_sources(root, collections)
        if check_sources(sources, latest, day):
            return None
    found, wanted = build_documents(sources), _list_documents(before)
    if found.keys() != wanted.keys() or not all(
        is_same(wanted[key], document) or (kinds and key.collection == KINDS)
        for key, document in found.items()
    ):
        return None
    return _Plan(files, withdrawals)


def _withdraw(key: Key, sources: Sources, latest: Catalogue) -> Body:
    """Return the entry of *key*; its successor is the document that has its former id again."""
    archive, document = latest.archive, latest.find_document(key)
    former = [Key(key.collection, alias) for alias in document.aliases] if document else []
    added = archive.history.releases[archive.history.versions[key][0].number - 1]
    return {
        "collection": key.collection,
        "id": key.id,
        "reason": f"Release {added.id}, which added it, was reverted.",
        "successor": next((str(other) for other in former if other in sources.attempted), None),
    }


def _list_documents(catalogue: Catalogue) -> dict[Key, Document]:
    return {
        document.key: document
        for collection in catalogue.collections
        for document in catalogue.list_documents(collection.name)
    }
