"""Serve the working files as if they were published, and follow every save."""

import re
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import click
import flask

from api.app import create_app
from api.http.errors import build_problem
from api.routing.endpoint import send
from api.serving.follower import State
from content.authoring.publish import Workspace, draft_release
from content.errors import ContentError
from content.ledger.catalogue import preview_archive
from schemas.problem import MALFORMED_REQUEST

#: Every file that preview follows: name, time of change in nanoseconds, bytes.
Signature = tuple[tuple[str, int, int], ...]
_SAID = "unpublished"
_OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?", re.IGNORECASE)


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
        return State(preview_archive(archive, release))

    def _sign(self) -> Signature:
        content = self._workspace.root
        paths = [*content.rglob("*.md"), *content.rglob("*.yaml"), *content.rglob("*.json")]
        return tuple(sorted(filter(None, map(_describe, paths))))


def create_preview(workspace: Workspace) -> flask.Flask:
    """Return an application that serves the files of *workspace*, marked as unpublished.

    It answers only requests for this machine by its own names. A page elsewhere can name a host of
    its own and lead it here (DNS rebinding), but the browser says which host was meant.
    """
    draft = Draft(workspace)
    draft.refresh()
    app = create_app(collections=workspace.collections, follower=draft)
    app.before_request(_refuse_foreign_host)
    app.before_request(draft.refresh)
    app.after_request(_mark)
    return app


def _refuse_foreign_host() -> flask.Response | None:
    """Refuse a request for another host than this machine, and name those there are."""
    if _OWN_HOST.fullmatch(flask.request.host):
        return None
    detail = "The preview answers only for 127.0.0.1 and localhost; open it by one of these names."
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
        # An editor saves by taking one file away and putting another in its place.
        return None
    return str(path), found.st_mtime_ns, found.st_size
