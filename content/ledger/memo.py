"""Work out a thing once, however many threads ask for it."""

from collections.abc import Callable
from threading import RLock
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Memo:
    """What is worked out when it is first asked for, and then kept. Others wait for the first."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._values: dict[Any, Any] = {}

    def get_or_build(self, name: Any, build: Callable[[], T]) -> T:
        """Return what *build* returned when it was first called for *name*."""
        if name not in self._values:
            with self._lock:
                if name not in self._values:
                    self._values[name] = build()
        return cast("T", self._values[name])
