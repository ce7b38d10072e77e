"""The folder of releases: read and verify them, add one atomically. Files are never rewritten."""

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

#: The temporary file of a release. `mkstemp` adds the suffix.
_BESIDE = re.compile(r"\.[0-9]{5,}\.json\.\w+")


@dataclass(frozen=True)
class Ledger:
    """A folder of release files: `00001.json`, `00002.json` and so on."""

    folder: Path
    collections: Collections

    def read(self, now: datetime | None = None) -> LedgerState:
        """Return the verified releases and the first fault.

        Args:
            now: The current time. Releases dated later are faults. None to accept any date.
        """
        return LedgerReader(self.folder, self.collections).read(now)

    def append(self, release: Release, data: bytes) -> Path:
        """Write *data* atomically as the file of *release*, and return its path.

        The bytes are written to a temporary file, flushed to disk and linked into place. A crash or
        a full disk cannot leave a partial release, and two publishers cannot both succeed.
        Temporary files of killed publishers are removed.

        Raises:
            PublishRefusedError: The release is too large to be read again.
            TakenNumberError: A release with this number already exists.
            OSError: The folder cannot be written. The ledger is unchanged.
        """
        if len(data) > MAX_RELEASE_BYTES:
            raise PublishRefusedError(
                f"The release has {len(data):,} bytes. The maximum is {MAX_RELEASE_BYTES:,}. "
                "Publish the changes in several releases."
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
                f"Another publisher made release {number} at the same time. Your changes were not "
                "published. See the other release with 'faqts log', check your remaining changes "
                "with 'faqts diff', and publish again."
            ) from None
        finally:
            os.unlink(beside)  # noqa: PTH108  The pair of mkstemp.

    @contextmanager
    def _open_folder(self) -> Iterator[int]:
        """Open the folder and lock it, so that no other publisher removes our temporary file.

        Each publisher holds a shared lock. A publisher that gets an exclusive lock first is alone,
        so all temporary files are from killed publishers, and it removes them.
        """
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            # Without locks in the file system, nothing is removed.
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
