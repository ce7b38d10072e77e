"""Report the file in errors of writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put *path* in OSErrors, which otherwise have no path or the path of a temporary file."""
    try:
        yield
    except OSError as error:
        message = f"cannot be written: {error.strerror or type(error).__name__}"
        raise OSError(error.errno, message, str(path)) from error
