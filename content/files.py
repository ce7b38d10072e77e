"""Writing files: an error of the system names the file that was to be written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name *path* in errors, which else name nothing (a full disk) or a file written beside."""
    try:
        yield
    except OSError as error:
        message = f"it cannot be written: {error.strerror or type(error).__name__}"
        raise OSError(error.errno, message, str(path)) from error
