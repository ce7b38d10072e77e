"""Run the editor's commands: in this process, or as the real program in one of its own."""

import os
import subprocess
import sys
import traceback
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner, Result

from api.cli.commands import main
from tests.content_factory import ContentFactory

FAQTS = str(Path(sys.executable).with_name("faqts"))


def run(factory: ContentFactory, *arguments: str) -> Result:
    """The result of `faqts --root content arguments` in its root; a traceback fails the test."""
    root = factory.place.root.relative_to(factory.root)
    with chdir(factory.root):
        result = CliRunner().invoke(main, ["--root", str(root), *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError("".join(traceback.format_exception(result.exception)))
    return result


def run_program(
    *arguments: str, env: dict | None = None, before: tuple[str, ...] = (), **options
) -> subprocess.CompletedProcess:
    """The real program, ended; *env* is added to what there is, *before* stands before it."""
    return subprocess.run(
        [*before, FAQTS, *arguments],
        env=build_environment(env),
        check=False,
        timeout=60,
        **{"capture_output": True, "text": True, **options},
    )


def build_environment(more: dict | None = None) -> dict[str, str]:
    """The environment of this process without what would change the output, and *more*."""
    dropped = ("FAQTS_", "NO_COLOR", "COV_", "FORCE_COLOR", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, **(more or {})}
