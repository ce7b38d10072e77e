"""What the tests of compatibility begin with."""

import pytest

from tests.openapi.documents import read_base


@pytest.fixture(scope="module")
def base() -> dict:
    """The document that a change is compared with."""
    return read_base()
