"""Follow the ledger: load the newest verified releases, and replace them when there are others."""

from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Protocol

import structlog

from content.ledger.catalogue import Archive, build_archive
from content.ledger.release import order_release
from content.ledger.store import Ledger, LedgerState

_log = structlog.get_logger()


@dataclass(frozen=True)
class State:
    """The releases that are served.

    Attributes:
        archive: Their content; None before the first release.
        fault: Why newer releases are not served; None: there are none, or they are held back.
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


class ReleaseFollower:
    """Follows a ledger.

    Args:
        newest_allowed: The newest release to serve; None: the newest there is.
    """

    def __init__(self, ledger: Ledger, newest_allowed: str | None = None) -> None:
        self._ledger = ledger
        self._newest_allowed = newest_allowed
        self._known = LedgerState(())
        self._loaded = False
        self._lock = Lock()
        self.state = State()

    def refresh(self) -> None:
        """Read new releases from the ledger; those that do not verify change nothing."""
        with self._lock:
            read = self._ledger.read(self._known)
            same_fault = str(read.fault) == str(self._known.fault)
            if len(read.releases) == len(self._known.releases) and same_fault and self._loaded:
                return
            self._loaded = True
            self.state = self._build(read)
            self._known = read
            self._report()

    def _build(self, read: LedgerState) -> State:
        limit = self._newest_allowed
        releases = read.releases
        if limit is not None:
            limits = order_release(limit)
            releases = tuple(r for r in read.releases if order_release(r.id) <= limits)
        archive = build_archive(releases, self._ledger.collections, self.state.archive)
        held_back = read.releases[-1].id if len(releases) < len(read.releases) else None
        return State(archive, self._find_fault(read), held_back)

    def _find_fault(self, read: LedgerState) -> str | None:
        limit = self._newest_allowed
        if read.fault is not None:
            return str(read.fault)
        if not read.releases:
            folder = self._ledger.folder
            return f"There is no release in {folder}; publish one, or set FAQTS_LEDGER."
        if limit is not None and limit not in {release.id for release in read.releases}:
            return (
                f"FAQTS_RELEASE is {limit}, but no release is called so: what comes before it by "
                "its name is served. Set it to one that 'faqts log' lists."
            )
        return None

    def _report(self) -> None:
        state = self.state
        if state.archive is not None:
            release = state.archive.latest.release
            _log.info("serving", release=release.id, published_at=release.published_at)
        if state.held_back:
            _log.warning("a newer release is held back", release=state.held_back)
        if state.fault:
            _log.error("not all is served as it should be", fault=state.fault)


def poll(releases: Releases, seconds: float) -> Event:
    """Refresh *releases* every *seconds* in a thread.

    Returns:
        Set it to stop the thread.
    """
    stop = Event()

    def run() -> None:
        while not stop.wait(seconds):
            try:
                releases.refresh()
            except Exception:  # noqa: BLE001  The thread must go on, or no release would be served any more.
                _log.exception("refresh failed")

    Thread(target=run, name="follow-releases", daemon=True).start()
    return stop
