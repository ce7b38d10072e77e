"""What a folder of releases holds now. A file is parsed again only when its bytes change.

A look compares what `stat` says about the folder and its files with what it said before:

- The folder, the newest release and the file with the next number are looked at each time.
- When the folder has changed (a file was added, removed or replaced), all files are.
- Otherwise older files take turns, so that a file edited in place is noticed too.

Nothing but regular files is opened, so a FIFO or a device cannot make a look hang.
"""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic

from content.errors import LedgerError
from content.ledger.gc_pause import gc_paused
from content.ledger.release import Release, ReleaseFault, parse_release
from schemas.collection import Collections

#: The most bytes of a release file. One of 60,000 answers of a page each has fewer.
MAX_RELEASE_BYTES = 64 * 2**20
#: How far the clocks of a publisher and a server may differ.
CLOCK_SKEW = timedelta(minutes=1)
#: How many older files are looked at each time.
_TURNS = 500
_NAME = re.compile(r"[0-9]{5,}\.json")

#: What tells one state of a file from another: inode, size, and when content and inode changed.
Signature = tuple[int, int, int, int]


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


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was parsed.

    Attributes:
        signature: What `stat` said about it.
        sha256: The digest of its bytes.
        previous: The digest of the release before it, which it had to continue.
        parsed: The release, or why it is not one.
    """

    signature: Signature
    sha256: bytes
    previous: str | None
    parsed: Release | str


def name_file(number: int) -> str:
    """Return the name of the file of release *number*."""
    return f"{number:05d}.json"


class LedgerReader:
    """Reads a folder of releases again and again.

    Attributes:
        active_at: When it last began to look at a file, on the monotonic clock: a file system that
            does not answer leaves it behind.
    """

    def __init__(self, folder: Path, collections: Collections) -> None:
        self.active_at = monotonic()
        self._folder, self._collections = folder, collections
        self._seen: Signature | None = None
        self._files: dict[int, _File] = {}
        self._releases: list[Release] = []
        #: A file beyond a missing one, as it was when it was last looked for.
        self._gap: LedgerError | None = None
        self._stale = True
        self._turn = 1
        self._state = LedgerState(())

    def read(self, now: datetime | None = None) -> LedgerState:
        """Return every release that verifies, and the first fault.

        Args:
            now: The time; releases dated later are faults. None: they are not.

        Returns:
            The same object as before when it would be equal.
        """
        self.active_at = monotonic()
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
                fault = self._look(folder, now)
            state = LedgerState(tuple(self._releases), fault)
        if str(state.fault) != str(self._state.fault) or state.releases != self._state.releases:
            self._state = state
        return self._state

    def _look(self, folder: Signature, now: datetime | None) -> LedgerError | None:
        """Bring what was read up to date; return why that ended before the last file."""
        releases, changed = self._releases, folder != self._seen
        for number in self._list_due(all_of_them=changed):
            if self._load(number, now) is not releases[number - 1]:
                del releases[number - 1 :]
                changed = True
                break
        while isinstance(found := self._load(len(releases) + 1, now), Release):
            releases.append(found)
            changed = True
        self._seen = folder
        self._stale = self._stale or changed
        if found is not None:
            return found
        if self._stale:
            self._gap, self._stale = self._find_gap(len(releases)), False
        return self._gap

    def _list_due(self, *, all_of_them: bool) -> Iterable[int]:
        """Return the numbers of the files to look at, among those that were read."""
        count = len(self._releases)
        if all_of_them or not count:
            return range(1, count + 1)
        start = self._turn if self._turn <= count else 1
        self._turn = start + _TURNS
        return (*range(start, min(self._turn, count)), count)

    def _load(self, number: int, now: datetime | None) -> Release | LedgerError | None:
        """Return release *number*, or why it cannot be read; None: there is no such file."""
        self.active_at = monotonic()
        path = self._folder / name_file(number)
        previous = self._releases[number - 2].digest if number > 1 else None
        try:
            found = path.stat()
            if not stat.S_ISREG(found.st_mode):
                return LedgerError(path, "it is not a regular file.")
            if found.st_size > MAX_RELEASE_BYTES:
                return LedgerError(path, _describe_size(found.st_size))
            known = self._files.get(number)
            if known is None or (known.signature, known.previous) != (_sign(found), previous):
                known = self._files[number] = self._parse(path, number, known)
        except FileNotFoundError:
            if os.path.lexists(path):
                return LedgerError(path, "it is a link to a file that does not exist.")
            return None
        except OSError as error:
            return LedgerError(path, _explain(error))
        if isinstance(known.parsed, str):
            return LedgerError(path, known.parsed)
        late = _find_future(known.parsed, now)
        return LedgerError(path, late) if late else known.parsed

    def _parse(self, path: Path, number: int, known: _File | None) -> _File:
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
            # Other bytes may have the same content, and then the release is still the same object.
            release = known.parsed if known.parsed.digest == release.digest else release
        return _File(signature, hashed, digest, release)

    def _find_gap(self, last: int) -> LedgerError | None:
        """Return a fault when there are release files beyond a missing one."""
        try:
            names = [path.stem for path in self._folder.iterdir() if _NAME.fullmatch(path.name)]
        except OSError as error:
            return LedgerError(self._folder, _explain(error))
        beyond = [number for number in map(int, names) if number > last]
        if not beyond:
            return None
        message = f"{name_file(last + 1)} is missing before it; restore the published file."
        return LedgerError(self._folder / name_file(min(beyond)), message)


def _read_file(path: Path) -> tuple[Signature, bytes]:
    """Return the signature and the bytes of *path*, which may have become anything meanwhile."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    with os.fdopen(descriptor, "rb") as file:
        return _sign(os.fstat(descriptor)), file.read(MAX_RELEASE_BYTES + 1)


def _sign(found: os.stat_result) -> Signature:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _explain(error: OSError) -> str:
    return f"it cannot be read: {error.strerror or type(error).__name__}."


def _describe_size(size: int) -> str:
    return f"it has {size:,} bytes; a release has at most {MAX_RELEASE_BYTES:,}."


def _find_future(release: Release, now: datetime | None) -> str | None:
    """Return why *release* is refused until its time; None: its time has come."""
    if now is None:
        return None
    accepted = datetime.fromisoformat(release.published_at) - CLOCK_SKEW
    if accepted <= now:
        return None
    return (
        f"it is dated {release.published_at}, which is in the future; it will be accepted at "
        f"{accepted:%Y-%m-%dT%H:%M:%SZ}. The clock of this machine or of the publisher is wrong."
    )
