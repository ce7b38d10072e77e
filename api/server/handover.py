"""Reload without downtime: old workers keep serving until the new ones are ready."""

import os
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from mmap import mmap
from select import select
from threading import Thread
from types import FrameType

#: The maximum time that an old worker waits, in case a new one dies while it loads.
_LONGEST_SECONDS = 20.0
_PAUSE_SECONDS = 0.05
#: A waiting worker updates its timestamp every 0.1 seconds. After this time it counts as dead.
_SILENT_SECONDS = 2.0
_TIME = struct.Struct("d")


class Handover:
    """Counts the new workers that are still loading, in a pipe that all processes share.

    gunicorn stops the old workers as soon as it has started new ones, but those take seconds to
    load. The pipe holds one byte for each worker that is loading. A new worker that must wait
    keeps updating a shared timestamp, and the old ones stay as long as it does.
    """

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        # When a new worker last waited, on the monotonic clock that all processes share.
        self._waited_at = mmap(-1, _TIME.size)
        self._delayed = set[int]()

    def expect(self, workers: int) -> None:
        """Record that this many *workers* are about to load. Call it before they start."""
        with suppress(BlockingIOError):
            # Bytes left over from a failed reload.
            os.read(self._reader, 4_096)
        os.write(self._writer, bytes(workers))

    def wait(self) -> None:
        """Wait a moment, in a new process that may not serve yet."""
        _TIME.pack_into(self._waited_at, 0, time.monotonic())
        time.sleep(2 * _PAUSE_SECONDS)

    def arrive(self) -> None:
        """Record that this process is ready."""
        with suppress(BlockingIOError):
            os.read(self._reader, 1)

    def delay(
        self, end: Callable[[int, FrameType | None], None], sig: int, frame: FrameType | None
    ) -> None:
        """Call *end* with a signal as soon as no worker is loading.

        Repeated signals are ignored.
        """
        if sig in self._delayed:
            return
        self._delayed.add(sig)
        Thread(target=self._wait, args=(end, sig, frame), daemon=True).start()

    def _wait(
        self, end: Callable[[int, FrameType | None], None], sig: int, frame: FrameType | None
    ) -> None:
        deadline = time.monotonic() + _LONGEST_SECONDS
        while select([self._reader], [], [], 0)[0]:
            waited_at = _TIME.unpack_from(self._waited_at)[0]
            if time.monotonic() > max(deadline, waited_at + _SILENT_SECONDS):
                break
            time.sleep(_PAUSE_SECONDS)
        end(sig, frame)
