"""Read a folder of releases repeatedly. A file is parsed again only if its bytes change.

Each read compares the results of `stat` for the folder and its files with the previous ones:

- The newest release and the file with the next number are checked each time.
- If the folder changed, it is listed, so that a missing file is noticed immediately.
- Older files are checked in turns, so that a replaced or edited file is noticed too.

Only regular files are opened, so that a FIFO or a device cannot block a read.
"""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from errno import EINVAL
from hashlib import sha256
from itertools import count as count_from
from pathlib import Path
from time import monotonic

from content.errors import FutureReleaseError, LedgerError
from content.ledger.gc_pause import gc_paused
from content.ledger.release import Release, ReleaseFault, parse_release
from schemas.collection import Collections

#: Maximum size of a release file. Enough for 60,000 answers of one page.
MAX_RELEASE_BYTES = 64 * 2**20
#: Tolerated difference between the clocks of a publisher and a server.
CLOCK_SKEW = timedelta(minutes=1)
#: Number of older files to check in each read.
_TURNS = 500
_NAME = re.compile(r"[0-9]{5,}\.json")

#: Identifies the state of a file: inode, size, modification time and change time (ctime).
Signature = tuple[int, int, int, int]


@dataclass(frozen=True)
class LedgerState:
    """The releases of a ledger up to its first fault.

    Attributes:
        releases: The verified releases, in order.
        fault: Why reading stopped. None if all files are valid.
    """

    releases: tuple[Release, ...]
    fault: LedgerError | None = None

    @property
    def last(self) -> Release | None:
        """The newest verified release. None if there is none."""
        return self.releases[-1] if self.releases else None


@dataclass(frozen=True, slots=True)
class _File:
    """A parsed file.

    Attributes:
        signature: Its state when it was parsed.
        sha256: The SHA-256 of its bytes.
        previous: The digest of the previous release when it was parsed.
        parsed: The release, or the reason why the file is not valid.
    """

    signature: Signature
    sha256: bytes
    previous: str | None
    parsed: Release | str


@dataclass(frozen=True, slots=True)
class _Listing:
    """The release files in a folder.

    Attributes:
        numbers: The release numbers.
        missing: The first number without a file.
        fault: Why the folder cannot be listed. None if it can.
    """

    numbers: frozenset[int]
    missing: int = 0
    fault: LedgerError | None = None


def name_file(number: int) -> str:
    """Return the name of the file of release *number*."""
    return f"{number:05d}.json"


