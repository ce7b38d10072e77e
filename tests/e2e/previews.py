"""The real `faqts preview` on a folder of the test."""

import signal
import subprocess
from contextlib import contextmanager

from tests.terminal import FAQTS, build_environment


@contextmanager
def previewing(factory, port: int = 0, *options, **environment):
    """The preview of *factory*, and the address that it says."""
    process = subprocess.Popen(
        [FAQTS, "--root", str(factory.place.root), "preview", "--port", str(port), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=build_environment({"PYTHONUNBUFFERED": "1", **environment}),
        # Whoever runs the tests in the background has told them to pass over this signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    try:
        line = process.stdout.readline()
        assert line.startswith("Preview of unpublished files: http://127.0.0.1:"), line
        yield process, line.split()[4].removesuffix("/")
    finally:
        process.kill()
        process.communicate(timeout=60)
