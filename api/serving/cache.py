"""Representations kept ready: bounded in bytes, rendered once, found by how they were asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from api.http.representation import Representation

#: How a request is spelled: its path, its query string and its header Accept.
RawTarget = tuple[str, str, str]

#: The part of all bytes that open values may take: they come without end, and must not push out
#: the lists that everybody reads.
_UNBOUNDED_PART = 4
#: Bytes that an entry, with what was put together of it, and a spelling take beside their texts.
_ENTRY_BYTES, _RAW_TARGET_BYTES = 12_288, 256
#: Spellings of one answer that are remembered; a stranger can make up any number of them.
_MAX_RAW_TARGETS = 16
_KEPT_STATUSES = (200, 410)


@dataclass(eq=False)
class _Entry:
    """A representation and the spellings that lead to it."""

    representation: Representation
    raw_targets: list[RawTarget] = field(default_factory=list)
    size: int = _ENTRY_BYTES


@dataclass
class _Partition:
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
        reserved = max_bytes // _UNBOUNDED_PART
        self._bounded, self._unbounded = _Partition(max_bytes - reserved), _Partition(reserved)
        self._by_raw_target: dict[RawTarget, tuple[_Partition, Hashable, Representation]] = {}
        self._rendering: dict[Hashable, Future[Representation]] = {}
        self._lock = Lock()

    @property
    def used_bytes(self) -> int:
        """The bytes that all that is kept takes."""
        return self._bounded.used_bytes + self._unbounded.used_bytes

    def find(self, raw_target: RawTarget) -> Representation | None:
        """Return what is kept for a request spelled so; None when nothing is."""
        # Without the lock, which would cost as much as all the rest: each step is atomic, and what
        # is thrown away between the two may still be sent.
        found = self._by_raw_target.get(raw_target)
        if found is None:
            return None
        partition, key, representation = found
        try:  # noqa: SIM105  What suppress() costs is what the lock costs.
            partition.entries.move_to_end(key)
        except KeyError:
            pass
        return representation

    def get(
        self,
        key: Hashable,
        raw_target: RawTarget,
        render: Callable[[], Representation],
        *,
        unbounded: bool = False,
    ) -> Representation:
        """Return the representation called *key*, rendered now when it is not kept.

        Several that ask at the same time wait for one rendering and share what it gives or raises.

        Args:
            key: Equal for requests with equal answers, and for no others.
            unbounded: Whether values without end stand in the request, such as addresses.
        """
        partition = self._unbounded if unbounded else self._bounded
        with self._lock:
            entry = partition.entries.get(key)
            if entry is not None:
                partition.entries.move_to_end(key)
                self._index(partition, key, entry, raw_target)
                return entry.representation
            running = self._rendering.get(key)
            if running is None:
                mine = self._rendering[key] = Future()
        if running is not None:
            return running.result()
        with self._finishing(key, mine):
            representation = render()
            with self._lock:
                self._keep(partition, key, raw_target, representation)
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
        self,
        partition: _Partition,
        key: Hashable,
        raw_target: RawTarget,
        representation: Representation,
    ) -> None:
        entry = _Entry(representation, size=_ENTRY_BYTES + representation.size)
        if representation.status not in _KEPT_STATUSES or entry.size > partition.max_bytes:
            return
        partition.entries[key] = entry
        partition.used_bytes += entry.size
        self._index(partition, key, entry, raw_target)

    def _index(
        self, partition: _Partition, key: Hashable, entry: _Entry, raw_target: RawTarget
    ) -> None:
        """Let *raw_target* lead to *entry*, and make room for it."""
        if raw_target in self._by_raw_target:
            return
        if len(entry.raw_targets) == _MAX_RAW_TARGETS:
            self._forget(partition, entry, entry.raw_targets[0])
        entry.raw_targets.append(raw_target)
        self._by_raw_target[raw_target] = (partition, key, entry.representation)
        self._count(partition, entry, _weigh(raw_target))
        while partition.used_bytes > partition.max_bytes:
            _, oldest = partition.entries.popitem(last=False)
            for known in oldest.raw_targets:
                del self._by_raw_target[known]
            partition.used_bytes -= oldest.size

    def _forget(self, partition: _Partition, entry: _Entry, raw_target: RawTarget) -> None:
        entry.raw_targets.remove(raw_target)
        del self._by_raw_target[raw_target]
        self._count(partition, entry, -_weigh(raw_target))

    def _count(self, partition: _Partition, entry: _Entry, size: int) -> None:
        entry.size += size
        partition.used_bytes += size


def _weigh(raw_target: RawTarget) -> int:
    return _RAW_TARGET_BYTES + sum(map(len, raw_target))
