"""Poll for releases in a thread, and report when that fails or hangs.

One thread polls. A second one never touches a file: it reports when the first hangs in a read,
because a disk or a network does not respond.
"""

from threading import Event, Thread
from time import monotonic
from typing import Protocol

import structlog

_log = structlog.get_logger()

#: How long reading one file may take before it is reported.
PATIENCE_SECONDS = 15.0
#: The longest pause while the workers disagree.
_IMPATIENT_SECONDS = 0.5
_TICK_SECONDS = 0.5


class Follower(Protocol):
    """The follower to refresh.

    Attributes:
        agreed: Whether it serves what it found. If not, it is refreshed sooner.
    """

    agreed: bool

    @property
    def active_at(self) -> float:
        """When it last started to read a file, on the monotonic clock."""

    def refresh(self) -> None:
        """Look for newer releases."""


class Poller:
    """Refreshes a follower until it is stopped.

    Attributes:
        trouble: Why polling fails; None if it works.

    Args:
        seconds: The pause between two polls.
        patience_seconds: How long reading one file may take.
    """

    def __init__(
        self, follower: Follower, seconds: float, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self._follower = follower
        self._seconds, self._patience_seconds = seconds, patience_seconds
        self._began_at: float | None = None
        self._looked, self._stopped = Event(), Event()
        self.trouble: str | None = None

    def start(self) -> None:
        """Start two daemon threads."""
        for target in (self._follow, self._watch):
            Thread(target=target, name=f"poller{target.__name__}", daemon=True).start()

    def stop(self) -> None:
        """Stop both threads. A running poll is completed."""
        self._stopped.set()

    def wait(self) -> None:
        """Wait until the first poll is complete, or hangs."""
        while not self._looked.wait(0.05) and self.trouble is None:
            pass

    def _follow(self) -> None:
        while not self._stopped.is_set():
            trouble, failure, self._began_at = None, None, monotonic()
            try:
                self._follower.refresh()
            except Exception as error:  # noqa: BLE001  The thread must survive, or no new release would be served.
                trouble, failure = f"Polling for releases failed: {type(error).__name__}.", error
            self._began_at = None
            self._report(trouble, failure)
            self._looked.set()
            pause = self._seconds
            if not self._follower.agreed:
                pause = min(pause, _IMPATIENT_SECONDS)
            self._stopped.wait(pause)

    def _watch(self) -> None:
        while not self._stopped.wait(min(_TICK_SECONDS, self._patience_seconds)):
            began_at = self._began_at
            if began_at is None:
                continue
            silent_seconds = monotonic() - max(began_at, self._follower.active_at)
            if silent_seconds > self._patience_seconds:
                self._report(
                    "The ledger cannot be read: its file system has not responded for "
                    f"{self._patience_seconds:g} seconds."
                )

    def _report(self, trouble: str | None, failure: Exception | None = None) -> None:
        """Log each change once."""
        if trouble == self.trouble:
            return
        self.trouble = trouble
        if trouble is None:
            _log.info("ledger polling recovered")
        else:
            _log.error("ledger polling failed", fault=trouble, exc_info=failure)
