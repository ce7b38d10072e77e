"""The command `faqts contract`: a document that breaks clients of a released one is refused."""

import json
from pathlib import Path
from typing import Any

import click

from content.cli.console import RootedCommand
from content.errors import ContentError, UsageError
from openapi.compatibility.parts import InvalidDocumentError, Part
from openapi.compatibility.sound import check_document
from openapi.compatibility.verdict import judge_document
from openapi.document import PATH, find_released, release_document

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ROOT = PATH.parents[1]


class ContractRefusedError(ContentError):
    """The OpenAPI document breaks what a released one promised, or does not say its version."""


@click.command(cls=RootedCommand)
@click.option("--document", type=_FILE, default=PATH, help="Judge this one, not openapi/v1.json.")
@click.option("--released", type=_FILE, help="Compare with this one, not the latest released.")
@click.option(
    "--changelog",
    type=_FILE,
    default=_ROOT / "docs" / "api-changelog.md",
    help="The changelog of the contract, if it is not docs/api-changelog.md.",
)
@click.option("--release", is_flag=True, help="Release openapi/v1.json: keep it for ever.")
def contract(document: Path, released: Path | None, changelog: Path, *, release: bool) -> None:
    """Refuse a contract that breaks clients of the one that was released.

    \b
    Examples:
      faqts contract
      faqts contract --document mine.json --released openapi/released/v1-1.0.0.json
      faqts contract --release    # at the end, when the version is as it shall be
    """  # noqa: D301  click reads the \\b of a docstring as "keep these lines".
    if release:
        _refuse_other_files(document, released)
    before = released or find_released()
    verdict = judge_document(
        _read_document(before) if before else None,
        _read_document(document),
        changelog.read_text(encoding="utf-8"),
    )
    against = f"{_name(document)} against {_name(before)}" if before else _name(document)
    if verdict.refused:
        raise ContractRefusedError("\n".join([f"{against}:", *verdict.list_lines()]))
    for line in verdict.list_lines():
        click.echo(line)
    if release:
        click.echo(f"Released {_name(_release(document))}.")
    elif before is None:
        click.echo("No contract is released yet; 'faqts contract --release' releases this one.")
    else:
        click.echo(f"{against}: nothing breaks.")


def _refuse_other_files(document: Path, released: Path | None) -> None:
    if released or document != PATH:
        raise UsageError(
            "--release keeps openapi/v1.json, judged by the latest released document; leave "
            "--document and --released out."
        )


def _read_document(path: Path) -> Part:
    try:
        return check_document(_read_json(path))
    except InvalidDocumentError as error:
        raise UsageError(f"{_name(path)} cannot be judged: {error}.") from None


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{_name(path)} is no JSON: {error}.") from None


def _release(document: Path) -> Path:
    try:
        return release_document(document.read_text(encoding="utf-8"))
    except FileExistsError as error:
        raise ContractRefusedError(
            f"{_name(Path(error.filename))} is there already, and what was released is never "
            "rewritten; the next contract has a higher VERSION in openapi/builder.py."
        ) from None


def _name(path: Path) -> str:
    """Return *path* as it is written in the root of the project."""
    return str(path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path)
