"""The response cache: representations by content, and responses by request."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from sys import getsizeof
from threading import Lock

from api.http.representation import Representation
from api.http.request import CacheKey, Request
from api.http.respond import Response, respond

#: The unbounded partition gets 1/4 of the cache. It holds responses to requests with arbitrary
#: values, such as IP addresses, so that they cannot evict popular lists.
_UNBOUNDED_PART = 4
#: The overhead of an entry and of a response in bytes, in addition to their text.
_ENTRY_BYTES, _RESPONSE_BYTES = 4_096, 4_096
#: Responses per entry. Real clients send few combinations of headers, but others may send many.
_MAX_RESPONSES = 32
_CACHED_STATUSES = (200, 410)


@dataclass(eq=False)
class _Entry:
    """A representation with the keys of its responses, oldest first.

    Attributes:
        used: Whether it was used since the last eviction pass.
    """

    representation: Representation
    keys: list[CacheKey] = field(default_factory=list)
    size: int = _ENTRY_BYTES
    used: bool = False


@dataclass
class _Partition:
    """A part of the cache with its own limit, oldest entry first."""

    max_bytes: int
    used_bytes: int = 0
    entries: OrderedDict[Hashable, _Entry] = field(default_factory=OrderedDict)


class Cache:
    """The responses of one snapshot, discarded together with it.

    Args:
        max_bytes: The size limit in bytes; 0 disables the cache.
    """

    def __init__(self, max_bytes: int) -> None:
        reserved = max_bytes // _UNBOUNDED_PART
        self._bounded, self._unbounded = _Partition(max_bytes - reserved), _Partition(reserved)
        self._responses: dict[CacheKey, tuple[Response, _Entry]] = {}
        self._rendering: dict[Hashable, Future[Representation]] = {}
        self._lock = Lock()

    @property
    def used_bytes(self) -> int:
        """The current size in bytes."""
        return self._bounded.used_bytes + self._unbounded.used_bytes

    def find(self, key: CacheKey, now: float) -> Response | None:
        """Return the cached response for *key*; None if there is none."""
        # No lock needed: a response that is evicted meanwhile may still be sent.
        found = self._responses.get(key)
        if found is None:
            return None
        response, entry = found
        if now > response.valid_until:
            return None
        entry.used = True
        return response

    def respond(
        self,
        name: Hashable,
        request: Request,
        render: Callable[[], Representation],
        *,
        unbounded: bool = False,
    ) -> Response:
        """Return the response to *request*, and cache it for `find`.

        Args:
            name: The key of the representation; requests with equal names share one.
            render: Called if the representation is not cached.
            unbounded: Whether the request contains free values, such as IP addresses.

        Raises:
            NoCodingError: the client accepts no available coding.
        """
        partition = self._unbounded if unbounded else self._bounded
        representation = self._get(partition, name, render)
        response = respond(representation, request.head, request.now)
        with self._lock:
            entry = partition.entries.get(name)
            if entry is not None:
                self._add(partition, entry, request.key, response)
        return response

    def _get(
        self, partition: _Partition, name: Hashable, render: Callable[[], Representation]
    ) -> Representation:
        """Return the representation. Simultaneous requests share one rendering."""
        with self._lock:
            entry = partition.entries.get(name)
            if entry is not None:
                entry.used = True
                return entry.representation
            running = self._rendering.get(name)
            if running is None:
                own = self._rendering[name] = Future()
        if running is not None:
            return running.result()
        with self._finishing(name, own):
            representation = render()
            size = _ENTRY_BYTES + len(repr(name)) + representation.size
            entry = _Entry(representation, size=size)
            if representation.status in _CACHED_STATUSES and entry.size <= partition.max_bytes:
                with self._lock:
                    partition.entries[name] = entry
                    partition.used_bytes += entry.size
                    self._evict(partition)
            own.set_result(representation)
            return representation

    @contextmanager
    def _finishing(self, name: Hashable, own: "Future[Representation]") -> Iterator[None]:
        """Pass an exception on to the requests that are waiting."""
        try:
            yield
        except BaseException as error:
            own.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._rendering[name]

    def _add(self, partition: _Partition, entry: _Entry, key: CacheKey, response: Response) -> None:
        if key not in self._responses:
            if len(entry.keys) == _MAX_RESPONSES:
                oldest = entry.keys.pop(0)
                dropped, _ = self._responses.pop(oldest)
                self._count(partition, entry, -_weigh(oldest, dropped))
            entry.keys.append(key)
            self._count(partition, entry, _weigh(key, response))
        self._responses[key] = response, entry
        self._evict(partition)

    def _evict(self, partition: _Partition) -> None:
        """Evict the oldest entries, except those used since the last pass."""
        while partition.used_bytes > partition.max_bytes:
            name, oldest = partition.entries.popitem(last=False)
            if oldest.used:
                oldest.used = False
                partition.entries[name] = oldest
                continue
            for key in oldest.keys:
                del self._responses[key]
            partition.used_bytes -= oldest.size

    def _count(self, partition: _Partition, entry: _Entry, size: int) -> None:
        entry.size += size
        partition.used_bytes += size


def _weigh(key: CacheKey, response: Response) -> int:
    """Return the size of a response without its body, which counts for the entry."""
    headers = sum(len(name) + len(value) for name, value in response.headers)
    return _RESPONSE_BYTES + headers + sum(map(getsizeof, key))
