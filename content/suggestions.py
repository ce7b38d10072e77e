"""The name that a misspelled one was meant to be."""

from bisect import bisect
from collections.abc import Collection as Values
from difflib import get_close_matches

#: Names that are compared letter by letter; each takes some ten microseconds.
_MOST_COMPARED = 300


def suggest(name: str, known: Values[str]) -> str | None:
    """Return the one of *known* that is nearest to *name*; None when none is near.

    Of very many, only those are compared that stand next to it in the order of letters, which are
    those that begin as it does.
    """
    candidates = list(known)
    if len(candidates) > _MOST_COMPARED:
        candidates.sort()
        place = max(0, bisect(candidates, name) - _MOST_COMPARED // 2)
        candidates = candidates[place : place + _MOST_COMPARED]
    return next(iter(get_close_matches(name, candidates, n=1)), None)
