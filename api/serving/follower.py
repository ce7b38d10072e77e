"""Follow the ledger: serve its newest verified releases, and notice when it no longer holds them.

What is served (the archive) and what is on disk are compared at each look:

| the ledger on disk | what is served | fault |
|---|---|---|
| continues what is served | the newest release allowed | none, or that of the next file |
| lacks or breaks a release that is served | as before | names the first such file |
| has another release where a served one was | as before | names it, and what to do |

The second and the third state end when the files are restored. A process that serves one history
never adopts another: that takes a restart of the service. Before releases are taken in, the other
workers of the same port are asked (`Siblings`), so that no two of them serve two histories.
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
    """The releases that are served.

    Attributes:
        archive: Their content; None before the first release.
        fault: What is wrong with the ledger, or why newer releases are not served; None: nothing.
        held_back: The newest release, if the settings hold it back; else None.
    """

    archive: Archive | None = None
    fault: str | None = None
    held_back: str | None = None


class Releases(Protocol):
    """The source of releases.

    Attributes:
        state: What is served now; replaced, never changed.
    """

    state: State

    def refresh(self) -> None:
        """Look for newer releases."""


class Siblings(Protocol):
    """The other workers of the same port."""

    def offer(self, digests: Sequence[str]) -> str | None:
        """Ask whether this worker may serve the releases that have *digests*.

        Returns:
            None: it may, and others follow. Else why it may not, empty in the first seconds.
        """


@dataclass(frozen=True)
class _Plan:
    """What a state of the ledger on disk leads to.

    Attributes:
        releases: What to serve.
        fault: As in `State`.
        held_back: As in `State`.
    """

    releases: tuple[Release, ...] = ()
    fault: str | None = None
    held_back: str | None = None

    @cached_property
    def digests(self) -> tuple[str, ...]:
        """Those of the releases."""
        return tuple(release.digest for release in self.releases)


class ReleaseFollower:
    """Follows a ledger.

    Attributes:
        state: What is served now; replaced, never changed.
        agreed: Whether the other workers let this one serve what the last look found.

    Args:
        newest_allowed: The newest release to serve; None: the newest there is.
        clock: Returns the current time in seconds since 1970.
        siblings: The other workers; None: there are none.
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
        """When it last began to look at a file, on the monotonic clock."""
        return self._reader.active_at

    def refresh(self) -> None:
        """Look at the ledger once; what does not continue what is served changes nothing."""
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
            return "There is no release yet; publish one, or set FAQTS_CONTENT."
        if limit is not None and limit not in {release.id for release in disk.releases}:
            return (
                f"FAQTS_RELEASE is {limit}, but no release is called so: what comes before it by "
                "its name is served. Set it to one that 'faqts log' lists."
            )
        return None

    def _report(self, before: State) -> None:
        """Log what differs from the state *before*."""
        state, folder = self.state, str(self._ledger.folder)
        if state.archive is not None and state.archive is not before.archive:
            release = state.archive.latest.release
            _log.info("serving", release=release.id, published_at=release.published_at)
        if state.held_back and state.held_back != before.held_back:
            _log.warning("a newer release is held back", release=state.held_back)
        if state.fault:
            _log.error("not all is served as it should be", fault=state.fault, ledger=folder)
        elif before.fault:
            _log.info("the ledger is whole again", ledger=folder)


def _list_releases(archive: Archive | None) -> Sequence[Release]:
    return archive.history.releases if archive else ()


def _compare(served: Sequence[Release], disk: LedgerState) -> str | None:
    """Return why *disk* does not continue what is *served*; None: it does."""
    for old, new in zip(served, disk.releases, strict=False):
        if old.digest != new.digest:
            return (
                f"{name_file(old.number)} holds another release ({new.id}, {new.digest}) than the "
                f"one that is served ({old.id}, {old.digest}). Restore the published file. To take "
                f"a release back, keep its file and run 'faqts revert {old.id}'. To serve the "
                "other history, restart the service."
            )
    if len(disk.releases) >= len(served):
        return None
    reason = disk.fault or f"{name_file(len(disk.releases) + 1)} is missing."
    return (
        f"{reason} It was loaded before, and releases up to {served[-1].id} are still served. "
        "Restore the published files. To take a release back, keep its file and run 'faqts revert "
        "RELEASE'. To serve only what is there now, restart the service."
    )
