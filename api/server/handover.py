"""A reload without a gap: old workers answer until the new ones are ready."""

import os
from contextlib import suppress
from select import select


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

    @property
    def is_under_way(self) -> bool:
        """Whether a worker that was expected is not ready yet."""
        return bool(select([self._reader], [], [], 0)[0])
