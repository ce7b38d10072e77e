"""A reload without a gap: old workers answer until the new ones are ready."""

import os
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from mmap import mmap
from select import select
from threading import Thread
from types import FrameType

#: How long an old worker waits at most, should a new one die while it loads.
_LONGEST_SECONDS = 20.0
_PAUSE_SECONDS = 0.05
#: A new worker that waits says so every 0.1 seconds; one that has not for so long is dead.
_SILENT_SECONDS = 2.0
_TIME = struct.Struct("d")


class Handover:
    """Which of the new workers are still loading, in a pipe that all processes share.

    gunicorn tells the old workers to end as soon as it has started new ones, which load for seconds
    before they answer. The pipe holds a byte for each of those. A new worker that may not answer
    yet notes the time again and again, and the old ones stay as long as it does.
    """

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        # When a new worker last waited, on the monotonic clock, which all processes share.
        self._waited_at = mmap(-1, _TIME.size)
        self._delayed = set[int]()

    def expect(self, workers: int) -> None:
        """Note, before they are started, that so many *workers* will load."""
        with suppress(BlockingIOError):
            # Those of a reload that failed.
            os.read(self._reader, 4_096)
        os.write(self._writer, bytes(workers))

    def wait(self) -> None:
        """Wait a moment, as a new process that may not answer yet."""
        _TIME.pack_into(self._waited_at, 0, time.monotonic())
        time.sleep(2 * _PAUSE_SECONDS)

    def arrive(self) -> None:
        """Note that this process is ready."""
        with suppress(BlockingIOError):
            os.read(self._reader, 1)

    def delay(
        self, end: Callable[[int, FrameType | None], None], sig: int, frame: FrameType | None
    ) -> None:
        """Handle a signal as *end* does, when no worker is loading any more.

        gunicorn repeats the signal; the first is enough.
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
