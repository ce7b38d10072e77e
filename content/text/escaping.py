"""Words that Markdown takes as text: a backslash before each sign that it would take for a mark."""

import re
from functools import lru_cache

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
#: What is a mark anywhere in a line. What comes after the words may complete an entity or a tag.
_MARK = re.compile(
    r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?]|$)|&(?=#?\w+;|#?\w*$)|!(?=$)|#(?=#*$)"
)
#: What is a mark where it begins a line: of a list, a heading, a quote, a rule or a table.
_BEGINNING = re.compile(r"^([0-9]{1,9}(?=[.)](?:\s|$))|(?=[-+=>#:.)]))")
#: Tables show the same values again and again.
_CACHED_WORDS = 4096


@lru_cache(maxsize=_CACHED_WORDS)
def escape_markdown(words: str, *, within: bool) -> str:
    """Return *words* so that Markdown takes them as text, with no more backslashes than needed.

    Args:
        within: Whether other words come before them in the line, so that a number, a hyphen or a
            plus cannot begin a list. A mark of a list is no word: another may follow it.
    """
    escaped = _MARK.sub(r"\\\g<0>", words)
    return escaped if within else _BEGINNING.sub(r"\1\\", escaped, count=1)


@lru_cache(maxsize=_CACHED_WORDS)
def escape_all(words: str) -> str:
    """Return *words* with a backslash before every sign.

    Anybody chooses the name of a product: no program may take one of its signs for a mark, nor a
    dot for that of a host that it should link to.
    """
    return _PUNCTUATION.sub(r"\\\g<0>", words)
