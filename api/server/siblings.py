"""Coordinate the workers on one port, so that all of them serve the same history.

The gunicorn master creates an unlinked file that every worker inherits:

- It contains a record: number and digest of the newest release that any worker serves. A worker may
  serve releases that include this one, and then writes its newest to the record. Others wait.
- A process locks byte 0 to read or write the record. Every worker that serves releases locks byte
  1. The system removes the locks of a process that dies, so the record expires with the last
  worker, and a restart of the service starts without one.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from threading import Lock
from time import monotonic

#: How long a worker may differ from the others: longer than a poll and a replay, so that a worker
#: that is only late is not stopped.
_TOLERANCE_SECONDS = 3.0
_MUTEX, _SERVING = 0, 1
_RECORD_BYTES = 128


class Siblings:
    """The workers on one port.

    Attributes:
        leave: Stops this worker if it cannot serve what the others do. gunicorn then starts a new
            one, which waits. None if this worker does not serve yet.

    Args:
        tolerance_seconds: How long a worker may differ from the others.
        folder: The folder of the file; None for the default of temporary files.
    """

    def __init__(
        self, tolerance_seconds: float = _TOLERANCE_SECONDS, *, folder: str | None = None
    ) -> None:
        self._descriptor, path = mkstemp(prefix="faqts-", dir=folder)
        Path(path).unlink()
        self._tolerance_seconds = tolerance_seconds
        self._lock = Lock()
        self._serving = False
        self._refused_at: float | None = None
        self.leave: Callable[[], None] | None = None

    def offer(self, digests: Sequence[str]) -> str | None:
        """Ask whether this worker may serve the releases with these *digests*.

        Returns:
            None if it may. Otherwise the reason, which is empty in the first seconds.
        """
        with self._alone():
            record = self._find_record()
            if record is None or _contains(digests, *record):
                if digests:
                    self._serve(digests)
                self._refused_at = None
                return None
        return self._refuse(*record)

    def are_serving(self) -> bool:
        """Tell whether any worker serves releases."""
        with self._alone():
            return self._find_record() is not None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX, 1, _MUTEX)
            try:
                yield
            finally:
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, _MUTEX)

    def _find_record(self) -> tuple[int, str] | None:
        if not self._serving:
            try:
                fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _SERVING)
            except OSError:
                # Other workers hold the lock.
                pass
            else:
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, _SERVING)
                return None
        number, digest = os.pread(self._descriptor, _RECORD_BYTES, 0).decode().split()
        return int(number), digest

    def _serve(self, digests: Sequence[str]) -> None:
        record = f"{len(digests)} {digests[-1]}".ljust(_RECORD_BYTES)
        os.pwrite(self._descriptor, record.encode(), 0)
        fcntl.lockf(self._descriptor, fcntl.LOCK_SH, 1, _SERVING)
        self._serving = True

    def _refuse(self, number: int, digest: str) -> str:
        self._refused_at = self._refused_at or monotonic()
        if monotonic() - self._refused_at < self._tolerance_seconds:
            return ""
        if self.leave is not None:
            self.leave()
        return (
            f"Other workers serve release number {number} ({digest}), which is not in the ledger. "
            "Restore the published files, or restart the service to serve the files on disk."
        )


def _contains(digests: Sequence[str], number: int, digest: str) -> bool:
    return len(digests) >= number and digests[number - 1] == digest


#: The siblings of this process, created by gunicorn.conf.py before it forks. None for other servers
#: and for a single process.
shared: Siblings | None = None
