"""Serve the source files as if they were published, and update after every save."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import sleep

import click
import flask

from api.app import create_app
from api.cli.preview_pages import (
    ASSET_PATH,
    VERSION_PATH,
    ask_plainly,
    explain_nothing,
    mark_page,
    show_asset,
    show_version,
)
from api.http.errors import build_problem
from api.routing.endpoint import send
from api.serving.follower import State
from content.authoring.editor_schemas import refresh_schemas
from content.authoring.publish import Workspace, draft_release
from content.errors import ContentError, Fault, SourcesError
from content.ledger.catalogue import Archive, preview_archive
from content.ledger.release import Release
from schemas.problem import MALFORMED_REQUEST

#: The state of all files that the preview watches: name, modification time in nanoseconds, size.
Signature = tuple[tuple[str, int, int], ...]
#: Names of content and release files. The folder may be a repository with many other files.
_FOLLOWED = (
    *("*.yaml", "*.md", "logo.*", "faqs/*", "facts/*", "kinds/*"),
    "releases/*.json",
)
#: Number of checks, and seconds between them, while an editor saves a file.
_MOST_LOOKS, _LOOK_SECONDS = 10, 0.05
_VERSION_LENGTH = 16
_SAID = "unpublished"
_OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?", re.IGNORECASE)


class Draft:
    """The source files, which are read again when one of them changes.

    Attributes:
        state: The content to serve: the last files without faults, or else the latest release.
        release: The release that publishing would create; None if nothing changed.
        faults: The faults in the current files.
        version: An identifier of the current files.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._signature: Signature | None = None
        self._lock = Lock()
        self.state = State()
        self.release: Release | None = None
        self.faults: tuple[Fault, ...] = ()
        self.version = ""

    def refresh(self) -> None:
        """Read changed files. If they have faults, keep the last good state."""
        with self._lock:
            signature = self._sign()
            if signature == self._signature:
                return
            self._signature = self._settle(signature)
            self.version = sha256(repr(self._signature).encode()).hexdigest()[:_VERSION_LENGTH]
            try:
                self.state, self.release = self._build()
            except SourcesError as error:
                self._hold(error, error.faults)
            except (ContentError, OSError) as error:
                self._hold(error, [Fault("", 0, 0, "", str(error))])
            else:
                self.faults = ()
                click.echo("Showing the current files.", err=True)

    def _build(self) -> tuple[State, Release | None]:
        refresh = partial(refresh_schemas, self._workspace.root)
        archive, release = draft_release(self._workspace, datetime.now(UTC), refresh)
        return State(preview_archive(archive, release) if release else archive), release

    def _hold(self, error: Exception, faults: Iterable[Fault]) -> None:
        """Keep serving the last good state, and report the faults."""
        self.faults = tuple(faults)
        archive = self.state.archive or self._read_published()
        self.state = State(archive, str(error))
        shown = "The last version without faults is still shown."
        if archive is None:
            shown = "Fix this to see the preview."
        click.echo(f"{error}\n{shown}", err=True)

    def _read_published(self) -> Archive | None:
        try:
            return self._workspace.read_archive()
        except (ContentError, OSError):
            return None

    def _settle(self, signature: Signature) -> Signature:
        """Return the state of the files once no editor is writing them, or after a short wait."""
        for _ in range(_MOST_LOOKS):
            sleep(_LOOK_SECONDS)
            before, signature = signature, self._sign()
            if before == signature:
                break
        return signature

    def _sign(self) -> Signature:
        root = self._workspace.root
        paths = [path for pattern in _FOLLOWED for path in root.glob(pattern)]
        return tuple(sorted(filter(None, map(_describe, paths))))


def create_preview(workspace: Workspace) -> flask.Flask:
    """Return an application that serves the unpublished files of *workspace*.

    It only accepts requests for local host names. Another website could make its own host
    name point to this computer (DNS rebinding), but the Host header would contain that name.
    """
    draft = Draft(workspace)
    draft.refresh()
    app = create_app(collections=workspace.collections, follower=draft)
    app.before_request(_refuse_foreign_host)
    app.before_request(draft.refresh)
    app.before_request(ask_plainly)
    app.before_request(lambda: explain_nothing(draft.state.archive))
    app.add_url_rule(VERSION_PATH, view_func=lambda: show_version(draft.version))
    app.add_url_rule(ASSET_PATH, view_func=show_asset)
    app.after_request(lambda response: _mark(mark_page(response, draft)))
    return app


def _refuse_foreign_host() -> flask.Response | None:
    """Reject a request for a host other than this computer."""
    if _OWN_HOST.fullmatch(flask.request.host):
        return None
    detail = (
        "The preview only accepts requests for 127.0.0.1 and localhost. Use one "
        "of these names in the URL."
    )
    return send(build_problem(MALFORMED_REQUEST, detail, flask.request.path))


def _mark(response: flask.Response) -> flask.Response:
    for name in [name for name, _ in response.headers if name.startswith("Access-Control-")]:
        del response.headers[name]
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Release"] = _SAID
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _describe(path: Path) -> tuple[str, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        # To save a file, editors delete it and move another file to its name.
        return None
    return str(path), found.st_mtime_ns, found.st_size
