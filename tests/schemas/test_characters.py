"""Invisible characters are found by name; what scripts and emoji need may stay."""

import sys
from unicodedata import category

import pytest

from schemas.characters import find_invisible

#: Format characters that are drawn: signs of Arabic, Syriac, Kaithi and Egyptian.
DRAWN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"


def test_every_control_format_and_private_character_is_invisible_unless_it_is_drawn():
    found = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if category(chr(code)) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
        and chr(code) not in DRAWN
        and not 0x13430 <= code <= 0x1343F
        and not list(find_invisible(f"a{chr(code)}b"))
    ]

    assert found == []


def test_no_letter_digit_or_sign_is_invisible_but_the_fillers():
    found = {
        f"{code:04X}"
        for code in range(sys.maxunicode + 1)
        if category(chr(code))[0] in "LNPSZ"
        and category(chr(code)) not in {"Zl", "Zp"}
        and list(find_invisible(f"a{chr(code)}b"))
    }

    assert found == {"115F", "1160", "2800", "3164", "FFA0"}


@pytest.mark.parametrize(
    "text",
    [
        "O\u2019Reilly, Müller & Söhne",
        "مي‌خواهم",
        "क्‍ष",
        "\u0d28\u0d4d\u200d.",
        "👨‍❤️‍👨",
        "1️⃣",
        "葛\U000e0100",
        "Une règle\u00a0: oui",
    ],
)
def test_what_a_script_or_an_emoji_needs_may_stay(text):
    assert list(find_invisible(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\u200bb", (1, "U+200B ZERO WIDTH SPACE")),
        ("ab\u202ec", (2, "U+202E RIGHT-TO-LEFT OVERRIDE")),
        ("a\u200db", (1, "U+200D ZERO WIDTH JOINER")),
        ("é\u200d", (1, "U+200D ZERO WIDTH JOINER")),
        ("a\ufe0f", (1, "U+FE0F VARIATION SELECTOR-16")),
        ("é\ufe0f\ufe0f", (2, "U+FE0F VARIATION SELECTOR-16")),
        ("a\x07", (1, "U+0007")),
        ("a\ufeff", (1, "U+FEFF ZERO WIDTH NO-BREAK SPACE")),
        ("a\nb", (1, "U+000A")),
    ],
)
def test_an_invisible_character_is_named(text, found):
    assert list(find_invisible(text)) == [found]


def test_lines_and_tabs_may_stay_in_a_text_of_many_lines():
    assert list(find_invisible("a\n\tb\rc", multiline=True)) == [(4, "U+000D")]
