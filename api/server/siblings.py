"""What the workers of one port tell each other, so that they all serve the same.

The master of gunicorn makes a file without a name, and every worker inherits it:

- The record: number and digest of the newest release that any worker serves. A worker may serve
  releases that contain this one, and then the record becomes its newest. Others wait.
- Byte 0 is locked by whoever reads or writes the record, byte 1 by every worker that serves
  releases. The system takes these locks away from a process that dies, so the record is forgotten
  with the last of its workers, and a restart of the service begins without one.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from threading import Lock
from time import monotonic

#: How long a worker that answers may differ from the others: longer than a poll and a replay, so
#: that one that is only later than others stays.
_TOLERANCE_SECONDS = 3.0
_MUTEX, _SERVING = 0, 1
_RECORD_BYTES = 128


class Siblings:
    """The workers of one port.

    Attributes:
        leave: Ends this worker, when it answers but cannot serve what others do; another is then
            started, which waits. None: this worker does not answer yet.

    Args:
        tolerance_seconds: How long a worker may differ from the others before that is a fault.
        folder: Where the file is made; None: where temporary files are.
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
        """Ask whether this worker may serve the releases that have *digests*.

        Returns:
            None: it may, and others follow. Else why it may not, empty in the first seconds.
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
                # Others have it.
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
            f"Other workers serve release number {number}, {digest}, which the ledger does not "
            "hold. Restore the published files, or restart the service to serve what is there."
        )


def _contains(digests: Sequence[str], number: int, digest: str) -> bool:
    return len(digests) >= number and digests[number - 1] == digest


#: Those of this process. gunicorn.conf.py makes them before the workers are forked; None: the
#: server is another one, or has a single process.
shared: Siblings | None = None
