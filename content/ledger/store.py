"""The folder of releases: read them verified, append one atomically. Nothing is ever rewritten."""

import fcntl
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from content.errors import PublishRefusedError, TakenNumberError
from content.files import naming
from content.ledger.reader import MAX_RELEASE_BYTES, LedgerReader, LedgerState, name_file
from content.ledger.release import Release
from schemas.collection import Collections

#: A release while it is written; `mkstemp` adds the end.
_BESIDE = re.compile(r"\.[0-9]{5,}\.json\.\w+")


@dataclass(frozen=True)
class Ledger:
    """A folder of release files, `00001.json` and on."""

    folder: Path
    collections: Collections

    def read(self, now: datetime | None = None) -> LedgerState:
        """Return every release that verifies, and the first fault.

        Args:
            now: The time; releases dated later are faults. None: they are not.
        """
        return LedgerReader(self.folder, self.collections).read(now)

    def append(self, release: Release, data: bytes) -> Path:
        """Write *data* as the file of *release*, whole or not at all, and return its path.

        The bytes are written beside, flushed to disk and linked into place, so that neither a
        crash nor a full disk leaves half a release, and two publishers cannot both succeed. What a
        publisher that was killed has left beside is removed.

        Raises:
            PublishRefusedError: The release is larger than what is read.
            TakenNumberError: There is a release of this number already.
            OSError: The folder cannot be written; the ledger is as it was.
        """
        if len(data) > MAX_RELEASE_BYTES:
            raise PublishRefusedError(
                f"The release has {len(data):,} bytes, but a release has at most "
                f"{MAX_RELEASE_BYTES:,}; publish the changes in several releases."
            )
        path = self.folder / name_file(release.number)
        with naming(path):
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._open_folder() as folder:
                self._write(path, release.number, data)
                os.fsync(folder)
        return path

    def _write(self, path: Path, number: int, data: bytes) -> None:
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
            os.link(beside, path)
        except FileExistsError:
            raise TakenNumberError(
                f"Another publisher made release {number} at the same moment; nothing "
                "of yours was written. Look at it with 'faqts log', check with 'faqts diff' what "
                "is left of your changes, and publish again."
            ) from None
        finally:
            os.unlink(beside)  # noqa: PTH108  The pair of mkstemp.

    @contextmanager
    def _open_folder(self) -> Iterator[int]:
        """Open the folder; while it is open, what is written beside is not taken for a leftover.

        Each publisher holds a shared lock. Who gets an exclusive one is alone, so that what lies
        there was left by a publisher that was killed.
        """
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            # A file system that has no locks keeps what was left.
            with suppress(OSError):
                with suppress(BlockingIOError):
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    for path in self.folder.iterdir():
                        if _BESIDE.fullmatch(path.name):
                            path.unlink()
                fcntl.flock(descriptor, fcntl.LOCK_SH)
            yield descriptor
        finally:
            os.close(descriptor)
