"""The command `faqts preview`, which shows unpublished files in a browser."""

import webbrowser
from threading import Thread

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from api.cli.preview import create_preview
from api.server.binding import find_bind_fault
from content.authoring.publish import Workspace
from content.cli.console import RootedCommand
from content.errors import ContentError


@click.command(cls=RootedCommand)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="Port on 127.0.0.1. 0 uses any free port.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.pass_obj
def preview(workspace: Workspace, *, port: int, no_browser: bool) -> None:
    """Show unpublished files in a browser, updated after every save.

    \b
    Examples:
      faqts preview
      faqts preview --port 8002 --no-browser
    """
    fault = find_bind_fault([("127.0.0.1", port)])
    if fault is not None:
        raise ContentError(
            f"faqts preview {fault}. Choose another port with --port. Use 0 for any free port."
        )
    app = create_preview(workspace)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_QuietHandler)
    url = f"http://127.0.0.1:{server.port}/"
    click.echo(f"Preview of unpublished files: {url} (press Ctrl+C to stop)")
    if not no_browser:
        # Opening some browsers blocks until they are closed.
        Thread(target=_open_browser, args=(url,), daemon=True).start()
    server.serve_forever()  # Ctrl+C ends this without an exception.
    click.echo("Preview ended.")


class _QuietHandler(WSGIRequestHandler):
    """Prints no access log, because every page sends two requests per second."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Print nothing."""


def _open_browser(url: str) -> None:
    """Open *url* in a graphical browser, if there is one."""
    try:
        browser = webbrowser.get()
        # Other browsers of this type run in the terminal.
        if type(browser) is not webbrowser.GenericBrowser:
            browser.open(url)
    except (webbrowser.Error, OSError):
        return
