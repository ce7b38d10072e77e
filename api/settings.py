"""Settings, read from the environment once, all faults together."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from ipaddress import IPv6Address
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from environs import Env, EnvValidationError
from marshmallow import ValidationError
from marshmallow.validate import OneOf, Range

from content.folder import find_content
from content.suggestions import suggest
from schemas.fields import ReleaseId

LOG_LEVELS = ("debug", "info", "warning", "error")
_PREFIX = "FAQTS_"
#: What Kubernetes adds to the environment of every container beside a service called `faqts`, or
#: one whose name begins so, such as `faqts-canary`.
_OF_KUBERNETES = re.compile(
    r"(\w+_)?((SERVICE_(HOST|PORT(_\w+)?)|PORT_[0-9]+_(TCP|UDP|SCTP)(_\w+)?)=.*|PORT=\w+://.*)"
)
_LAST_PORT, _PORT_DIGITS = 65_535, 5
#: A name or an IPv4 address.
_BOUND_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_MOST_CACHE_BYTES = 64 << 30
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
#: What may stand in a URI. Source: RFC 3986, section 2.
_URI = r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]"
#: Who may put a page into a frame: an origin, a scheme, or a word. A host alone would be taken for
#: the word that somebody forgot to quote. Source: Content Security Policy Level 3, sections 2.3.1
#: and 6.4.2.
_ANCESTOR = re.compile(
    r"'self'|https?:|https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:([0-9]{1,5}|\*))?"
)
_ALONE = ("*", "'none'")
_CONTACT = re.compile(rf"mailto:{_URI}+@{_URI}+|https://[A-Za-z0-9]{_URI}*")


class SettingsError(Exception):
    """A variable of the environment cannot be used; the message names each."""


@dataclass(frozen=True)
class Settings:
    """What an operator decides. `docs/operations.md` describes each.

    Attributes:
        content: The content folder; None: `ledger` alone is served, as a replica does.
        ledger: The folder of releases.
        release: Serve nothing newer than this release; None: the newest.
        today: A day to take for today, for rehearsals; None: the clock's.
        poll_seconds: How often to look for a new release.
        cache_bytes: How many bytes of answers a process keeps ready; 0: none.
        log_level: The least serious that is logged.
        bind: Where gunicorn listens, `address:port`.
        public_url: The address that readers use, without a slash at its end; None: not known.
        security_contact: Where to report vulnerabilities, `mailto:` or `https:`; None: nowhere.
        frame_ancestors: Which pages may put answers into a frame, as the header
            Content-Security-Policy says it.
        workers: How many processes answer.
        threads: How many requests a process answers at the same time.
    """

    content: Path | None = None
    ledger: Path = Path("content/releases")
    release: str | None = None
    today: str | None = None
    poll_seconds: float = 1.0
    cache_bytes: int = 64 << 20
    log_level: str = "info"
    bind: str = "127.0.0.1:8000"
    public_url: str | None = None
    security_contact: str | None = None
    frame_ancestors: str = "*"
    workers: int = 2
    threads: int = 4

    @property
    def base_url(self) -> str:
        """What links of the service begin with: `public_url`, or else the address it binds."""
        return self.public_url or f"http://{self.bind}"


def read_settings() -> Settings:
    """Return the settings that the environment says.

    Raises:
        SettingsError: a variable cannot be used.
    """
    env = Env(eager=False, prefix=_PREFIX)
    values = _read_values(env)
    messages: Mapping[str, list[str]] = {}
    try:
        env.seal()
    except EnvValidationError as error:
        messages = cast("Mapping[str, list[str]]", error.error_messages)
    lines = [f"{name}: {' '.join(words)}" for name, words in messages.items()]
    lines += _refuse_unknown()
    if lines:
        raise SettingsError("\n".join(lines))
    if values["ledger"] is None:
        values["content"] = values["content"] or find_content()
        values["ledger"] = values["content"] / "releases"
    return Settings(**values)


def put_settings(**values: str) -> None:
    """Set variables for this process and what it starts: `put_settings(bind="[::]:8080")`."""
    os.environ.update({f"{_PREFIX}{name.upper()}": value for name, value in values.items()})


def _refuse_unknown() -> Iterator[str]:
    """Yield a line for each variable of our prefix that is no setting."""
    known = [field.name.upper() for field in fields(Settings)]
    for name, value in sorted(os.environ.items()):
        word = name.removeprefix(_PREFIX)
        if name == word or word in known or _OF_KUBERNETES.fullmatch(f"{word}={value}"):
            continue
        nearest = suggest(word.upper(), known)
        hint = f"did you mean {_PREFIX}{nearest}?" if nearest else f"there are {', '.join(known)}."
        yield f"{name}: there is no such setting; {hint}"


def _read_values(env: Env) -> dict[str, Any]:
    return {
        "content": _read_path(env, "CONTENT"),
        "ledger": _read_path(env, "LEDGER"),
        "release": env.str("RELEASE", None, validate=_check_release),
        "today": env.str("TODAY", None, validate=_check_day),
        "poll_seconds": env.float(
            "POLL_SECONDS", Settings.poll_seconds, validate=Range(min=0.1, max=60)
        ),
        "cache_bytes": env.int(
            "CACHE_BYTES", Settings.cache_bytes, validate=Range(min=0, max=_MOST_CACHE_BYTES)
        ),
        "log_level": env.str("LOG_LEVEL", Settings.log_level, validate=OneOf(LOG_LEVELS)),
        "bind": env.str("BIND", Settings.bind, validate=_check_bind),
        "public_url": env.str("PUBLIC_URL", None, validate=_check_public_url),
        "security_contact": env.str("SECURITY_CONTACT", None, validate=_check_contact),
        "frame_ancestors": env.str("FRAME_ANCESTORS", "*", validate=_check_ancestors),
        "workers": env.int("WORKERS", Settings.workers, validate=Range(min=1, max=64)),
        "threads": env.int("THREADS", Settings.threads, validate=Range(min=1, max=64)),
    }


def _read_path(env: Env, name: str) -> Path | None:
    """Return the path that a variable names; None when it is not set or empty."""
    named = env.str(name, "")
    return Path(named) if named else None


def _check_release(value: str | None) -> None:
    if value is not None:
        ReleaseId("A release.").check(value)


def _check_day(value: str | None) -> None:
    try:
        well_formed = value is None or date.fromisoformat(value).isoformat() == value
    except ValueError:
        well_formed = False
    if not well_formed:
        raise ValidationError(f"{value!r} is not a day; write YYYY-MM-DD.")


def _check_bind(value: str) -> None:
    address, _, port = value.rpartition(":")
    numbered = port.isascii() and port.isdigit() and len(port) <= _PORT_DIGITS
    known = _BOUND_HOST.fullmatch(address) or _is_bracketed(address)
    if not (known and numbered and port[0] != "0" and int(port) <= _LAST_PORT):
        message = f"{value!r} is not an address and a port; write 127.0.0.1:8000 or [::]:8000."
        raise ValidationError(message)


def _is_bracketed(address: str) -> bool:
    """Tell whether *address* is one of IPv6 in brackets."""
    try:
        IPv6Address(address[1:-1])
    except ValueError:
        return False
    return address[0] + address[-1] == "[]"


def _check_public_url(value: str | None) -> None:
    if value is not None and not _is_origin(value):
        raise ValidationError(
            f"{value!r} is not the address of a service; write its scheme, host and port alone, "
            "in small letters and without a slash at the end: https://faqts.example.com."
        )


def _check_contact(value: str | None) -> None:
    """Refuse what is no address to write to. Source: RFC 9116, section 2.5.3."""
    if value is not None and not _CONTACT.fullmatch(value):
        raise ValidationError(
            f"{value!r} is not where to report a hole; write mailto:security@example.com, or the "
            "https:// address of a page."
        )


def _check_ancestors(value: str) -> None:
    listed = value.split(" ")
    if value not in _ALONE and not all(map(_ANCESTOR.fullmatch, listed)):
        raise ValidationError(
            f"{value!r} does not say which pages may put answers into a frame; write * for any, "
            "'none' for no page, or origins with a space between two: "
            "https://console.example.com https://*.example.net."
        )


def _is_origin(value: str) -> bool:
    """Tell whether *value* is a web origin. Source: RFC 6454, section 6.2."""
    try:
        parts = urlsplit(value)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return False
    host = parts.netloc.removesuffix(port)
    known = parts.scheme in ("http", "https") and _HOST.fullmatch(host) is not None
    return known and value == f"{parts.scheme}://{host}{port}"
