"""Undo releases in the source files, by restoring earlier versions from git."""

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
    """The result of a revert.

    Attributes:
        releases: The reverted releases, oldest first.
        commit: The commit that the files were restored from.
        withdrawn: Number of documents that were added to `withdrawn.yaml`, because only the
            reverted releases had them.
    """

    releases: tuple[Release, ...]
    commit: str
    withdrawn: int


@dataclass(frozen=True)
class _Plan:
    """The files to write.

    Attributes:
        files: Contents by path relative to the root.
        withdrawals: Entries to add to `withdrawn.yaml`.
    """

    files: dict[str, bytes]
    withdrawals: list[Body]


def revert(
    workspace: Workspace, before: Catalogue, instant: datetime, *, with_later: bool
) -> Reverted:
    """Restore the sources of the release *before*, to be published as a new release.

    Documents that were added later are withdrawn.

    Args:
        instant: The current time, in UTC.
        with_later: Allow reverting more than one release.

    Raises:
        UsageError: More than one release would be reverted.
        SourcesError: The files have faults.
        GitError: Changes in the files would be lost, or git does not contain the earlier files.
    """
    archive = before.archive
    undone = tuple(archive.history.releases[before.number :])
    if len(undone) > 1 and not with_later:
        later = ", ".join(release.id for release in undone[1:])
        raise UsageError(
            f"{undone[0].id} is not the latest release. Reverting it also reverts "
            f"{later}. Add --with-later to revert them all."
        )
    history = find_history(workspace.root)
    if history is None:
        raise GitError(
            f"{workspace.root.resolve()} is not a git repository, or git is not "
            f"installed, so the files of {before.release.id} cannot be restored. Run "
            f"'faqts diff --since {before.release.id}' to see what to change by hand."
        )
    _refuse_unsaved_changes(workspace, history, archive, instant)
    day = instant.astimezone(UTC).date().isoformat()
    commits = _list_commits(workspace, history, before.number)
    present = history.read_sources("HEAD")
    # A released kind may only grow. If the earlier declaration is not allowed, use the current one.
    grown = {path: data for path, data in present.items() if path.startswith(f"{KINDS}/")}
    for commit, kinds in [*((commit, {}) for commit in commits), *((c, grown) for c in commits)]:
        plan = _read_plan(history, commit, before, day, kinds)
        if plan is not None:
            replace_sources(workspace.root, present, plan.files)
            add_withdrawals(workspace.root, plan.withdrawals)
            return Reverted(undone, commit, len(plan.withdrawals))
    raise GitError(
        f"No commit contains valid files that match {before.release.id}. Nothing was "
        f"changed. Run 'faqts diff --since {before.release.id}' to see what to change "
        "by hand."
    )


def _refuse_unsaved_changes(
    workspace: Workspace, history: GitHistory, archive: Archive, instant: datetime
) -> None:
    uncommitted = [str(workspace.root / name) for name in history.list_uncommitted()]
    if uncommitted:
        names = ", ".join(uncommitted[:3]) + (" …" if len(uncommitted) > 3 else "")  # noqa: PLR2004  A line's worth.
        raise GitError(
            f"{names}: uncommitted changes would be lost. Commit the files and the "
            "releases first, or save the changes with 'git stash'."
        )
    if read_changes(workspace, archive, instant):
        raise GitError(
            "Unpublished changes in the files would be lost. Run 'faqts diff' to see "
            "them. Publish or remove them first."
        )


def _list_commits(workspace: Workspace, history: GitHistory, number: int) -> list[str]:
    """Return the commits that may contain the sources of release *number*, likeliest first."""
    added, next_added = (
        history.list_commits(f"releases/{n:05d}.json") for n in (number, number + 1)
    )
    if not added:
        raise GitError(
            f"{workspace.ledger.folder / name_file(number)} was never committed, so "
            "git cannot tell which files belong to it."
        )
    last = next_added[0] if next_added else "HEAD"
    return [*added, *history.list_source_commits(added[0], last)]


def _read_plan(
    history: GitHistory, commit: str, before: Catalogue, day: str, kinds: Mapping[str, bytes]
) -> _Plan | None:
    """Return what to write to restore *commit*; None if its documents differ from *before*.

    Args:
        kinds: Files to use instead of the files of *commit* with the same path.
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
    """Return the withdrawal of *key*. Its successor is the document with its former ID."""
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
