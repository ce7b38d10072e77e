"""Read releases and source files from git. Only this module starts git."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.errors import GitError
from content.ledger.release import Release, compute_digest
from content.sources.site_source import LOGO_NAMES

#: Source files and folders, relative to the content folder.
SOURCES = ("site.yaml", "kinds", "faqs", "facts", "withdrawn.yaml", *LOGO_NAMES)
_RELEASES = "releases"
#: A release file that a commit added or changed: its object, and its number.
_RAW = re.compile(r":\d+ \d+ \w+ (\w+) [AM]\treleases/(\d{5,})\.json")
#: Variables that point git to another repository or index. git sets them for hooks.
_ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"}


@dataclass(frozen=True)
class CommittedRelease:
    """A release file in a commit.

    Attributes:
        commit: The newest commit that added it.
    """

    number: int
    id: str
    digest: str
    previous: str | None
    commit: str


@dataclass(frozen=True)
class GitHistory:
    """The history of the repository that is or contains the content folder.

    Attributes:
        folder: The content folder. Paths are relative to it.
        program: The path of git.
    """

    folder: Path
    program: str

    def is_shallow(self) -> bool:
        """Return whether older commits are missing.

        Raises:
            GitError: git cannot read the repository.
        """
        return self._run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def list_after(
        self, last: Release | None, *, any_ref: bool = False
    ) -> tuple[CommittedRelease, ...]:
        """Return the releases after *last* in the current branch, in order.

        If two commits added a release after the same one, use the newer commit: a merge that
        dropped
        one of the two added the other. Ignore the dates of commits, which may be wrong.

        Args:
            any_ref: Search all branches, tags and remotes.
        """
        if not any_ref and self._start("rev-parse", "--quiet", "--verify", "HEAD").returncode != 0:
            return ()
        revisions = "--all" if any_ref else "HEAD"
        log = self._run(
            *("-c", "log.showSignature=false", "-c", "log.showRoot=true"),
            *("log", revisions, "--full-history"),
            *("--diff-merges=separate", "--format=%H", "--raw", "--no-abbrev", "--no-renames"),
            *("--relative", "--no-color"),
            *("--", _RELEASES),
        ).decode(errors="replace")
        commits: dict[str, str] = {}
        commit = ""
        for line in log.splitlines():
            match = _RAW.match(line)
            if match is None:
                commit = line or commit
            elif int(match[2]) > (last.number if last else 0):
                commits.setdefault(match[1], commit)
        blobs = zip(commits.values(), self._read_blobs(commits), strict=True)
        found = [release for commit, data in blobs if (release := _parse(data, commit))]
        return tuple(_chain(found, last))

    def list_unmerged(self) -> tuple[str, ...]:
        """Return the release files with merge conflicts."""
        listed = self._run("ls-files", "--unmerged", "-z", "--", _RELEASES).decode().split("\0")
        return tuple(dict.fromkeys(line.partition("\t")[2] for line in listed if line))

    def list_uncommitted(self) -> tuple[str, ...]:
        """Return the source files that differ from the last commit, including new files."""
        arguments = ("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
        listed = self._run("--no-optional-locks", *arguments, "--", *SOURCES)
        names = [line[3:] for line in listed.decode(errors="replace").split("\0") if line]
        # `git status` prints paths relative to the repository, not to the current folder.
        above = self._run("rev-parse", "--show-prefix").decode(errors="replace").strip("\n")
        return tuple(name.removeprefix(above) for name in names)

    def list_commits(self, path: str, *, after: str = "") -> list[str]:
        """Return the commits up to HEAD that changed *path*, newest first.

        Args:
            after: Leave out this commit and all commits before it.
        """
        revisions = ("HEAD", f"^{after}") if after else ("HEAD",)
        return self._run("rev-list", "--full-history", *revisions, "--", path).decode().split()

    def list_source_commits(self, first: str, last: str) -> list[str]:
        """Return the commits after *first* up to *last* that changed sources, oldest first."""
        arguments = ("rev-list", "--reverse", "--full-history", f"{first}..{last}")
        return self._run(*arguments, "--", *SOURCES).decode().split()

    def read_sources(self, commit: str) -> dict[str, bytes]:
        """Return the source files in *commit*, by path relative to the content folder."""
        listed = self._run("ls-tree", "-r", "-z", commit, "--", *SOURCES).decode()
        entries = [line.partition("\t") for line in listed.split("\0") if line]
        blobs = {path: entry.split()[2] for entry, _, path in entries}
        return dict(zip(blobs, self._read_blobs(blobs.values()), strict=True))

    def name_ref(self, commit: str) -> str:
        """Return a branch, tag or remote branch that contains *commit*, or else the commit ID."""
        arguments = ("for-each-ref", f"--contains={commit}", "--count=1")
        return self._run(*arguments, "--format=%(refname:short)").decode().strip() or commit[:12]

    def _read_blobs(self, blobs: Iterable[str]) -> Iterator[bytes]:
        names = "".join(f"{blob}\n" for blob in blobs).encode()
        data = self._run("cat-file", "--batch", given=names) if names else b""
        place = 0
        while place < len(data):
            start = data.index(b"\n", place) + 1
            end = start + int(data[place:start].split()[2])
            yield data[start:end]
            place = end + 1

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        done = self._start(*arguments, given=given)
        if done.returncode != 0:
            message = done.stderr.decode(errors="replace").strip()
            raise GitError(f"git cannot read the releases: {message}")
        return done.stdout

    def _start(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603  The arguments come from the repository only.
            [self.program, "-C", str(self.folder), *arguments],
            input=given,
            env={name: value for name, value in os.environ.items() if name not in _ELSEWHERE},
            capture_output=True,
            check=False,
        )


def find_history(root: Path) -> GitHistory | None:
    """Return the history of the content folder *root*; None if there is no git or repository."""
    program = shutil.which("git")
    folder = root.resolve()
    if program and any((parent / ".git").exists() for parent in (folder, *folder.parents)):
        return GitHistory(folder, program)
    return None


def _parse(data: bytes, commit: str) -> CommittedRelease | None:
    """Return the release in *data*; None if it is not a release, as after a failed merge."""
    try:
        stored: Any = json.loads(data)
        digest = compute_digest(stored)
        named = stored["number"], stored["release"], stored["digest"], stored["previous"]
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return None
    shaped = isinstance(named[0], int) and isinstance(named[3], str | None)
    return CommittedRelease(*named, commit) if shaped and named[2] == digest else None


def _chain(found: Iterable[CommittedRelease], last: Release | None) -> Iterator[CommittedRelease]:
    """Yield the releases after *last*; of two with the same predecessor, the first in *found*."""
    following: dict[str | None, CommittedRelease] = {}
    for release in found:
        following.setdefault(release.previous, release)
    previous = last.digest if last else None
    while (following_one := following.get(previous)) is not None:
        yield following_one
        previous = following_one.digest
