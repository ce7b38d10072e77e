"""The languages of answers, and the choice of one for a request."""

#: The available languages. The first one is the fallback.
LANGUAGES = ("en",)


def choose_language(tag: str | None) -> str:
    """Return the available language that matches *tag* best.

    Parts are removed from the end of the tag until a language matches.

    Source: RFC 4647, section 3.4.
    """
    parts = (tag or "").lower().split("-")
    while parts:
        if "-".join(parts) in LANGUAGES:
            return "-".join(parts)
        parts.pop()
    return LANGUAGES[0]
