"""Static files in `api/static`: our own, those of swagger-ui, and the embeds.

The URL of each of our files contains a hash of its bytes, `/docs/site.css?v=…`, so a page never
gets a style sheet of another version. A URL with an old hash returns the current file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from api.http.caching import LIVE, LIVE_SECONDS, WEEK_SECONDS, YEAR_SECONDS, CachePolicy
from api.http.representation import Representation, build_success

#: The version of `api/static/swagger-ui`, which is part of its URLs.
SWAGGER_UI = "5.35.0"
#: All released versions of the embeds, each in its own folder.
EMBED_VERSIONS = ("1.0.0",)
#: The script that defines the custom elements.
EMBED = "faq-answer.js"
FOLDER = Path(__file__).parents[1] / "static"
_OURS = (
    *("icon.svg", "touch-icon.png", "site.css", "site.js"),
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
    ".png": "image/png",
    ".ico": "image/x-icon",
}
_PLAIN = "text/plain; charset=utf-8"
#: The highest level, because each file is compressed once per process.
_GZIP_LEVEL = 9
#: Hexadecimal digits in a version.
_VERSION_LENGTH = 12
#: The URL changes with the version.
_IMMUTABLE = CachePolicy(YEAR_SECONDS, immutable=True)
#: During an outage, the element shows its last copy of an answer, so the browser must be able to
#: run the cached script.
_OUTLASTING = CachePolicy(LIVE_SECONDS, stale_seconds=WEEK_SECONDS)


@dataclass(frozen=True)
class Asset:
    """A file of `api/static`.

    Attributes:
        name: Its path below `api/static`.
        cache_policy: How long it may be cached.
    """

    name: str
    cache_policy: CachePolicy


#: Browsers request it for any response, even JSON.
ICON_PATH = "/favicon.ico"
#: All files, by URL path.
ASSETS: Mapping[str, Asset] = MappingProxyType(
    {ICON_PATH: Asset("icon.ico", LIVE)}
    | {f"/docs/{name}": Asset(name, LIVE) for name in _OURS}
    | {
        f"/docs/swagger-ui-{SWAGGER_UI}/{name}": Asset(f"swagger-ui/{name}", _IMMUTABLE)
        for name in _THEIRS
    }
    | {f"/embed/v1/{EMBED}": Asset(f"embed/{EMBED}", _OUTLASTING)}
    | {
        f"/embed/v{version}/{EMBED}": Asset(f"embed/v{version}/{EMBED}", _IMMUTABLE)
        for version in EMBED_VERSIONS
    }
)


def build_asset_path(name: str) -> str:
    """Return the URL path and query of *name*, a static file."""
    path = f"/docs/{name}"
    return f"{path}?{_format_version(ASSETS[path])}"


def is_current(asset: Asset, query_string: str) -> bool:
    """Tell whether *asset* is a static file and the query contains its current version."""
    return asset.name in _OURS and query_string == _format_version(asset)


@cache
def read_asset(asset: Asset, *, lasting: bool) -> Representation:
    """Return the representation of *asset*, compressed once per process.

    Args:
        lasting: Whether it may be cached forever, because the URL contains its version.
    """
    if lasting:
        return replace(read_asset(asset, lasting=False), cache_policy=_IMMUTABLE)
    path = FOLDER / asset.name
    content_type = _CONTENT_TYPES.get(path.suffix, _PLAIN)
    body = path.read_bytes()
    return build_success(body, content_type, asset.cache_policy, gzip_level=_GZIP_LEVEL)


@cache
def _format_version(asset: Asset) -> str:
    """Return the version of *asset* as a query string."""
    body = read_asset(asset, lasting=False).identity.body
    return f"v={sha256(body).hexdigest()[:_VERSION_LENGTH]}"
