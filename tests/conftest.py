"""What every test may ask for."""

import pytest

from tests.editor import Editor


@pytest.fixture
def editor(tmp_path) -> Editor:
    """An editor in an empty folder."""
    return Editor(tmp_path)


@pytest.fixture
def client(editor):
    """A checked client of one release of the small world of `Editor.world`."""
    editor.world().publish("The world.")
    return editor.client()
