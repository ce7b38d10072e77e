"""The command `faqts contract`: a document that breaks clients of a released one is refused."""

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
    """The OpenAPI document breaks what a released one promised, or does not say its version."""


@click.command(cls=RootedCommand)
@click.option("--engine", is_flag=True, help="Judge the engine's own, openapi/v1.json of the code.")
@click.option("--document", type=_FILE, help="Judge this one, not the one of the content folder.")
@click.option("--released", type=_FILE, help="Compare with this one, not the latest released.")
@click.option("--changelog", type=_FILE, help="A changelog that has to name what is new.")
@click.option("--release", is_flag=True, help="Release the document: it is never changed again.")
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
    """Refuse a contract that breaks clients of the one that was released.

    \b
    Examples:
      faqts contract
      faqts contract --engine
      faqts contract --document mine.json --released openapi/released/v1-1.0.0.json
      faqts contract --release    # when the version is final
    """
    if release and (released or document):
        raise UsageError(
            "--release copies the document of the folder, compared with the latest released one; "
            "leave --document and --released out."
        )
    own = PATH if engine else locate_document(workspace.root)
    path, before = document or own, released or find_released(own)
    changes = changelog or (_CHANGELOG if engine else None)
    verdict = judge_document(
        _read_document(before) if before else None,
        _read_document(path),
        changes.read_text(encoding="utf-8") if changes else None,
    )
    against = f"{name_file(path)} against {name_file(before)}" if before else name_file(path)
    if verdict.refused:
        raise ContractRefusedError("\n".join([f"{against}:", *verdict.list_lines()]))
    for line in verdict.list_lines():
        click.echo(line)
    option = " --engine" if engine else ""
    if release:
        click.echo(f"Released {name_file(_release(path))}.")
    elif before is None:
        click.echo(
            f"{against}: no version is released yet, so nothing can break. When it is final, run "
            f"'faqts contract{option} --release'."
        )
    else:
        click.echo(f"{against}: nothing breaks.")


def name_file(path: Path) -> str:
    """Return *path* as it is written in the root of the project."""
    return str(path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path)


def _read_document(path: Path) -> Part:
    try:
        return check_document(_read_json(path))
    except InvalidDocumentError as error:
        raise UsageError(f"{name_file(path)} cannot be judged: {error}.") from None


def _read_json(path: Path) -> Any:
    if not path.exists():
        raise UsageError(f"{name_file(path)} does not exist. Run 'faqts openapi' to write it.")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{name_file(path)} is no JSON: {error}.") from None


def _release(document: Path) -> Path:
    try:
        return release_document(document)
    except FileExistsError as error:
        raise ContractRefusedError(
            f"{name_file(Path(error.filename))} exists, and a released document is never changed. "
            "The next one needs a higher version: VERSION in openapi/info.py of the engine, or a "
            "release that changes the kinds."
        ) from None
