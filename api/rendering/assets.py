"""The files that pages load, in `api/static`: our own, those of swagger-ui, and the embeds.

A page loads a file of ours by an address that changes with its bytes, `/docs/site.css?v=…`, so that
no page ever meets a style that is not its own for longer than an upgrade takes. An address with the
version of other bytes answers with what there is: whoever kept an old page still gets a style.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from api.http.negotiation import IDENTITY
from api.http.representation import (
    LIVE,
    LIVE_SECONDS,
    WEEK_SECONDS,
    YEAR_SECONDS,
    CachePolicy,
    Representation,
    build_success,
)

#: The version of what is in `api/static/swagger-ui`; part of its addresses.
SWAGGER_UI = "5.35.0"
#: Every version of the embeds that was released; each is kept for ever, in a folder of its own.
EMBED_VERSIONS = ("1.0.0",)
#: What defines the elements; its address ends in this, whatever the version.
EMBED = "faq-answer.js"
FOLDER = Path(__file__).parents[1] / "static"
_OURS = (
    *("icon.svg", "site.css", "site.js"),
    *("docs.css", "docs.js", "frame.css", "frame.js"),
    *("arrow.svg", "check.svg", "copy.svg", "toggle.svg"),
)
_THEIRS = (
    *("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt"),
    *("LICENSE", "NOTICE"),
)
_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_PLAIN = "text/plain; charset=utf-8"
#: The highest: each is packed once and sent for long.
_GZIP_LEVEL = 9
#: Digits of a version: enough that two files of one name never have the same.
_VERSION_LENGTH = 12
#: Another version has another address.
_FOR_EVER = CachePolicy(YEAR_SECONDS, immutable=True)
#: What shows the kept copy of an answer while the service is down has to be there itself: browsers
#: run the one they have while they ask for the next, also when nobody answers.
_OUTLASTING = CachePolicy(LIVE_SECONDS, stale_seconds=WEEK_SECONDS)


@dataclass(frozen=True)
class Asset:
    """A file of `api/static`.

    Attributes:
        name: Its name below that folder.
        cache_policy: How long it may be kept.
    """

    name: str
    cache_policy: CachePolicy


#: What a browser asks for by itself, beside an answer in JSON too.
ICON_PATH = "/favicon.ico"
#: Each file by its path.
ASSETS: Mapping[str, Asset] = MappingProxyType(
    {ICON_PATH: Asset("icon.svg", LIVE)}
    | {f"/docs/{name}": Asset(name, LIVE) for name in _OURS}
    | {
        f"/docs/swagger-ui-{SWAGGER_UI}/{name}": Asset(f"swagger-ui/{name}", _FOR_EVER)
        for name in _THEIRS
    }
    | {f"/embed/v1/{EMBED}": Asset(f"embed/{EMBED}", _OUTLASTING)}
    | {
        f"/embed/v{version}/{EMBED}": Asset(f"embed/v{version}/{EMBED}", _FOR_EVER)
        for version in EMBED_VERSIONS
    }
)


def build_asset_path(name: str) -> str:
    """Return the address at which a page loads *name*, a file of ours."""
    path = f"/docs/{name}"
    return f"{path}?{_format_version(ASSETS[path])}"


def is_current(asset: Asset, query_string: str) -> bool:
    """Tell whether *asset* is one of ours and is asked for by the version that it has now."""
    return asset.name in _OURS and query_string == _format_version(asset)


@cache
def read_asset(asset: Asset, *, lasting: bool) -> Representation:
    """Return *asset* as it is sent, packed once in the life of a process.

    Args:
        lasting: Whether it may be kept for ever, because it was asked for by its version.
    """
    if lasting:
        return replace(read_asset(asset, lasting=False), cache_policy=_FOR_EVER)
    path = FOLDER / asset.name
    content_type = _CONTENT_TYPES.get(path.suffix, _PLAIN)
    text = path.read_text(encoding="utf-8")
    return build_success(text, content_type, asset.cache_policy, gzip_level=_GZIP_LEVEL)


@cache
def _format_version(asset: Asset) -> str:
    """Return the version of the bytes that are sent, as the query of an address."""
    body = read_asset(asset, lasting=False).codings[IDENTITY].body
    return f"v={sha256(body).hexdigest()[:_VERSION_LENGTH]}"
