"""Serve the working files as if they were published, and follow every save."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import click
import flask

from api.app import create_app
from api.serving.follower import State
from content.authoring.publish import Workspace, draft_release
from content.errors import ContentError
from content.ledger.catalogue import preview_archive

#: Every file that preview follows: name, time of change in nanoseconds, bytes.
Signature = tuple[tuple[str, int, int], ...]
_SAID = "unpublished"


class Draft:
    """The working files, read again whenever one of them changes.

    Attributes:
        state: What is served: the newest files without fault.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._signature: Signature | None = None
        self._lock = Lock()
        self.state = State()

    def refresh(self) -> None:
        """Read the files again if one of them changed; keep what was good if they have faults."""
        with self._lock:
            signature = self._sign()
            if signature == self._signature:
                return
            self._signature = signature
            try:
                self.state = self._build()
            except (ContentError, OSError) as error:
                self.state = State(self.state.archive, str(error))
                shown = "The last good version is still shown."
                if self.state.archive is None:
                    shown = "Nothing is shown until this is fixed."
                click.echo(f"{error}\n{shown}", err=True)
            else:
                click.echo("Showing the files as they are now.", err=True)

    def _build(self) -> State:
        archive, release = draft_release(self._workspace, datetime.now(UTC))
        if release is None:
            return State(archive)
        return State(preview_archive(archive, release, self._workspace.collections))

    def _sign(self) -> Signature:
        content = self._workspace.root / "content"
        paths = [*content.rglob("*.md"), *content.rglob("*.yaml"), *content.rglob("*.json")]
        return tuple(sorted(filter(None, map(_describe, paths))))


def create_preview(workspace: Workspace) -> flask.Flask:
    """Return an application that serves the files of *workspace*, marked as unpublished."""
    draft = Draft(workspace)
    draft.refresh()
    app = create_app(collections=workspace.collections, follower=draft)
    app.before_request(draft.refresh)
    app.after_request(_mark)
    return app


def _mark(response: flask.Response) -> flask.Response:
    response.headers["Content-Release"] = _SAID
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _describe(path: Path) -> tuple[str, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        # An editor saves by taking one file away and putting another in its place.
        return None
    return str(path), found.st_mtime_ns, found.st_size
