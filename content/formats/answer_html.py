"""The HTML of an answer for other pages: absolute links, other headings, links in new tabs.

Each works on what `content.text.markdown` renders: text is escaped there, so that what looks
like a tag is one; no tag has more attributes than those, and `href` is the first.
"""

import re

_OWN_LINK = re.compile(r'(<a href=")(?=/(?!/))')
_HEADING = re.compile(r"(?<=<h)[3-6](?=>)|(?<=</h)[3-6](?=>)")
_LINK = re.compile(r"<a (?=href=)")
_ANSWER_LINK = re.compile(r'(<a href=")/v1/faqs/([a-z0-9-]+)(?=")')


def complete_links(html: str, public_url: str) -> str:
    """Return *html* with *public_url* before each address that begins at the root of the service.

    In another page a path would be relative to that page, or to its `base`.
    """
    return _OWN_LINK.sub(rf"\g<1>{public_url}", html)


def raise_headings(html: str) -> str:
    """Return *html* with its headings, which begin with the third level, one level higher."""
    return _HEADING.sub(lambda level: str(int(level[0]) - 1), html)


def open_in_new_tab(html: str) -> str:
    """Return *html* with links that open in a new tab; `rel` is there already."""
    return _LINK.sub('<a target="_blank" ', html)


def link_to_frames(html: str, query: str) -> str:
    """Return *html* with links to other answers that go to their frames.

    Args:
        query: The query about the reader for them, escaped, with its `?`; empty: none.
    """
    return _ANSWER_LINK.sub(lambda link: f"{link[1]}/embed/faqs/{link[2]}{query}", html)
