"""Shapes of values that people copy exactly: host names, email addresses, URLs, client IDs.

Only `check` uses them, for source files. Published releases may contain other values, so schemas
accept those and the contract does not promise the shapes.
"""

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from schemas.characters import describe_character

#: Returns what is wrong with a value and what to write, for a message that starts with the value.
#: Returns None if the value is valid.
Shape = Callable[[str], str | None]

_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
_MAX_HOST_LENGTH = 253
_MAILBOX = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_MAX_MAILBOX_LENGTH = 64
#: Characters that are not allowed in a URL, and a `%` without two hexadecimal digits.
#: Source: RFC 3986.
_NOT_IN_URL = re.compile(r"%(?![0-9A-Fa-f]{2})|[^\w.~:/?#\[\]@!$&'()*+,;=%-]", re.ASCII)
_NOT_PRINTABLE = re.compile(r"[^ -~]")
_NOT_IN_CLIENT_ID = re.compile(r"[^A-Za-z0-9._:/~-]")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LIKE_GUID = re.compile(r"[0-9a-fA-F]+(-[0-9a-fA-F]+){2,}")
_PLACEHOLDER = re.compile(r"\{[\w-]+\}|<[\w-]+>|\*", re.ASCII)
#: Source: ISO 3166-1, alpha-2 codes officially assigned in 2026.
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW"
)


def judge_host(value: str) -> str | None:
    """Check a host name: lowercase, Punycode, without scheme, port or final dot."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", value.strip(), flags=re.IGNORECASE)
    host = re.split(r"[/?#]", host, maxsplit=1)[0].rpartition("@")[2]
    host = _encode_host(re.sub(r":\d*$", "", host))
    if value == host and _is_host(host):
        return None
    if _is_host(host):
        return f"is not just a host name; write {host!r}."
    return (
        "is not a host name; write one such as 'api.example.com', with lowercase letters, digits, "
        "hyphens and dots."
    )


def judge_mail_address(value: str) -> str | None:
    """Check an email address: without `mailto:` and without a display name."""
    address = re.sub(r"^mailto:", "", value.strip(), flags=re.IGNORECASE).partition("?")[0]
    bracketed = re.fullmatch(r"[^<>]*<([^<>]*)>", address)
    mailbox, at, host = (bracketed[1] if bracketed else address).strip().rpartition("@")
    host = _encode_host(host)
    right = f"{mailbox}@{host}"
    known = _MAILBOX.fullmatch(mailbox) and len(mailbox) <= _MAX_MAILBOX_LENGTH and _is_host(host)
    if value == right and known:
        return None
    if at and known:
        return f"is not just an email address; write {right!r}."
    return "is not an email address; write one such as 'organizer@example.com'."


def judge_url(value: str) -> str | None:
    """Check a URL: ASCII, with a host name, without a user name or password."""
    # Browsers read a backslash as a slash.
    slashed = value.replace("\\", "/")
    try:
        parts = urlsplit(slashed)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "is not a URL; copy it from the address bar of your browser."
    named = _encode_host(host)
    if not _is_host(named) or port == 0:
        return "has no public host name; write a URL such as 'https://docs.example.com/page'."
    netloc = named if port is None else f"{named}:{port}"
    rest = slashed[len(f"{parts.scheme}://{parts.netloc}") :]
    path = _NOT_IN_URL.sub(lambda match: quote(match[0], safe=""), rest)
    right = f"{parts.scheme}://{netloc}{path}"
    if "@" in parts.netloc:
        return f"contains a user name or password; write {right!r}."
    # Host names are case-insensitive.
    if value in (right, right.replace(netloc, parts.netloc, 1)) and host == named:
        return None
    return f"is not a valid URL; write {right!r}."


def judge_contact(value: str) -> str | None:
    """Check a contact: `mailto:` with one email address, or the URL of a page."""
    scheme, _, address = value.partition("mailto:")
    if scheme:
        return judge_url(value)
    wrong = judge_mail_address(address)
    return wrong and "is not an email address; write one such as 'mailto:help@example.com'."


def judge_length(value: str, *, most: int) -> str | None:
    """Check the length of a text that is shown on one line."""
    return None if len(value) <= most else f"has {len(value)} characters; shorten it to {most}."


def judge_endpoint(value: str) -> str | None:
    """Check a URL that may contain placeholders: `https://{host}/EWS/Exchange.asmx`."""
    filled = _PLACEHOLDER.sub("a", value)
    message = judge_url(filled) if filled.startswith("https://") else ""
    if message is None:
        return None
    if filled == value and message:
        return message
    return "is not a URL; write one such as 'https://mail.example.com/EWS/Exchange.asmx'."


def judge_client_id(value: str) -> str | None:
    """Check a client ID: ASCII letters, digits and `._:/~-`. A GUID must be complete."""
    wrong = _NOT_IN_CLIENT_ID.search(value)
    if wrong:
        return f"is not a client ID: it contains {describe_character(wrong[0])}; copy it again."
    if _LIKE_GUID.fullmatch(value) and not _GUID.fullmatch(value):
        if _GUID.fullmatch(value.lower()):
            return f"is a GUID with capital letters; write {value.lower()!r}."
        return "looks like a GUID but does not have 8-4-4-4-12 hexadecimal digits; copy it again."
    return None


def judge_label(value: str) -> str | None:
    """Check a name that people copy exactly: printable ASCII, single spaces."""
    wrong = _NOT_PRINTABLE.search(value)
    if wrong:
        return f"contains {describe_character(wrong[0])}; write ASCII characters only."
    if "  " in value:
        return f"has two spaces in a row; write {re.sub(' +', ' ', value)!r}."
    return None


def judge_code(value: str) -> str | None:
    """Check an identifier, such as the name of an operation: printable ASCII without spaces."""
    return "contains a space; write one word." if " " in value else judge_label(value)


def judge_country(value: str) -> str | None:
    """Check an ISO 3166-1 alpha-2 country code."""
    if _is_country(value):
        return None
    code = {"UK": "GB", "EL": "GR"}.get(value.upper(), value.upper())
    known = f"write {code!r}" if _is_country(code) else "write two capital letters such as 'DE'"
    return f"is not an ISO 3166-1 country code; {known}."


def _is_country(value: str) -> bool:
    return re.fullmatch("[A-Z]{2}", value) is not None and value in _COUNTRIES


def _encode_host(host: str) -> str:
    """Return *host* in DNS form: lowercase, Punycode, no final dot. Empty if that fails."""
    host = host.lower().removesuffix(".")
    if host.isascii():
        return host
    try:
        encoded = host.encode("idna").decode()
        # The codec supports only IDNA 2003. Names that it changes are rejected.
        return encoded if encoded.encode().decode("idna") == host else ""
    except UnicodeError:
        return ""


def _is_host(host: str) -> bool:
    return len(host) <= _MAX_HOST_LENGTH and _HOST.fullmatch(host) is not None