class LedgerReader:
    """Reads a folder of releases repeatedly.

    Attributes:
        active_at: When it last started to read a file (monotonic clock). If the file system does
            not respond, this time stops advancing.
    """

    def __init__(self, folder: Path, collections: Collections) -> None:
        self.active_at = monotonic()
        self._folder, self._collections = folder, collections
        self._seen: Signature | None = None
        self._files: dict[int, _File] = {}
        self._releases: list[Release] = []
        self._listing = _Listing(frozenset())
        self._turn = 1
        self._state = LedgerState(())

    def read(self, now: datetime | None = None) -> LedgerState:
        """Return the verified releases and the first fault.

        Args:
            now: The current time. Releases dated later are faults. None to accept any date.

        Returns:
            The same object as in the previous call if nothing changed.
        """
        self.active_at = monotonic()
        latest = _format_instant(now + CLOCK_SKEW) if now else None
        try:
            folder = _sign(self._folder.stat())
        except FileNotFoundError:
            state = LedgerState(())
            self._seen = None
        except OSError as error:
            state = LedgerState((), LedgerError(self._folder, _explain(error)))
            self._seen = None
        else:
            with gc_paused():
                fault = self._look(folder, latest)
            state = LedgerState(tuple(self._releases), fault)
        if str(state.fault) != str(self._state.fault) or state.releases != self._state.releases:
            self._state = state
        return self._state

    def _look(self, folder: Signature, latest: str | None) -> LedgerError | None:
        """Update the list of releases. Return the first fault, if any."""
        releases = self._releases
        if folder != self._seen:
            self._listing, self._seen = self._list_files(), folder
        for number in self._list_due():
            if self._load(number, latest) is not releases[number - 1]:
                del releases[number - 1 :]
                break
        while isinstance(found := self._load(len(releases) + 1, latest), Release):
            releases.append(found)
        return found or self._find_gap(len(releases) + 1)

    def _list_due(self) -> Iterable[int]:
        """Return the numbers of already read files to check now, in order."""
        count = len(self._releases)
        first = self._turn if self._turn <= count else 1
        self._turn = first + _TURNS
        due = {*range(first, min(self._turn, count)), count, self._listing.missing}
        return sorted(number for number in due if 0 < number <= count)

    def _list_files(self) -> "_Listing":
        try:
            names = [path.stem for path in self._folder.iterdir() if _NAME.fullmatch(path.name)]
        except OSError as error:
            return _Listing(frozenset(), fault=LedgerError(self._folder, _explain(error)))
        numbers = frozenset(map(int, names))
        return _Listing(numbers, next(n for n in count_from(1) if n not in numbers))

    def _find_gap(self, missing: int) -> LedgerError | None:
        """Return a fault if there are release files after the number *missing*."""
        beyond = [number for number in self._listing.numbers if number > missing]
        if not beyond:
            return self._listing.fault
        message = f"{name_file(missing)} is missing. Restore the published file."
        return LedgerError(self._folder / name_file(min(beyond)), message)

    def _load(self, number: int, latest: str | None) -> Release | LedgerError | None:
        """Return release *number*, or why it cannot be read. None if there is no such file."""
        self.active_at = monotonic()
        path = f"{self._folder}/{name_file(number)}"
        previous = self._releases[number - 2].digest if number > 1 else None
        try:
            found = os.stat(path)  # noqa: PTH116  Called for hundreds of files, twice as fast.
            if not stat.S_ISREG(found.st_mode):
                return _fault(path, "is not a regular file.")
            if found.st_size > MAX_RELEASE_BYTES:
                return _fault(path, _describe_size(found.st_size))
            known = self._files.get(number)
            if known is None or (known.signature, known.previous) != (_sign(found), previous):
                known = self._files[number] = self._parse(path, number, known)
        except FileNotFoundError:
            # Not `lexists`: the file may exist by now.
            if os.path.islink(path):  # noqa: PTH114  The path is a str, as above.
                return _fault(path, "is a link to a file that does not exist.")
            return None
        except OSError as error:
            return _fault(path, _explain(error))
        if isinstance(known.parsed, str):
            return _fault(path, known.parsed)
        if latest is not None and known.parsed.published_at > latest:
            return FutureReleaseError(Path(path), _explain_future(known.parsed.published_at))
        return known.parsed

    def _parse(self, path: str, number: int, known: _File | None) -> _File:
        previous = self._releases[number - 2] if number > 1 else None
        digest = previous.digest if previous else None
        signature, data = _read_file(path)
        hashed = sha256(data).digest()
        if known is not None and (known.sha256, known.previous) == (hashed, digest):
            return replace(known, signature=signature)
        try:
            release = parse_release(data, previous, self._collections)
        except ReleaseFault as fault:
            return _File(signature, hashed, digest, str(fault))
        if known is not None and isinstance(known.parsed, Release):
            # If only the formatting of the file changed, keep the same object.
            release = known.parsed if known.parsed.digest == release.digest else release
        return _File(signature, hashed, digest, release)


def _read_file(path: str) -> tuple[Signature, bytes]:
    """Return the signature and the bytes of *path*, which may have been replaced meanwhile."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(EINVAL, "it is no longer a regular file")
        return _sign(found), file.read(MAX_RELEASE_BYTES + 1)


def _fault(path: str, message: str) -> LedgerError:
    return LedgerError(Path(path), message)


def _sign(found: os.stat_result) -> Signature:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _explain(error: OSError) -> str:
    return f"cannot be read: {error.strerror or type(error).__name__}."


def _describe_size(size: int) -> str:
    return f"has {size:,} bytes. The maximum is {MAX_RELEASE_BYTES:,}."


def _explain_future(published_at: str) -> str:
    accepted = datetime.fromisoformat(published_at) - CLOCK_SKEW
    return (
        f"is dated {published_at}, which is in the future. It will be accepted at "
        f"{_format_instant(accepted)}. Check the clocks of this machine and of the publisher."
    )


def _format_instant(instant: datetime) -> str:
    """Return *instant* in the format of releases, which sorts as text."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
