"""Look for releases again and again, in a thread, and report when that fails or hangs.

One thread looks. A second one never touches a file: it notices when the first does not come back
from one, because a disk or a network does not answer.
"""

from threading import Event, Thread
from time import monotonic
from typing import Protocol

import structlog

_log = structlog.get_logger()

#: How long the file system may take for one file before that is reported.
PATIENCE_SECONDS = 15.0
#: The longest pause while other workers serve something else.
_IMPATIENT_SECONDS = 0.5
_TICK_SECONDS = 0.5


class Follower(Protocol):
    """What is refreshed.

    Attributes:
        agreed: Whether it serves what it found; else it is looked at sooner.
    """

    agreed: bool

    @property
    def active_at(self) -> float:
        """When it last began to look at a file, on the monotonic clock."""

    def refresh(self) -> None:
        """Look for newer releases."""


class Poller:
    """Refreshes a follower until it is stopped.

    Attributes:
        trouble: Why the follower does not follow now; None: it does.

    Args:
        seconds: The pause between two looks.
        patience_seconds: How long one file may take.
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
        """Begin, in two threads that do not keep the process from ending."""
        for target in (self._follow, self._watch):
            Thread(target=target, name=f"poller{target.__name__}", daemon=True).start()

    def stop(self) -> None:
        """End both threads, the first after its present look."""
        self._stopped.set()

    def wait(self) -> None:
        """Return after the first look, or when that hangs."""
        while not self._looked.wait(0.05) and self.trouble is None:
            pass

    def _follow(self) -> None:
        while not self._stopped.is_set():
            trouble, failure, self._began_at = None, None, monotonic()
            try:
                self._follower.refresh()
            except Exception as error:  # noqa: BLE001  The thread must go on, or no release would be served any more.
                trouble, failure = f"Looking for releases fails: {type(error).__name__}.", error
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
                    "The ledger cannot be read: its file system has not answered for "
                    f"{self._patience_seconds:g} seconds."
                )

    def _report(self, trouble: str | None, failure: Exception | None = None) -> None:
        """Log a change once, however long it lasts."""
        if trouble == self.trouble:
            return
        self.trouble = trouble
        if trouble is None:
            _log.info("the ledger is followed again")
        else:
            _log.error("the ledger is not followed", fault=trouble, exc_info=failure)
