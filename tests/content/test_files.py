"""An error of the system names the file that was to be written."""

import errno
import os

import pytest

from content.files import naming


@pytest.mark.parametrize("names", [(), ("/beside/.a.json.xyz",)])
def test_an_error_names_the_file_and_keeps_its_kind(tmp_path, names):
    path = tmp_path / "a.json"
    error = OSError(errno.EACCES, os.strerror(errno.EACCES), *names)

    with pytest.raises(PermissionError) as raised, naming(path):
        raise error

    assert raised.value.filename == str(path)
    assert raised.value.strerror == "cannot be written: Permission denied"
