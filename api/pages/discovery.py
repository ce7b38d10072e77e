"""How programs that have a page find what they may put into theirs: discovery of oEmbed."""

from html import escape
from urllib.parse import quote

#: Source: oEmbed 1.0, section 4.
_MEDIA_TYPE = "application/json+oembed"
OEMBED_PATH = "/oembed"


def write_discovery(public_url: str, target: str, title: str) -> tuple[str, str]:
    """Return an element `link` for the head of a page, and the same as a value of `Link`.

    Args:
        public_url: The address that readers use, without a slash at its end.
        target: The path and query of the page, percent-encoded.
        title: What the page is called, as plain text.
    """
    page = quote(f"{public_url}{target}", safe="")
    address = f"{public_url}{OEMBED_PATH}?url={page}&format=json"
    element = (
        f'<link rel="alternate" type="{_MEDIA_TYPE}" href="{escape(address)}" '
        f'title="{escape(title)}">'
    )
    return element, f'<{address}>; rel="alternate"; type="{_MEDIA_TYPE}"'
