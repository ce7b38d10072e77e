"""The HTML of an answer for other pages: absolute links, other headings, links in new tabs.

Each works on what `content.text.markdown` renders: text is escaped there, so that what looks
like a tag is one; no tag has more attributes than those, and `href` is the first.
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
    """Return *html* with *public_url* before each address that begins at the root of the service.

    In another page a path would be relative to that page, or to its `base`.
    """
    return _OWN_LINK.sub(rf"\g<1>{public_url}", html)


def order_headings(html: str, *, top: int = 2) -> str:
    """Return *html* with headings that begin at the level *top* and leave no level out."""
    order = HeadingOrder(top)
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{order.place(int(tag[2]), ends=tag[1])}>", html)


class HeadingOrder:
    """Gives each heading of a text, one after the other, a level that leaves none out."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._above: list[int] = []

    def place(self, level: int, *, ends: str = "") -> int:
        """Return the level for a heading that its author wrote at *level*.

        Args:
            ends: Not empty: it is the end of the heading before.
        """
        if not ends:
            self._above = [each for each in self._above if each < level] + [level]
        return min(len(self._above) - 1 + self._top, _LEVELS)


def open_in_new_tab(html: str) -> str:
    """Return *html* with links that open in a new tab; `rel` is there already."""
    return _LINK.sub('<a target="_blank" ', html)


def link_to_pages(html: str, query: str, *, answers: str = "/faqs") -> str:
    """Return *html* with links to pages of the service where it links to their data.

    Args:
        query: The query about the reader; a link that has one of its own adds to it.
        answers: The folder of the pages of answers.
    """

    def adapt(address: re.Match[str]) -> str:
        return escape(find_page(unescape(address[0]), query, answers=answers))

    return _OWN_ADDRESS.sub(adapt, html)


def find_page(address: str, query: str, *, answers: str = "/faqs") -> str:
    """Return the page of what is at *address*, a path of the service; itself if it has none.

    An address that names another format stays: it is about the data.

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
    # The page of all clouds has a place for each.
    place = link[3] or (f"#{name}" if name and collection != FAQS else "")
    joined = urlencode({**dict(parse_qsl(query)), **own}, quote_via=quote) if own else query
    return f"{page}?{joined}{place}" if joined else f"{page}{place}"
