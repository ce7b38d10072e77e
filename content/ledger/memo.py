"""Values that are computed once and shared by all threads."""

from collections.abc import Callable
from threading import RLock
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Memo:
    """Computes each value on first use. Other threads wait until it is there."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._values: dict[Any, Any] = {}

    def get_or_build(self, name: Any, build: Callable[[], T]) -> T:
        """Return the value called *name*. On first use, call *build* to compute it."""
        if name not in self._values:
            with self._lock:
                if name not in self._values:
                    self._values[name] = build()
        return cast("T", self._values[name])
