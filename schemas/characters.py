"""Characters that nobody sees, or that reorder what is seen; no text that we publish has them."""

import re
from collections.abc import Iterator
from unicodedata import name

_VIRAMAS = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
#: What is not drawn, or changes the order of its neighbours: control, format and private
#: characters, lone surrogates, noncharacters, separators of lines, fillers, blanks of Braille.
#: Written out, because categories differ between versions of Python.
#: Source: Unicode 16, `Default_Ignorable_Code_Point`, `Noncharacter_Code_Point`, `Cc`, `Co`, `Cs`.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U0010ffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000)
    )
    + "]"
    # A joiner stays between two characters that are not ASCII (Persian, Hindi, emoji), a variant
    # after one, or as part of a keycap.
    "|(?<![^\x00-\x7f])[\u200c\u200d]"
    # One after a virama shapes the letter before it, at the end of a word too (Malayalam).
    f"|(?<![{_VIRAMAS}])[\u200c\u200d](?![^\x00-\x7f])"
    "|(?<![^\x00-\x7f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef])"
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef](?!\u20e3)"
)


def find_invisible(text: str, *, multiline: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the offset and the name of each invisible character of *text*, in order.

    Args:
        multiline: Line feeds and tabs may stay.

    Yields:
        Such as `(3, "U+200B ZERO WIDTH SPACE")`.
    """
    for match in _INVISIBLE.finditer(text):
        if not (multiline and match[0] in "\n\t"):
            yield match.start(), describe_character(match[0])


def describe_character(character: str) -> str:
    """Return the code point and the name of *character*, such as `U+00A0 NO-BREAK SPACE`."""
    return f"U+{ord(character):04X} {name(character, '')}".rstrip()
