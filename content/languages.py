"""Which language is served when another is requested."""

#: The languages answers exist in; the first is what all others fall back to.
LANGUAGES = ("en",)


def choose_language(tag: str | None) -> str:
    """Return the language that comes nearest to *tag*.

    Source: RFC 4647, section 3.4: the tag is shortened from its end until a language matches.
    """
    parts = (tag or "").lower().split("-")
    while parts:
        if "-".join(parts) in LANGUAGES:
            return "-".join(parts)
        parts.pop()
    return LANGUAGES[0]
