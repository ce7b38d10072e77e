"""Settings, read from the environment once. All faults are reported together."""

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
#: Variables that Kubernetes sets in every container for a service whose name starts with `faqts`,
#: such as `faqts-canary`.
_OF_KUBERNETES = re.compile(
    r"(\w+_)?((SERVICE_(HOST|PORT(_\w+)?)|PORT_[0-9]+_(TCP|UDP|SCTP)(_\w+)?)=.*|PORT=\w+://.*)"
)
_LAST_PORT, _PORT_DIGITS = 65_535, 5
#: A host name or an IPv4 address.
_BOUND_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_MOST_CACHE_BYTES = 64 << 30
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
#: A character of a URI. Source: RFC 3986, section 2.
_URI = r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]"
#: A source in `frame-ancestors`: an origin, a scheme or 'self'. A bare host is rejected, because it
#: may be a keyword without its quotes. Source: Content Security Policy Level 3, sections 2.3.1 and
#: 6.4.2.
_ANCESTOR = re.compile(
    r"'self'|https?:|https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:([0-9]{1,5}|\*))?"
)
_ALONE = ("*", "'none'")
_CONTACT = re.compile(rf"mailto:{_URI}+@{_URI}+|https://[A-Za-z0-9]{_URI}*")


class SettingsError(Exception):
    """Environment variables have invalid values; the message lists all of them."""


@dataclass(frozen=True)
class Settings:
    """The settings of an operator. `docs/operations.md` describes each of them.

    Attributes:
        content: The content folder; None for a replica that has only `ledger`.
        ledger: The folder of releases.
        release: The newest release to serve; None for the latest.
        today: The date to use as today in a rehearsal; None for the current date.
        poll_seconds: How often to check for a new release.
        cache_bytes: The size limit of the response cache of each process; 0 disables it.
        log_level: The lowest level that is logged.
        bind: The `address:port` that gunicorn listens on.
        public_url: The public URL without a trailing slash; None if not known.
        security_contact: A `mailto:` or `https:` URI for reports of vulnerabilities, or None.
        frame_ancestors: The pages that may frame answers, as a source list of
            `Content-Security-Policy`.
        workers: The number of worker processes.
        threads: How many requests a process handles at the same time.
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
        """The base of all links: `public_url`, or else the address of `bind`."""
        return self.public_url or f"http://{self.bind}"


def read_settings() -> Settings:
    """Return the settings from the environment.

    Raises:
        SettingsError: a variable is unknown or has an invalid value.
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
    """Set variables for this process and its children: `put_settings(bind="[::]:8080")`."""
    os.environ.update({f"{_PREFIX}{name.upper()}": value for name, value in values.items()})


def _refuse_unknown() -> Iterator[str]:
    """Yield a message for each unknown variable with our prefix."""
    known = [field.name.upper() for field in fields(Settings)]
    for name, value in sorted(os.environ.items()):
        word = name.removeprefix(_PREFIX)
        if name == word or word in known or _OF_KUBERNETES.fullmatch(f"{word}={value}"):
            continue
        nearest = suggest(word.upper(), known)
        listed = f"Use one of: {', '.join(known)}."
        hint = f"Did you mean {_PREFIX}{nearest}?" if nearest else listed
        yield f"{name}: unknown setting. {hint}"


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
    """Return the path in a variable; None if it is unset or empty."""
    named = env.str(name, "")
    return Path(named) if named else None


def _check_release(value: str | None) -> None:
    if value is not None:
        ReleaseId("Release ID.").check(value)


def _check_day(value: str | None) -> None:
    try:
        well_formed = value is None or date.fromisoformat(value).isoformat() == value
    except ValueError:
        well_formed = False
    if not well_formed:
        raise ValidationError(f"{value!r} is not a date. Use YYYY-MM-DD, for example 2026-12-01.")


def _check_bind(value: str) -> None:
    address, _, port = value.rpartition(":")
    numbered = port.isascii() and port.isdigit() and len(port) <= _PORT_DIGITS
    known = _BOUND_HOST.fullmatch(address) or _is_bracketed(address)
    if not (known and numbered and port[0] != "0" and int(port) <= _LAST_PORT):
        message = f"{value!r} is not host:port. Use for example 127.0.0.1:8000 or [::]:8000."
        raise ValidationError(message)


def _is_bracketed(address: str) -> bool:
    """Tell whether *address* is an IPv6 address in brackets."""
    try:
        IPv6Address(address[1:-1])
    except ValueError:
        return False
    return address[0] + address[-1] == "[]"


def _check_public_url(value: str | None) -> None:
    if value is not None and not _is_origin(value):
        raise ValidationError(
            f"{value!r} is not a base URL. Use only a scheme, host and port, in lower case and "
            "without a trailing slash, for example https://faqts.example.com."
        )


def _check_contact(value: str | None) -> None:
    """Reject a value that is not a contact URI. Source: RFC 9116, section 2.5.3."""
    if value is not None and not _CONTACT.fullmatch(value):
        raise ValidationError(
            f"{value!r} is not a security contact. Use mailto:security@example.com or the https:// "
            "URL of a page."
        )


def _check_ancestors(value: str) -> None:
    listed = value.split(" ")
    if value not in _ALONE and not all(map(_ANCESTOR.fullmatch, listed)):
        raise ValidationError(
            f"{value!r} is not a list of pages that may frame answers. Use * for any page, 'none' "
            "for no page, or origins separated by spaces: "
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
