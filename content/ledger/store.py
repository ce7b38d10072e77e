"""The folder of releases: read them verified, append one atomically. Nothing is ever rewritten."""

import fcntl
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from content.errors import LedgerError, TakenNumberError
from content.ledger.gc_pause import gc_paused
from content.ledger.release import Release, ReleaseFault, parse_release
from schemas.collection import Collections

_NAME = re.compile(r"[0-9]{5,}\.json")
#: A release while it is written; `mkstemp` adds the end.
_BESIDE = re.compile(r"\.[0-9]{5,}\.json\.\w+")


@dataclass(frozen=True)
class LedgerState:
    """What a ledger holds, up to its first fault.

    Attributes:
        releases: Those that verify, in order.
        fault: Why reading stopped; None when everything verifies.
    """

    releases: tuple[Release, ...]
    fault: LedgerError | None = None

    @property
    def last(self) -> Release | None:
        """The newest release that verifies."""
        return self.releases[-1] if self.releases else None


@dataclass(frozen=True)
class Ledger:
    """A folder of release files, `00001.json` and on."""

    folder: Path
    collections: Collections

    def read(self, known: LedgerState | None = None) -> LedgerState:
        """Return every release that verifies, and the first fault.

        Args:
            known: What was read before; only what follows it is read.
        """
        releases = list(known.releases) if known else []
        with gc_paused():
            fault = self._read_on(releases)
        return LedgerState(tuple(releases), fault)

    def append(self, release: Release, data: bytes) -> Path:
        """Write *data* as the file of *release*, whole or not at all, and return its path.

        The bytes are written beside, flushed to disk and linked into place, so that neither a
        crash nor a full disk leaves half a release, and two publishers cannot both succeed. What a
        publisher that was killed has left beside is removed.

        Raises:
            TakenNumberError: There is a release of this number already.
            OSError: The folder cannot be written; the ledger is as it was.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(release.number)
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

    def _read_on(self, releases: list[Release]) -> LedgerError | None:
        """Add to *releases* what follows them; return why that ended before the last file."""
        while True:
            path = self._path(len(releases) + 1)
            if not os.path.lexists(path):
                fault = self._find_gap(len(releases))
                if not os.path.lexists(path):
                    return fault
            previous = releases[-1] if releases else None
            try:
                releases.append(parse_release(path.read_bytes(), previous, self.collections))
            except (ReleaseFault, OSError) as error:
                return LedgerError(path, f"{error} What came before it stays in force.")

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:05d}.json"

    def _find_gap(self, last: int) -> LedgerError | None:
        """Return a fault when there are release files beyond a missing one."""
        if not self.folder.is_dir():
            return None
        names = (path.stem for path in self.folder.iterdir() if _NAME.fullmatch(path.name))
        beyond = [number for number in map(int, names) if number > last]
        if not beyond:
            return None
        message = f"{self._path(last + 1).name} is missing before it; restore the published file."
        return LedgerError(self._path(min(beyond)), message)
