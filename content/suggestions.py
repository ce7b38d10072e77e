"""The name that was probably meant by a misspelled one."""

from bisect import bisect
from collections.abc import Collection as Values
from difflib import get_close_matches

#: Names that are compared letter by letter; each takes some ten microseconds.
_MOST_COMPARED = 300


def suggest(name: str, known: Values[str]) -> str | None:
    """Return the one of *known* that is nearest to *name*; None when none is near.

    Of very many, only those next to it in alphabetical order are compared: they begin alike.
    """
    candidates = list(known)
    if len(candidates) > _MOST_COMPARED:
        candidates.sort()
        start = max(0, bisect(candidates, name) - _MOST_COMPARED // 2)
        candidates = candidates[start : start + _MOST_COMPARED]
    return next(iter(get_close_matches(name, candidates, n=1)), None)
