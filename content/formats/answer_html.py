"""Adapt the HTML of an answer to other pages: absolute links, heading levels, new tabs.

The functions use regular expressions. This is safe because `content.text.markdown` escapes all
text and removes all other attributes, and writes `href` first.
"""

import re
from html import escape, unescape
from urllib.parse import parse_qsl, quote, urlencode

from content.documents import FAQS
from schemas.formats import HTML

_OWN_LINK = re.compile(r'(<a href=")(?=/(?!/))')
_HEADING = re.compile(r"<(/?)h([2-6])>")
_LINK = re.compile(r"<a (?=href=)")
_PAGE = re.compile(
    r"(?:/v1)?/(faqs/[a-z0-9-]+|ip-ranges|clouds(?:/[a-z0-9-]+)?)(?:\?([^#]*))?(#.*)?"
)
_OWN_ADDRESS = re.compile(r'(?<=<a href=")/(?!/)[^"]*')
_LEVELS = 6


def complete_links(html: str, public_url: str) -> str:
    """Return *html* with absolute links: *public_url* is added to links to this service."""
    return _OWN_LINK.sub(rf"\g<1>{public_url}", html)


def order_headings(html: str, *, top: int = 2) -> str:
    """Return *html* with headings that start at level *top* and skip no level."""
    order = HeadingOrder(top)
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{order.place(int(tag[2]), ends=tag[1])}>", html)


class HeadingOrder:
    """Assigns levels to the headings of a text, in order, so that no level is skipped."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._above: list[int] = []

    def place(self, level: int, *, ends: str = "") -> int:
        """Return the new level of a heading that the author wrote at *level*.

        Args:
            ends: Not empty for the end tag of the previous heading.
        """
        if not ends:
            self._above = [each for each in self._above if each < level] + [level]
        return min(len(self._above) - 1 + self._top, _LEVELS)


def open_in_new_tab(html: str) -> str:
    """Return *html* with links that open in a new tab. They already have `rel`."""
    return _LINK.sub('<a target="_blank" ', html)


def link_to_pages(html: str, query: str, *, answers: str = "/faqs") -> str:
    """Return *html* with links to pages instead of links to the API.

    Args:
        query: The query string to add to links. Parameters of a link override it.
        answers: The path of the pages of answers.
    """

    def adapt(address: re.Match[str]) -> str:
        return escape(find_page(unescape(address[0]), query, answers=answers))

    return _OWN_ADDRESS.sub(adapt, html)


def find_page(address: str, query: str, *, answers: str = "/faqs") -> str:
    """Return the URL of the page for *address*, a path of the API.

    *address* is returned unchanged if it has no page or sets another format than HTML.

    Args:
        query: As for `link_to_pages`.
        answers: As for `link_to_pages`.
    """
    link = _PAGE.fullmatch(address)
    own = dict(parse_qsl(link[2] or "")) if link else {}
    if link is None or own.pop("format", HTML.name) != HTML.name:
        return address
    collection, _, name = link[1].partition("/")
    page = f"{answers}/{name}" if collection == FAQS else f"/{collection}"
    # All clouds are on one page, with an anchor for each.
    place = link[3] or (f"#{name}" if name and collection != FAQS else "")
    joined = urlencode({**dict(parse_qsl(query)), **own}, quote_via=quote) if own else query
    return f"{page}?{joined}{place}" if joined else f"{page}{place}"
