"""What the contract is: its name, version, description, contact and terms."""

from collections.abc import Mapping
from typing import Any

#: The version of the engine's contract: without what a content folder declares.
VERSION = "1.0.0"
#: Where the terms are served; a path, because the document does not know its host.
TERMS_PATH = "/terms"
#: The part of that page that deprecation notices link to.
ENDING_PART = "what-goes-away"
#: The field with the release that its examples were read as of.
PIN = "x-examples-release"

#: The name of a service whose content has no site document.
TITLE = "Admin guidance"
_DESCRIPTION = (
    "Answers to administrators' questions, and the facts behind them: IP ranges, hosts, "
    "permissions, deadlines. Every document names its sources and can be read as of any release. "
    "Version 1 only adds fields, so ignore fields you do not recognize."
)
#: Where there is no site document. A path as the address of the contact is valid, and refused by
#: openapi-generator.
_UNNAMED: Mapping[str, Any] = {
    "summary": "Answers and facts for administrators, as data.",
    "description": _DESCRIPTION,
    "contact": {"name": "The faqts authors"},
    "license": {"name": "MIT", "identifier": "MIT"},
}


def build_info(
    site: Mapping[str, Any] | None = None, kind_releases: int = 0, pin: str | None = None
) -> dict[str, Any]:
    """Return `info` of the document.

    Args:
        site: The body of the site document; None: there is none.
        kind_releases: How many releases changed the kinds that the content declares.
        pin: The release that the examples were read as of.
    """
    return {
        "title": TITLE,
        "version": build_version(kind_releases),
        **(_read_site(site) if site else _UNNAMED),
        "termsOfService": TERMS_PATH,
        **({PIN: pin} if pin else {}),
    }


def build_version(kind_releases: int) -> str:
    """Return the version, with build metadata where content declares kinds.

    Source: Semantic Versioning 2.0.0, section 10.
    """
    return f"{VERSION}+kinds.{kind_releases}" if kind_releases else VERSION


def _read_site(site: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the *site* document says about its contract."""
    organization, contact, license_ = site["organization"], site["contact"], site["license"]
    publisher = f" Published by {organization}." if organization else ""
    named: dict[str, Any] = {
        "title": site["name"],
        **({"summary": site["tagline"]} if site["tagline"] else {}),
        "description": f"{_DESCRIPTION}{publisher}",
        "contact": {"name": organization or site["name"]},
    }
    if contact:
        url = contact["url"]
        mail = url.removeprefix("mailto:")
        address = {"url": url} if mail == url else {"email": mail}
        named["contact"] |= address
    if license_:
        named["license"] = {"name": license_["name"], "url": license_["url"]}
    return named
