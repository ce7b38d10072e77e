"""Programs and libraries that some tests need and a machine may not have."""

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

#: Where `make` puts the programs that it installs itself, of Python and of Node.
_INSTALLED = (
    Path(sys.executable).parent,
    Path(__file__).with_name("node") / "node_modules" / ".bin",
)


def require_program(name: str) -> str:
    """The path of the program *name*; without it the test is skipped.

    Under REQUIRE_TOOLS=1 the test fails instead, so that no check is left out unseen.
    """
    places = [*map(str, _INSTALLED), os.environ.get("PATH", "")]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        _refuse(f"{name} is not installed.")
    return found


def require_path(path: Path) -> Path:
    """The file or folder *path* of a package, as `require_program` requires a program."""
    if not path.exists():
        _refuse(f"{path} is not installed.")
    return path


def _refuse(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_TOOLS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
