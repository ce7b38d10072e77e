"""The command `faqts check`, with output for people, programs and GitHub."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NoReturn

import click

from content.authoring.check import list_overdue
from content.authoring.publish import Workspace
from content.cli.console import RootedCommand, count
from content.errors import Fault, LedgerError, SourcesError

_FORMATS = ("text", "json", "github")
#: Characters that would end a workflow command, and their escape codes. Source: GitHub Actions,
#: workflow commands, and `command.ts` of its toolkit.
_IN_MESSAGES: dict[str, int | str | None] = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


@click.command(cls=RootedCommand)
@click.option("--strict", is_flag=True, help="Treat overdue reviews as faults.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="json: a list of faults on standard output. github: annotations for a pull request.",
)
@click.pass_obj
def check(workspace: Workspace, *, strict: bool, format_: str) -> None:
    """Check all source files and list all faults as file:line:column.

    \b
    Examples:
      faqts check
      faqts check --strict          # also fail if a review is overdue
      faqts check --format json     # for programs
      faqts check --format github   # in a workflow
    """
    now = datetime.now(UTC)
    try:
        sources = workspace.read_sources(workspace.read_archive(), now)
    except (SourcesError, LedgerError) as error:
        _stop(format_, error)
    overdue = workspace.locate(list_overdue(sources, now.date().isoformat()))
    if overdue and strict:
        _stop(format_, SourcesError(overdue))
    _show(format_, overdue, "warning")
    if format_ != "json":
        click.echo(f"{count(len(sources.drafts), 'document')}, no faults.")


def _stop(format_: str, error: SourcesError | LedgerError) -> NoReturn:
    """Print the faults of *error* and exit with status 1."""
    if format_ == "text":
        raise error
    faults = (
        error.faults
        if isinstance(error, SourcesError)
        else (Fault(error.path.as_posix(), 0, 0, "", str(error)),)
    )
    _show(format_, faults, "error")
    raise SystemExit(1)


def _show(format_: str, faults: Iterable[Fault], level: str) -> None:
    if format_ == "json":
        listed = [_describe(fault) | {"level": level} for fault in faults]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    for fault in faults:
        if format_ == "github":
            click.echo(_annotate(fault, level))
        else:
            click.secho(f"{level}: {fault}", fg="yellow", err=True)


def _describe(fault: Fault) -> dict[str, str | int | None]:
    return {
        "file": fault.file,
        "line": fault.line or None,
        "column": fault.column or None,
        "field": fault.field or None,
        "message": fault.message,
    }


def _annotate(fault: Fault, level: str) -> str:
    """Return the workflow command that makes GitHub show *fault* at its line."""
    properties = {"file": fault.file}
    if fault.line:
        properties |= {"line": str(fault.line), "col": str(fault.column)}
    listed = ",".join(f"{name}={_escape(v, _IN_PROPERTIES)}" for name, v in properties.items())
    message = f"{fault.field}: {fault.message}" if fault.field else fault.message
    return f"::{level} {listed}::{_escape(message, _IN_MESSAGES)}"


def _escape(text: str, codes: dict[str, int | str | None]) -> str:
    return text.translate(str.maketrans(codes))
