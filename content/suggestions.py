"""Suggestions for misspelled names."""

from bisect import bisect
from collections.abc import Collection as Values
from difflib import get_close_matches

#: Maximum number of names to compare. Each comparison takes about ten microseconds.
_MOST_COMPARED = 300


def suggest(name: str, known: Values[str]) -> str | None:
    """Return the name in *known* that is most similar to *name*. None if none is similar.

    If there are too many names, only the nearest ones in alphabetical order are compared.
    """
    candidates = list(known)
    if len(candidates) > _MOST_COMPARED:
        candidates.sort()
        start = max(0, bisect(candidates, name) - _MOST_COMPARED // 2)
        candidates = candidates[start : start + _MOST_COMPARED]
    return next(iter(get_close_matches(name, candidates, n=1)), None)
