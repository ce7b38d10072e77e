"""Display names of fields, used as column headings."""

from typing import Any

from marshmallow import fields

#: Words that are not written in lowercase.
_WORDS = {
    word.lower(): word
    for word in ("API", "CIDR", "DNS", "HTTP", "HTTPS", "ID", "IDs", "IP", "IPv4", "IPv6", "OAuth")
} | {word.lower(): word for word in ("SDK", "SMTP", "TCP", "TLS", "UDP", "URL", "URLs")}


def title_of(name: str, field: fields.Field[Any]) -> str:
    """Return the title of *field*, or its *name* in words, such as `Client ID`."""
    title: str | None = getattr(field, "title", None)
    first, *others = (_WORDS.get(word, word) for word in name.split("_"))
    return title or " ".join((first[0].upper() + first[1:], *others))
