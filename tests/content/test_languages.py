"""The choice of a language."""

import pytest

from content.languages import choose_language


@pytest.mark.parametrize(
    ("asked", "served"),
    [
        *(("de", "de"), ("DE", "de"), ("de-CH", "de"), ("de-x-y", "de"), ("de-at-1996", "de-AT")),
        *(("en", "en-GB"), ("fr", "en-GB"), ("deu", "en-GB"), ("", "en-GB"), (None, "en-GB")),
    ],
)
def test_a_tag_is_shortened_until_it_is_there_and_then_the_first_is_served(asked, served):
    assert choose_language(asked, ("en-GB", "de", "de-AT")) == served
