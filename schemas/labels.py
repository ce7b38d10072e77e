"""Display names of fields, used as column headings."""

#: Words that are not written in lowercase.
_WORDS = {
    word.lower(): word
    for word in ("API", "CIDR", "DNS", "HTTP", "HTTPS", "ID", "IDs", "IP", "IPv4", "IPv6", "OAuth")
} | {word.lower(): word for word in ("SDK", "SMTP", "TCP", "TLS", "UDP", "URL", "URLs")}
#: Fields with a display name that differs from the field name.
_LABELS = {
    "asked_by": "Used by",
    "endpoint_pattern": "Endpoint",
    "fixed_addresses": "Fixed IP addresses",
    "happens_on": "Date",
    "initiator": "Opened by",
    "narrower": "More limited alternatives",
    "narrower_note": "Limitations of the alternatives",
    "rule": "Firewall rule",
}


def label_field(name: str) -> str:
    """Return the display name of the field *name*, such as `Client ID` for `client_id`."""
    if name in _LABELS:
        return _LABELS[name]
    first, *others = (_WORDS.get(word, word) for word in name.split("_"))
    return " ".join((first[0].upper() + first[1:], *others))
