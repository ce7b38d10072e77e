"""Filters for templates: dates and names as people write them, code marked as code."""

import re
from html import escape

from markupsafe import Markup

from api.rendering.answers import let_addresses_break
from content.text import values

_CODE = re.compile("`([^`]+)`")
_PATH = re.compile(r"(?<![\w/])/v1(?:/[a-z-]+)*")


def format_day(when: str) -> str:
    """Return a day, or the day of an instant, as people write it: `5 December 2026`."""
    return values.format_day(when[:10])


def format_words(name: str) -> str:
    """Return the *name* of a field or a state as words: `not_known` is `not known`."""
    return name.replace("_", " ").replace("-", " ")


def mark_up(text: str) -> Markup:
    """Return plain *text* as HTML: its code marked, its paths of the API as links."""
    marked = _CODE.sub(r"<code>\1</code>", escape(text))
    linked = _PATH.sub(r'<a href="\g<0>">\g<0></a>', marked)
    return Markup(linked)  # noqa: S704  Escaped above, before anything was added.


def let_break(text: str) -> Markup:
    """Return plain *text* as HTML where long addresses may go on in the next line."""
    return Markup(let_addresses_break(escape(text)))  # noqa: S704  Escaped, and breaks added.
