"""A reload without a gap: old workers answer until the new ones are ready."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from select import select
from threading import Thread
from types import FrameType

#: How long an old worker waits at most, should a new one die while it loads.
_LONGEST_SECONDS = 20.0
_PAUSE_SECONDS = 0.05


class Handover:
    """Which of the new workers are still loading, in a pipe that all processes share.

    gunicorn tells the old workers to end as soon as it has started new ones, which load for seconds
    before they answer. The pipe holds a byte for each of those.
    """

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)

    def expect(self, workers: int) -> None:
        """Note, before they are started, that so many *workers* will load."""
        with suppress(BlockingIOError):
            # Those of a reload that failed.
            os.read(self._reader, 4_096)
        os.write(self._writer, bytes(workers))

    def arrive(self) -> None:
        """Note that this process is ready."""
        with suppress(BlockingIOError):
            os.read(self._reader, 1)

    def delay(
        self, end: Callable[[int, FrameType | None], None], sig: int, frame: FrameType | None
    ) -> None:
        """Handle a signal as *end* does, when no worker is loading any more."""
        Thread(target=self._wait, args=(end, sig, frame), daemon=True).start()

    def _wait(
        self, end: Callable[[int, FrameType | None], None], sig: int, frame: FrameType | None
    ) -> None:
        deadline = time.monotonic() + _LONGEST_SECONDS
        while select([self._reader], [], [], 0)[0] and time.monotonic() < deadline:
            time.sleep(_PAUSE_SECONDS)
        end(sig, frame)
