"""Follow the ledger: serve its newest verified releases, and report when files are lost or changed.

Each poll compares the ledger on disk with the archive that is served:

| ledger on disk | served | fault |
|---|---|---|
| continues the archive | the newest allowed release | none, or that of the next file |
| a served release is missing or invalid | no change | names the first such file |
| a served release was replaced | no change | names the file, and the fix |

The last two states end when the files are restored. A process never switches to another history;
that takes a restart of the service. Before it serves new releases, it asks the other workers on the
port (`Siblings`), so that all workers serve the same history.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock
from time import time
from typing import Protocol

import structlog

from content.ledger.catalogue import Archive, build_archive
from content.ledger.reader import LedgerReader, LedgerState, name_file
from content.ledger.release import Release, order_release
from content.ledger.store import Ledger

_log = structlog.get_logger()


@dataclass(frozen=True)
class State:
    """The state of a follower.

    Attributes:
        archive: The releases that are served; None before the first release.
        fault: Why the ledger or newer releases cannot be served; None if all is well.
        held_back: The newest release if `FAQTS_RELEASE` holds it back, else None.
    """

    archive: Archive | None = None
    fault: str | None = None
    held_back: str | None = None


class Releases(Protocol):
    """A source of releases.

    Attributes:
        state: The current state; replaced, never modified.
    """

    state: State

    def refresh(self) -> None:
        """Look for newer releases."""


class Siblings(Protocol):
    """The other workers on the same port."""

    def offer(self, digests: Sequence[str]) -> str | None:
        """Ask whether this worker may serve the releases with these *digests*.

        Returns:
            None if it may. Otherwise the reason, which is empty in the first seconds.
        """


@dataclass(frozen=True)
class _Plan:
    """The releases to serve, derived from the ledger on disk.

    Attributes:
        releases: The releases, oldest first.
        fault: As in `State`.
        held_back: As in `State`.
    """

    releases: tuple[Release, ...] = ()
    fault: str | None = None
    held_back: str | None = None

    @cached_property
    def digests(self) -> tuple[str, ...]:
        """The digests of the releases."""
        return tuple(release.digest for release in self.releases)


class ReleaseFollower:
    """Follows a ledger.

    Attributes:
        state: The current state; replaced, never modified.
        agreed: Whether the other workers allow this one to serve what it found last.

    Args:
        newest_allowed: The newest release to serve; None for the latest.
        clock: Returns the current time in seconds since 1970.
        siblings: The other workers; None if there are none.
    """

    def __init__(
        self,
        ledger: Ledger,
        newest_allowed: str | None = None,
        *,
        clock: Callable[[], float] = time,
        siblings: Siblings | None = None,
    ) -> None:
        self._ledger = ledger
        self._newest_allowed = newest_allowed
        self._clock, self._siblings = clock, siblings
        self._reader = LedgerReader(ledger.folder, ledger.collections)
        self._lock = Lock()
        self._disk: LedgerState | None = None
        self._plan = _Plan()
        self.state = State()
        self.agreed = False

    @property
    def active_at(self) -> float:
        """When it last started to read a file, on the monotonic clock."""
        return self._reader.active_at

    def refresh(self) -> None:
        """Check the ledger once. Keep the current releases if it does not continue them."""
        with self._lock:
            disk = self._reader.read(datetime.fromtimestamp(self._clock(), UTC))
            first = self._disk is None
            if disk is not self._disk:
                self._plan, self._disk = self._build_plan(disk), disk
            plan, before = self._plan, self.state
            refusal = self._siblings.offer(plan.digests) if self._siblings else None
            archive = before.archive
            if refusal is None and len(plan.releases) > len(_list_releases(archive)):
                archive = build_archive(plan.releases, archive)
            state = State(archive, plan.fault or refusal or None, plan.held_back)
            self.agreed = refusal is None
            if first or state != before:
                self.state = state
                self._report(before)

    def _build_plan(self, disk: LedgerState) -> _Plan:
        served = _list_releases(self.state.archive)
        fault = _compare(served, disk)
        if fault is not None:
            return _Plan(tuple(served), fault, self.state.held_back)
        allowed, limit = disk.releases, self._newest_allowed
        if limit is not None:
            limits = order_release(limit)
            allowed = tuple(r for r in allowed if order_release(r.id) <= limits)
        held_back = disk.releases[-1].id if len(allowed) < len(disk.releases) else None
        return _Plan(allowed, self._find_fault(disk), held_back)

    def _find_fault(self, disk: LedgerState) -> str | None:
        limit = self._newest_allowed
        if disk.fault is not None:
            return str(disk.fault)
        if not disk.releases:
            return "There is no release yet. Publish one, or set FAQTS_CONTENT."
        if limit is not None and limit not in {release.id for release in disk.releases}:
            return (
                f"FAQTS_RELEASE is {limit}, but no release has this ID. Releases before it are "
                "served. Set it to a release that 'faqts log' lists."
            )
        return None

    def _report(self, before: State) -> None:
        """Log the differences from the state *before*."""
        state, folder = self.state, str(self._ledger.folder)
        if state.archive is not None and state.archive is not before.archive:
            release = state.archive.latest.release
            _log.info("serving", release=release.id, published_at=release.published_at)
        if state.held_back and state.held_back != before.held_back:
            _log.warning("newer release held back", release=state.held_back)
        if state.fault:
            _log.error("ledger fault", fault=state.fault, ledger=folder)
        elif before.fault:
            _log.info("ledger fault resolved", ledger=folder)


def _list_releases(archive: Archive | None) -> Sequence[Release]:
    return archive.history.releases if archive else ()


def _compare(served: Sequence[Release], disk: LedgerState) -> str | None:
    """Return why *disk* does not continue *served*; None if it does."""
    for old, new in zip(served, disk.releases, strict=False):
        if old.digest != new.digest:
            return (
                f"{name_file(old.number)} was replaced: it contains release {new.id} "
                f"({new.digest}), but {old.id} ({old.digest}) is served. Restore the published "
                f"file. To undo a release, keep its file and run 'faqts revert {old.id}'. To "
                "serve the files on disk, restart the service."
            )
    if len(disk.releases) >= len(served):
        return None
    reason = disk.fault or f"{name_file(len(disk.releases) + 1)} is missing."
    return (
        f"{reason} It was loaded before, and releases up to {served[-1].id} are still served. "
        "Restore the published files. To undo a release, keep its file and run 'faqts revert "
        "RELEASE'. To serve the files on disk, restart the service."
    )
