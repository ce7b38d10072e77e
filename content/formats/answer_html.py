"""What pages need of the HTML of an answer: whole links, other headings, links that open apart.

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

    A path would lead into the page that the text is put into, or where its `base` says.
    """
    return _OWN_LINK.sub(rf"\g<1>{public_url}", html)


def raise_headings(html: str) -> str:
    """Return *html* with its headings, which begin with the third level, one level higher."""
    return _HEADING.sub(lambda level: str(int(level[0]) - 1), html)


def open_apart(html: str) -> str:
    """Return *html* with links that open beside the page; `rel` is there already."""
    return _LINK.sub('<a target="_blank" ', html)


def lead_to_frames(html: str, query: str) -> str:
    """Return *html* with links to other answers that lead to their frames.

    Args:
        query: What is said of the reader there too, escaped, with its `?`; empty: nothing.
    """
    return _ANSWER_LINK.sub(lambda link: f"{link[1]}/embed/faqs/{link[2]}{query}", html)
