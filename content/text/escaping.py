"""Escape plain text for Markdown."""

import re
from functools import lru_cache

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
#: Markup anywhere in a line. The text that follows may complete an entity or a tag.
_MARK = re.compile(
    r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?]|$)|&(?=#?\w+;|#?\w*$)|!(?=$)|#(?=#*$)"
)
#: Markup at the start of a line: a list, heading, quote, rule or table.
_BEGINNING = re.compile(r"^([0-9]{1,9}(?=[.)](?:\s|$))|(?=[-+=>#:.)]))")
#: Tables repeat the same values.
_CACHED_WORDS = 4096


@lru_cache(maxsize=_CACHED_WORDS)
def escape_markdown(words: str, *, within: bool) -> str:
    """Return *words* escaped for Markdown, with as few backslashes as possible.

    Args:
        within: Whether words come before them in the line, so that they cannot start a list.
    """
    escaped = _MARK.sub(r"\\\g<0>", words)
    return escaped if within else _BEGINNING.sub(r"\1\\", escaped, count=1)


@lru_cache(maxsize=_CACHED_WORDS)
def escape_all(words: str) -> str:
    """Return *words* with a backslash before every punctuation character.

    Used for the name of an application, which anyone can put into a URL: it must not become markup
    or a link in any program.
    """
    return _PUNCTUATION.sub(r"\\\g<0>", words)
