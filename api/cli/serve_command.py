"""`faqts serve`: run the service on a content folder."""

import os
import sys
from pathlib import Path

import click

from api.settings import SettingsError, put_settings, read_settings
from content.errors import UsageError
from content.folder import require_content

_CONFIGURATION = Path(__file__).with_name("gunicorn_conf.py")
#: The folder that contains the packages.
_INSTALLED = Path(__file__).parents[2]


# This command does not use RootedCommand, because a replica has releases but no content folder.
@click.command(cls=click.Command)
@click.option(
    "--bind",
    metavar="ADDRESS:PORT",
    help="Address and port to listen on. Default: 127.0.0.1:8000.",
)
@click.pass_context
def serve(context: click.Context, *, bind: str | None) -> None:
    """Serve the published releases with gunicorn.

    New releases are served within seconds, without a restart. The FAQTS_... variables in
    docs/operations.md are the settings.

    \b
    Examples:
      faqts serve
      faqts --root guidance serve --bind 0.0.0.0:8080
    """
    root: Path | None = context.find_root().params["root"]
    if root is not None:
        require_content(root)
        put_settings(content=str(root))
    if bind is not None:
        put_settings(bind=bind)
    try:
        settings = read_settings()
    except SettingsError as error:
        raise UsageError(str(error)) from error
    put_settings(ledger=str(settings.ledger.resolve()))
    if settings.content is not None:
        require_content(settings.content)
        put_settings(content=str(settings.content.resolve()))
    # gunicorn searches the current folder first, which may contain another wsgi.py.
    os.chdir(_INSTALLED)
    command = [sys.executable, "-m", "gunicorn", "--config", str(_CONFIGURATION)]
    os.execv(sys.executable, command)  # noqa: S606  No shell is needed.
