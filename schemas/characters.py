"""Find characters that are invisible or that reorder text. Published text must not contain them."""

import re
from collections.abc import Iterator
from unicodedata import name

_VIRAMAS = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
#: Control, format and private-use characters, lone surrogates, noncharacters, line separators,
#: fillers and the blank Braille pattern. They are listed here because the categories in
#: `unicodedata` differ between Python versions.
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
    # Joiners are allowed between two non-ASCII characters (Persian, Hindi, emoji). Variation
    # selectors are allowed after a non-ASCII character or in a keycap emoji.
    "|(?<![^\x00-\x7f])[\u200c\u200d]"
    # A joiner after a virama shapes the letter before it, even at the end of a word (Malayalam).
    f"|(?<![{_VIRAMAS}])[\u200c\u200d](?![^\x00-\x7f])"
    "|(?<![^\x00-\x7f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef])"
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef](?!\u20e3)"
)


def find_invisible(text: str, *, multiline: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the offset and name of each invisible character in *text*, in order.

    Args:
        multiline: Allow line feeds and tabs.

    Yields:
        Pairs such as `(3, "U+200B ZERO WIDTH SPACE")`.
    """
    for match in _INVISIBLE.finditer(text):
        if not (multiline and match[0] in "\n\t"):
            yield match.start(), describe_character(match[0])


def describe_character(character: str) -> str:
    """Return the code point and name of *character*, such as `U+00A0 NO-BREAK SPACE`."""
    return f"U+{ord(character):04X} {name(character, '')}".rstrip()
