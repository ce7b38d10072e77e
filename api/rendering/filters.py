"""Template filters: dates, names, code and line breaks."""

import re
from html import escape

from markupsafe import Markup

from api.rendering.answers import let_addresses_break
from content.text import values

_CODE = re.compile("`([^`]+)`")
_PATH = re.compile(r"(?<![\w/])/v1(?:/[a-z-]+)*")


def format_day(when: str) -> str:
    """Return the date of a day or a time in prose form: `5 December 2026`."""
    return values.format_day(when[:10])


def format_words(name: str) -> str:
    """Return the *name* of a field or a state as words: `not known` for `not_known`."""
    return name.replace("_", " ").replace("-", " ")


def mark_up(text: str) -> Markup:
    """Return plain *text* as HTML, with `code` marked up and API paths linked."""
    marked = _CODE.sub(r"<code>\1</code>", escape(text))
    linked = _PATH.sub(r'<a href="\g<0>">\g<0></a>', marked)
    return Markup(linked)  # noqa: S704  The text was escaped before markup was added.


def let_break(text: str) -> Markup:
    """Return plain *text* as HTML, with break opportunities in long addresses."""
    return Markup(let_addresses_break(escape(text)))  # noqa: S704  The text is escaped.
