"""The choice of a language for a request."""

from collections.abc import Sequence


def choose_language(tag: str | None, available: Sequence[str]) -> str:
    """Return the language in *available* that matches *tag* best, or else the first one.

    Parts are removed from the end of the tag until a language matches.

    Source: RFC 4647, section 3.4.
    """
    known = {language.lower(): language for language in available}
    parts = (tag or "").lower().split("-")
    while parts:
        if (wanted := "-".join(parts)) in known:
            return known[wanted]
        parts.pop()
    return available[0]
