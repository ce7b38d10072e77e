"""How programs that have a page find what they may put into theirs. Source: oEmbed 1.0, 4."""

from urllib.parse import quote

OEMBED_PATH = "/oembed"
_MEDIA_TYPE = "application/json+oembed"


def build_oembed_url(public_url: str, target: str) -> str:
    """Return where the page at *target*, a path and a query, is described for programs.

    Args:
        public_url: The address that readers use, without a slash at its end.
    """
    return f"{public_url}{OEMBED_PATH}?url={quote(public_url + target, safe='')}&format=json"


def build_oembed_link(address: str) -> tuple[str, str]:
    """Return the header `Link` that leads to *address*."""
    return "Link", f'<{address}>; rel="alternate"; type="{_MEDIA_TYPE}"'
