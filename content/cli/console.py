"""Shared parts of all commands: exit status, preconditions, plurals."""

import sys
from io import StringIO
from typing import Any, NoReturn

import click

from content.errors import ContentError, ReadError, SourcesError, UsageError
from content.folder import require_content

_FAULTS, _USAGE = 1, 2


class RootedCommand(click.Command):
    """A command that requires a content folder, except for its help."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command in a content folder.

        Raises:
            UsageError: The root is not a content folder.
        """
        require_content(ctx.obj.root)
        return super().invoke(ctx)


class Commands(click.Group):
    """A group of commands that print a message instead of a traceback for expected errors."""

    command_class = RootedCommand

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Exit with 1 for faults, with 2 for wrong usage."""
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
    """A flag that any non-empty value of its variable sets. Source: https://no-color.org."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """Return "yes" if the variable has a value; None if it is unset or empty."""
        return "yes" if super().resolve_envvar_value(ctx) else None


def count(number: int, noun: str) -> str:
    """Return *number* and *noun*, in the plural unless the number is 1."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _discard_output() -> None:
    """Discard output that cannot be written, so that Python does not try again at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = StringIO()


def _stop(message: str, status: int) -> NoReturn:
    click.secho(message, fg="red", err=True)
    raise SystemExit(status)
