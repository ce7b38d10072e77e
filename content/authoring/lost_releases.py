"""Find releases that are in git but missing from the ledger, so that no number is reused."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from content.authoring.git_history import CommittedRelease, GitHistory, find_history
from content.errors import FutureReleaseError, GitError, LedgerError
from content.ledger.reader import name_file
from content.ledger.release import KEEP_ONE_BRANCH, Release


def refuse_used_numbers(root: Path, last: Release | None, *, new_ledger: bool) -> None:
    """Raise an error if git contains a release that follows *last*.

    Releases of another chain are ignored, for example those that a merge dropped.

    Args:
        new_ledger: If there is no release, a new ledger may start.

    Raises:
        GitError: git contains such a release, cannot be read, or has an unfinished merge.
    """
    history = find_history(root)
    if history is None or (last is None and new_ledger):
        return
    if history.is_shallow():
        raise GitError(
            "This clone is shallow, so git cannot tell which release numbers are "
            f"used. Run '{_name_git(root)} fetch --unshallow', then publish."
        )
    _refuse_unmerged(root, history)
    lost = history.list_after(last)
    if lost:
        raise GitError(_explain_lost(root, lost, new_ledger_possible=last is None))
    elsewhere = history.list_after(last, any_ref=True)
    if elsewhere:
        ref = history.name_ref(elsewhere[-1].commit)
        raise GitError(_explain_other_branch(root, elsewhere, ref))


def refuse_lost_releases(root: Path, last: Release | None) -> None:
    """Raise an error if the current branch contains a release that follows *last*.

    Raises:
        GitError: git contains such a release, cannot be read, or has an unfinished merge.
    """
    history = find_history(root)
    if history is None:
        return
    _refuse_unmerged(root, history)
    lost = history.list_after(last)
    if lost:
        raise GitError(_explain_lost(root, lost))


def explain_fault(root: Path, last: Release | None, fault: LedgerError) -> LedgerError:
    """Return *fault*, with the command that restores the files if git has them.

    Args:
        last: The release before the fault.
    """
    if isinstance(fault, FutureReleaseError):
        return fault
    message = str(fault).removeprefix(f"{fault.path.name}: ")
    history = find_history(root)
    if history is None:
        return fault
    if KEEP_ONE_BRANCH in message:
        return LedgerError(fault.path, message.replace(KEEP_ONE_BRANCH, _keep_one_branch(root)))
    try:
        known = history.list_after(last)[:1]
    except GitError:
        return fault
    if not known:
        return fault
    return LedgerError(
        fault.path, f"{message}\nRestore the file from git:\n  {_restore(root, known)}"
    )


def _refuse_unmerged(root: Path, history: GitHistory) -> None:
    unmerged = history.list_unmerged()
    if unmerged:
        raise GitError(
            f"{', '.join(str(root / name) for name in unmerged)}: unresolved merge "
            f"conflict. {_keep_one_branch(root)}"
        )


def _explain_lost(
    root: Path, lost: Sequence[CommittedRelease], *, new_ledger_possible: bool = False
) -> str:
    first = lost[0]
    begin = " To start a new ledger, add --allow-new-ledger." if new_ledger_possible else ""
    return (
        f"{root / _name_file(first)} is missing: release {first.id} was published "
        f"(commit {first.commit[:12]}), and its number cannot be used again. Restore "
        f"it:\n  {_restore(root, lost)}\nThen publish: the content of your files "
        "becomes the next release. To undo a release, keep its file and run 'faqts "
        f"revert {first.id}'.{begin}"
    )


def _explain_other_branch(root: Path, lost: Sequence[CommittedRelease], ref: str) -> str:
    ids = ", ".join(release.id for release in lost[:3]) + (" …" if len(lost) > 3 else "")  # noqa: PLR2004  A line's worth.
    # git would read a name that starts with '-' as an option.
    named = shlex.quote(f"heads/{ref}" if ref.startswith("-") else ref)
    return (
        f"{ids}: published in {ref}, which is not merged into this branch. Publishing "
        f"now would create a second {root / _name_file(lost[0])}. Merge {ref}, then "
        f"publish:\n  {_name_git(root)} merge {named}\nIf {ref} was abandoned and its "
        "releases were never served, delete it."
    )


def _restore(root: Path, lost: Sequence[CommittedRelease]) -> str:
    """Return the command that restores the files, all from the commit of the last one."""
    files = " ".join(map(_name_file, lost))
    return f"{_name_git(root)} restore --source={lost[-1].commit} -- {files}"


def _keep_one_branch(root: Path) -> str:
    """Return how to repair a ledger that two branches added to, from the current folder."""
    return KEEP_ONE_BRANCH.replace("'git ", f"'{_name_git(root)} ").replace(
        " in the content folder", ""
    )


def _name_file(release: CommittedRelease) -> str:
    return f"releases/{name_file(release.number)}"


def _name_git(root: Path) -> str:
    return "git" if root == Path() else f"git -C {shlex.quote(str(root))}"
