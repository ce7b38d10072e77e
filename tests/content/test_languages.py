"""The language served."""

import pytest

from content.languages import choose_language


@pytest.mark.parametrize("asked", ["en", "EN", "en-GB", "en-x-y", "de", "de-AT", "eng", "", None])
def test_a_tag_is_shortened_until_it_is_there_and_then_english_is_served(asked):
    assert choose_language(asked) == "en"
