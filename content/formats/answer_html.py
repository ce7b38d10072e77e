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
_PAGE_LINK = re.compile(
    r'(?<=<a href=")(?:/v1)?/(faqs/[a-z0-9-]+|ip-ranges|clouds(?:/[a-z0-9-]+)?)'
    r'(?:\?([^"#]*))?(?=[#"])'
)


def complete_links(html: str, public_url: str) -> str:
    """Return *html* with *public_url* before each address that begins at the root of the service.

    In another page a path would be relative to that page, or to its `base`.
    """
    return _OWN_LINK.sub(rf"\g<1>{public_url}", html)


def order_headings(html: str) -> str:
    """Return *html* with headings that begin at the second level and leave no level out."""
    above: list[str] = []

    def order(tag: re.Match[str]) -> str:
        if not tag[1]:
            above[:] = [level for level in above if level < tag[2]] + [tag[2]]
        return f"<{tag[1]}h{len(above) + 1}>"

    return _HEADING.sub(order, html)


def open_in_new_tab(html: str) -> str:
    """Return *html* with links that open in a new tab; `rel` is there already."""
    return _LINK.sub('<a target="_blank" ', html)


def let_tables_scroll(html: str) -> str:
    """Return *html* with each table in a box that scrolls by itself, with the keyboard too.

    So an address in a table need not be broken where its page is narrow.
    """
    box = '<div class="wide" role="group" aria-label="Table" tabindex="0">'
    return html.replace("<table>", f"{box}<table>").replace("</table>", "</table></div>")


def link_to_pages(html: str, query: str, *, answers: str = "/faqs") -> str:
    """Return *html* with links to pages of the service where it links to their data.

    A link that names another format stays: it is about the data.

    Args:
        query: The query about the reader; a link that has one of its own adds to it.
        answers: The folder of the pages of answers.
    """

    def adapt(link: re.Match[str]) -> str:
        collection, _, name = link[1].partition("/")
        page = f"{answers}/{name}" if collection == FAQS else f"/{collection}"
        # The page of all clouds has a place for each.
        place = f"#{name}" if name and collection != FAQS else ""
        own = dict(parse_qsl(unescape(link[2] or "")))
        if own.pop("format", HTML.name) != HTML.name:
            return link[0]
        joined = urlencode({**dict(parse_qsl(query)), **own}, quote_via=quote) if own else query
        return f"{page}?{escape(joined)}{place}" if joined else f"{page}{place}"

    return _PAGE_LINK.sub(adapt, html)
