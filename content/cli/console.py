"""What every command shares: exit status, preconditions, and plurals."""

import sys
from io import StringIO
from typing import Any, NoReturn

import click

from content.errors import ContentError, ReadError, SourcesError, UsageError
from content.folder import require_content

_FAULTS, _USAGE = 1, 2


class RootedCommand(click.Command):
    """A command that works on a content folder; its help can be read anywhere."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, if there is something to work on.

        Raises:
            UsageError: the root is no content folder.
        """
        require_content(ctx.obj.root)
        return super().invoke(ctx)


class Commands(click.Group):
    """A group whose commands end in a message, not a traceback, for what a user can cause."""

    command_class = RootedCommand

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with 1 for faults, with 2 for a wrong call."""
        try:
            return super().invoke(ctx)
        except (UsageError, ReadError) as error:
            _stop(str(error), _USAGE)
        except SourcesError as error:
            _stop(f"{error}\n{count(len(error.faults), 'fault')} found.", _FAULTS)
        except ContentError as error:
            _stop(str(error), _FAULTS)
        except BrokenPipeError:
            raise
        except OSError as error:
            _discard_output()
            path = error.filename2 or error.filename
            where = f"{path}: " if path else ""
            _stop(f"{where}{error.strerror or error}.", _FAULTS)


class NoColorOption(click.Option):
    """A flag that any value of its variable sets. Source: https://no-color.org."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """Return what is to be read as yes; None when the variable is not set or empty."""
        return "yes" if super().resolve_envvar_value(ctx) else None


def count(number: int, noun: str) -> str:
    """Return *number* and *noun*, in the plural where it is due."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _discard_output() -> None:
    """Let go of output that cannot be written, so that the interpreter does not try once more."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = StringIO()


def _stop(message: str, status: int) -> NoReturn:
    click.secho(message, fg="red", err=True)
    raise SystemExit(status)
