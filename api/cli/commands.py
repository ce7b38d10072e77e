"""The `faqts` command: the editors' commands, and those that need the application."""

import click

from api.app import create_app
from api.cli.contract import build_contract
from api.cli.contract_command import contract, name_file
from api.cli.preview_command import preview
from api.cli.serve_command import serve
from api.logs import configure_logs
from api.pages.contract import describe_content
from api.serving.follower import ReleaseFollower
from content.authoring.publish import Workspace
from content.cli.arguments import get_catalogue
from content.cli.commands import main
from content.errors import ContentError, UsageError
from openapi.document import PATH, locate_document, read_document, read_pin, write_document

__all__ = ["main"]

main.add_command(contract)
main.add_command(serve)
main.add_command(preview)


class StaleContractError(ContentError):
    """The committed OpenAPI document is out of date or missing."""


@main.command()
@click.option(
    "--engine", is_flag=True, help="Build the engine's contract, without content and examples."
)
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing. Fail if the file is out of date."
)
@click.option("--release", metavar="RELEASE", help="Read the examples from this release.")
@click.pass_obj
def openapi(workspace: Workspace, *, engine: bool, only_check: bool, release: str | None) -> None:
    """Write openapi/v1.json, the API contract of the content folder.

    It contains the site's name, declared kinds, and examples from a release.

    \b
    Examples:
      faqts openapi
      faqts openapi --check
      faqts openapi --release 2026-11-23.01
      faqts openapi --engine    # openapi/v1.json of faqts itself
    """
    configure_logs("error")
    if engine and release:
        raise UsageError(
            "The engine's contract has no examples. Do not use --release with --engine."
        )
    path = PATH if engine else locate_document(workspace.root)
    committed = read_document(path)
    built = (
        build_contract(create_app(), None) if engine else _build_own(workspace, committed, release)
    )
    name, command = name_file(path), "faqts openapi --engine" if engine else "faqts openapi"
    if not only_check:
        write_document(built, path)
        click.echo(f"Wrote {name}.")
    elif built != committed:
        state = "is out of date" if path.exists() else "does not exist"
        raise StaleContractError(f"{name} {state}. Run '{command}' and commit the file.")
    else:
        click.echo(f"{name} is up to date.")


def _build_own(workspace: Workspace, committed: str, release: str | None) -> str:
    """Return the contract of *workspace*, with examples from *release* or as in *committed*."""
    archive = workspace.read_archive()
    if archive is None:
        raise ContentError("There is no release yet. Run 'faqts publish' first.")
    if release is not None:
        get_catalogue(archive, release)
    follower, catalogue = ReleaseFollower(workspace.ledger), archive.latest
    follower.refresh()
    pin = release or read_pin(committed, describe_content(catalogue, None)["version"])
    return build_contract(create_app(follower=follower), catalogue, pin)
