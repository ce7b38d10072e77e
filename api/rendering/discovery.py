"""Links to the oEmbed description of a page. Source: oEmbed 1.0, section 4."""

from urllib.parse import quote

OEMBED_PATH = "/oembed"
_MEDIA_TYPE = "application/json+oembed"


def build_oembed_url(public_url: str, target: str) -> str:
    """Return the oEmbed URL for the page at *target*, a path and query.

    Args:
        public_url: The base URL, without a trailing slash.
    """
    return f"{public_url}{OEMBED_PATH}?url={quote(public_url + target, safe='')}&format=json"


def build_oembed_link(address: str) -> tuple[str, str]:
    """Return a Link header to the oEmbed description at *address*."""
    return "Link", f'<{address}>; rel="alternate"; type="{_MEDIA_TYPE}"'
