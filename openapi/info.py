"""Build `info` of the contract: title, version, description, contact and terms."""

from collections.abc import Mapping
from typing import Any

#: Version of the engine's contract, without declared kinds.
VERSION = "1.0.0"
#: URL path of the terms. The contract file does not know its host.
TERMS_PATH = "/terms"
#: Fragment of the terms page that deprecation notices link to.
ENDING_PART = "what-goes-away"
#: Field of `info` with the release that the examples come from.
PIN = "x-examples-release"

#: Name of a service without a site document.
TITLE = "Admin guidance"
_DESCRIPTION = (
    "Answers to administrators' questions, and the facts behind them: IP ranges, host names, "
    "permissions, deadlines. Every answer and fact lists its sources, and you can read it as of "
    "any release. Later versions of this API may add fields, so ignore fields you do not recognize."
)
#: Used if there is no site document. `contact` has no URL, because openapi-generator rejects a
#: path there, although it is valid.
_UNNAMED: Mapping[str, Any] = {
    "summary": "Answers and facts for administrators, as data.",
    "description": _DESCRIPTION,
    "contact": {"name": "The faqts authors"},
    "license": {"name": "MIT", "identifier": "MIT"},
}


def build_info(
    site: Mapping[str, Any] | None = None, kind_releases: int = 0, pin: str | None = None
) -> dict[str, Any]:
    """Return `info` of the contract.

    Args:
        site: Body of the site document. None if there is none.
        kind_releases: Number of releases that changed declared kinds.
        pin: Release that the examples come from.
    """
    return {
        "title": TITLE,
        "version": build_version(kind_releases),
        **(_read_site(site) if site else _UNNAMED),
        "termsOfService": TERMS_PATH,
        **({PIN: pin} if pin else {}),
    }


def build_version(kind_releases: int) -> str:
    """Return the version, with build metadata if the content folder declares kinds.

    Source: Semantic Versioning 2.0.0, section 10.
    """
    return f"{VERSION}+kinds.{kind_releases}" if kind_releases else VERSION


def _read_site(site: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `info` that come from the *site* document."""
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
