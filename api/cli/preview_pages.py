"""Add to preview pages a bar with the changes on the page and all faults."""

from typing import Protocol

import flask
from flask import request

from api.http.negotiation import prefers_page
from api.rendering.assets import FOLDER
from api.rendering.policy import SITE_HEADERS
from api.rendering.site import describe_site
from api.rendering.templates import render_template
from api.serving.follower import State
from api.site.differences import describe_change
from content.changes.net_changes import compare_releases
from content.documents import FAQS, Body
from content.errors import Fault
from content.ledger.catalogue import Archive, Catalogue
from content.ledger.release import Release
from schemas.formats import PAGE

VERSION_PATH = "/preview/version"
ASSET_PATH = "/preview/<any('preview.css','preview.js'):name>"
#: Where to insert the bar. Frames do not have this element.
_TOP = '<header class="top">'
_HEAD = "</head>"
_ASSETS = (
    '<link rel="stylesheet" href="/preview/preview.css">\n'
    '<script defer src="/preview/preview.js"></script>\n'
)
_POLICY = "Content-Security-Policy"
#: Collections on a page, if they differ from the name of the page.
_ABOUT = {
    "/": ("site", FAQS, "topics"),
    "/ip-ranges": ("ip-ranges", "data-centers", "traffic-classes"),
    "/clouds": ("clouds", "connections"),
    "/terms": ("site",),
}
#: Maximum number of changes on a page. The bar links to the rest.
_MAX_CHANGES = 50


class Previewed(Protocol):
    """The state to show. See `api.cli.preview.Draft` for the attributes."""

    state: State
    release: Release | None
    faults: tuple[Fault, ...]
    version: str


def ask_plainly() -> None:
    """Remove the request headers that could lead to a compressed response or to 304."""
    for name in ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
        request.environ.pop(name, None)


def show_version(version: str) -> flask.Response:
    """Return the identifier of the current files, which pages compare with their own."""
    return flask.Response(version, content_type="text/plain; charset=utf-8")


def show_asset(name: str) -> flask.Response:
    """Return a static file of the preview."""
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return flask.Response((FOLDER / name).read_bytes(), content_type=f"{kind}; charset=utf-8")


def explain_nothing(archive: Archive | None) -> flask.Response | None:
    """Return a page with only the bar if there is no content for a browser to show."""
    own = request.path.startswith("/preview/")
    if archive is not None or own or not prefers_page(request.headers.get("Accept")):
        return None
    text = render_template("preview_empty.html", describe_site(None))
    return flask.Response(text, 503, SITE_HEADERS, content_type=PAGE.content_type)


def mark_page(response: flask.Response, draft: Previewed) -> flask.Response:
    """Insert the bar into *response* if it is a page of the site."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    text = response.get_data(as_text=True)
    if _TOP not in text:
        return response
    text = text.replace(_HEAD, _ASSETS + _HEAD, 1)
    response.set_data(text.replace(_TOP, _render_bar(draft) + _TOP, 1))
    for name in ("ETag", "Repr-Digest", "Last-Modified"):
        response.headers.pop(name, None)
    if "script-src" not in response.headers.get(_POLICY, "script-src"):
        response.headers[_POLICY] = dict(SITE_HEADERS)[_POLICY]
    return response


def _render_bar(draft: Previewed) -> str:
    archive, release = draft.state.archive, draft.release
    catalogue = archive.latest if archive else None
    changes = list_changes(catalogue) if catalogue and release else []
    pinned = request.args.get("release", release and release.id) != (release and release.id)
    here = [] if pinned else [change for change in changes if is_about(request.path, change)]
    return render_template(
        "preview_bar.html",
        describe_site(catalogue),
        version=draft.version,
        faults=draft.faults,
        draft=release.id if release else None,
        latest=None if catalogue is None else _name_latest(catalogue, release),
        changes=changes,
        here=[describe_change(change) for change in here[:_MAX_CHANGES]],
        left_out=len(here[_MAX_CHANGES:]),
        pinned=None,
        viewed=pinned,
    )


def list_changes(catalogue: Catalogue) -> list[Body]:
    """Return the changes from the previous release to *catalogue*, a draft release."""
    return catalogue.get_or_build(
        ("preview changes",), lambda: compare_releases(catalogue, catalogue.number - 1)
    )


def _name_latest(catalogue: Catalogue, draft: Release | None) -> str | None:
    """Return the ID of the latest published release."""
    number = catalogue.number - (draft is not None)
    return catalogue.get_release(number).id if number else None


def is_about(path: str, change: Body) -> bool:
    """Return whether the page at *path* shows the document of *change*."""
    collection, document_id = change["collection"], change["id"]
    if path.startswith(f"/{FAQS}/"):
        return bool(collection == FAQS and path.split("/")[2] == document_id)
    return collection in _ABOUT.get(path, (path.strip("/"),))
