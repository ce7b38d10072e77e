"""Texts that never change once made: the newest used are kept, up to a number of letters."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class KeptTexts:
    """Keeps what was made for a key that says all that it depends on."""

    def __init__(self, most_letters: int) -> None:
        self._most_letters = most_letters
        self._letters = 0
        self._texts: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return the text of *key*, made by *make* unless it is kept.

        Two threads may make the same text at once; neither waits for the other.
        """
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
                return self._texts[key]
        text = make()
        with self._lock:
            if key not in self._texts:
                self._texts[key] = text
                self._letters += len(text)
            while self._letters > self._most_letters:
                _, dropped = self._texts.popitem(last=False)
                self._letters -= len(dropped)
        return text
