"""Representations kept ready: bounded in bytes, rendered once, found by how they were asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from api.http.representation import Representation

#: How a request is spelled: its path, its query string and its header Accept.
Spelling = tuple[str, str, str]

#: The part of all bytes that open values may take: they come without end, and must not push out
#: the lists that everybody reads.
_OPEN_PART = 4
#: Bytes that an entry, with what was put together of it, and a spelling take beside their texts.
_ENTRY_BYTES, _SPELLING_BYTES = 12_288, 256
#: Spellings of one answer that are remembered; a stranger can make up any number of them.
_KEPT_SPELLINGS = 16
_KEPT_STATUSES = (200, 410)


@dataclass(eq=False)
class _Entry:
    """A representation and the spellings that lead to it."""

    representation: Representation
    spellings: list[Spelling] = field(default_factory=list)
    size: int = _ENTRY_BYTES


@dataclass
class _Share:
    """A part of the cache with a bound of its own, the least used first."""

    max_bytes: int
    used_bytes: int = 0
    entries: OrderedDict[Hashable, _Entry] = field(default_factory=OrderedDict)


class Cache:
    """What was rendered in one moment; thrown away whole when the moment ends.

    Args:
        max_bytes: Bytes that all that is kept may take together; 0: nothing is kept.
    """

    def __init__(self, max_bytes: int) -> None:
        reserved = max_bytes // _OPEN_PART
        self._closed, self._open = _Share(max_bytes - reserved), _Share(reserved)
        self._spelled: dict[Spelling, tuple[_Share, Hashable, Representation]] = {}
        self._rendering: dict[Hashable, Future[Representation]] = {}
        self._lock = Lock()

    @property
    def used_bytes(self) -> int:
        """The bytes that all that is kept takes."""
        return self._closed.used_bytes + self._open.used_bytes

    def find(self, spelling: Spelling) -> Representation | None:
        """Return what is kept for a request spelled so; None when nothing is."""
        # Without the lock, which would cost as much as all the rest: each step is atomic, and what
        # is thrown away between the two may still be sent.
        found = self._spelled.get(spelling)
        if found is None:
            return None
        share, key, representation = found
        try:  # noqa: SIM105  What suppress() costs is what the lock costs.
            share.entries.move_to_end(key)
        except KeyError:
            pass
        return representation

    def get(
        self,
        key: Hashable,
        spelling: Spelling,
        render: Callable[[], Representation],
        *,
        is_open: bool = False,
    ) -> Representation:
        """Return the representation called *key*, rendered now when it is not kept.

        Several that ask at the same time wait for one rendering and share what it gives or raises.

        Args:
            key: Equal for requests with equal answers, and for no others.
            is_open: Whether values without end stand in the request, such as addresses.
        """
        share = self._open if is_open else self._closed
        with self._lock:
            entry = share.entries.get(key)
            if entry is not None:
                share.entries.move_to_end(key)
                self._spell(share, key, entry, spelling)
                return entry.representation
            running = self._rendering.get(key)
            if running is None:
                mine = self._rendering[key] = Future()
        if running is not None:
            return running.result()
        with self._finishing(key, mine):
            representation = render()
            with self._lock:
                self._keep(share, key, spelling, representation)
            mine.set_result(representation)
            return representation

    @contextmanager
    def _finishing(self, key: Hashable, mine: "Future[Representation]") -> Iterator[None]:
        """Tell those who wait for *key* when its rendering fails; then nobody waits any more."""
        try:
            yield
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._rendering[key]

    def _keep(
        self, share: _Share, key: Hashable, spelling: Spelling, representation: Representation
    ) -> None:
        entry = _Entry(representation, size=_ENTRY_BYTES + representation.size)
        if representation.status not in _KEPT_STATUSES or entry.size > share.max_bytes:
            return
        share.entries[key] = entry
        share.used_bytes += entry.size
        self._spell(share, key, entry, spelling)

    def _spell(self, share: _Share, key: Hashable, entry: _Entry, spelling: Spelling) -> None:
        """Let *spelling* lead to *entry*, and make room for it."""
        if spelling in self._spelled:
            return
        if len(entry.spellings) == _KEPT_SPELLINGS:
            self._forget(share, entry, entry.spellings[0])
        entry.spellings.append(spelling)
        self._spelled[spelling] = (share, key, entry.representation)
        self._count(share, entry, _weigh(spelling))
        while share.used_bytes > share.max_bytes:
            _, oldest = share.entries.popitem(last=False)
            for known in oldest.spellings:
                del self._spelled[known]
            share.used_bytes -= oldest.size

    def _forget(self, share: _Share, entry: _Entry, spelling: Spelling) -> None:
        entry.spellings.remove(spelling)
        del self._spelled[spelling]
        self._count(share, entry, -_weigh(spelling))

    def _count(self, share: _Share, entry: _Entry, size: int) -> None:
        entry.size += size
        share.used_bytes += size


def _weigh(spelling: Spelling) -> int:
    return _SPELLING_BYTES + sum(map(len, spelling))
