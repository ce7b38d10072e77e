"""The command `faqts contract`, which rejects contracts that break existing clients."""

import json
from pathlib import Path
from typing import Any

import click

from content.authoring.publish import Workspace
from content.cli.console import RootedCommand
from content.errors import ContentError, UsageError
from openapi.compatibility.parts import InvalidDocumentError, Part
from openapi.compatibility.sound import check_document
from openapi.compatibility.verdict import judge_document
from openapi.document import PATH, find_released, locate_document, release_document

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ROOT = PATH.parents[1]
_CHANGELOG = _ROOT / "docs" / "api-changelog.md"


class ContractRefusedError(ContentError):
    """The OpenAPI document breaks a released one, or has the wrong version."""


@click.command(cls=RootedCommand)
@click.option(
    "--engine", is_flag=True, help="Check the engine's contract, openapi/v1.json of faqts itself."
)
@click.option(
    "--document", type=_FILE, help="Check this document instead of the one in the content folder."
)
@click.option(
    "--released",
    type=_FILE,
    help="Compare with this document instead of the latest released one.",
)
@click.option("--changelog", type=_FILE, help="Changelog that must mention the additions.")
@click.option(
    "--release", is_flag=True, help="Release the document, which can then no longer be changed."
)
@click.pass_obj
def contract(
    workspace: Workspace,
    document: Path | None,
    released: Path | None,
    changelog: Path | None,
    *,
    engine: bool,
    release: bool,
) -> None:
    """Check that the API contract does not break existing clients.

    \b
    Examples:
      faqts contract
      faqts contract --engine
      faqts contract --document mine.json --released openapi/released/v1-1.0.0.json
      faqts contract --release    # when the version is final
    """
    if release and (released or document):
        raise UsageError(
            "--release releases the folder's document and compares it with the latest "
            "released one. Do not use --document or --released with it."
        )
    own = PATH if engine else locate_document(workspace.root)
    path, before = document or own, released or find_released(own)
    changes = changelog or (_CHANGELOG if engine else None)
    verdict = judge_document(
        _read_document(before) if before else None,
        _read_document(path),
        changes.read_text(encoding="utf-8") if changes else None,
    )
    against = f"{name_file(path)} compared with {name_file(before)}" if before else name_file(path)
    if verdict.refused:
        raise ContractRefusedError("\n".join([f"{against}:", *verdict.list_lines()]))
    for line in verdict.list_lines():
        click.echo(line)
    option = " --engine" if engine else ""
    if release:
        click.echo(f"Released {name_file(_release(path))}.")
    elif before is None:
        click.echo(
            f"{against}: no version is released yet, so there is nothing to compare "
            f"with. When the version is final, run 'faqts contract{option} --release'."
        )
    else:
        click.echo(f"{against}: no breaking changes.")


def name_file(path: Path) -> str:
    """Return *path* relative to the root of the project, if it is in the project."""
    return str(path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path)


def _read_document(path: Path) -> Part:
    try:
        return check_document(_read_json(path))
    except InvalidDocumentError as error:
        raise UsageError(f"{name_file(path)} cannot be checked: {error}.") from None


def _read_json(path: Path) -> Any:
    if not path.exists():
        raise UsageError(f"{name_file(path)} does not exist. Run 'faqts openapi' to write it.")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{name_file(path)} is not valid JSON: {error}.") from None


def _release(document: Path) -> Path:
    try:
        return release_document(document)
    except FileExistsError as error:
        raise ContractRefusedError(
            f"{name_file(Path(error.filename))} exists, and a released document must "
            "not change. Increase the version: set VERSION in openapi/info.py of the "
            "engine, or publish a release that changes the kinds."
        ) from None
