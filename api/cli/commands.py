"""The console command `faqts`: the editor's, and what needs the application or the contract."""

import click
from werkzeug.serving import make_server

from api.app import create_app
from api.cli.contract import build_contract
from api.cli.contract_command import contract
from api.cli.preview import create_preview
from api.logs import configure_logs
from api.server.binding import find_bind_fault
from api.serving.follower import ReleaseFollower
from content.authoring.publish import Workspace
from content.cli.arguments import get_catalogue
from content.cli.commands import main
from content.errors import ContentError
from openapi.document import read_document, read_pin, write_document

__all__ = ["main"]

main.add_command(contract)


class StaleContractError(ContentError):
    """The committed OpenAPI document is not what the code would build."""


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="The port on 127.0.0.1; 0 takes a free one.",
)
@click.pass_obj
def preview(workspace: Workspace, *, port: int) -> None:
    """Serve the files as they are, unpublished, and follow every save.

    \b
    Example:
      faqts preview --port 8001
    """
    fault = find_bind_fault([("127.0.0.1", port)])
    if fault is not None:
        raise ContentError(f"faqts preview {fault}. Choose another port with --port, or 0 for any.")
    server = make_server("127.0.0.1", port, create_preview(workspace), threaded=True)
    click.echo(f"Preview, unpublished: http://127.0.0.1:{server.port}/v1  (Ctrl+C ends it)")
    server.serve_forever()  # Ctrl+C ends it without an exception.
    click.echo("Preview ended.")


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail when it is stale.")
@click.option("--release", metavar="RELEASE", help="Read the examples as of this release.")
@click.pass_obj
def openapi(workspace: Workspace, *, only_check: bool, release: str | None) -> None:
    """Build openapi/v1.json from the code, its examples read as of one release.

    \b
    Examples:
      faqts openapi
      faqts openapi --check
      faqts openapi --release 2026-11-23.01
    """
    configure_logs("error")
    committed = read_document()
    archive = workspace.read_archive()
    follower = ReleaseFollower(workspace.ledger)
    follower.refresh()
    pinned = release or _find_pin(committed) or (archive.latest.release.id if archive else None)
    if pinned is not None:
        get_catalogue(archive, pinned)
    built = build_contract(create_app(follower=follower), pinned)
    if not only_check:
        write_document(built)
        click.echo("Wrote openapi/v1.json.")
    elif built != committed:
        raise StaleContractError("openapi/v1.json is stale; run 'faqts openapi' and commit it.")
    else:
        click.echo("openapi/v1.json is what the code says.")


def _find_pin(committed: str) -> str | None:
    """Return the release of the examples of *committed*; None when it cannot be read."""
    try:
        return read_pin(committed)
    except ValueError:
        # What a merge left behind is no JSON; the document is built anew all the same.
        return None
