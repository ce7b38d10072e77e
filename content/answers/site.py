"""The site document of a release, with defaults for releases that have none."""

from base64 import b64decode
from collections.abc import Iterator
from types import MappingProxyType

from content.answers.answer import Answer, ReadContext, build_answer
from content.documents import SITE, Body, Key, pick
from content.ledger.catalogue import Archive, Catalogue
from content.ledger.release import Release
from schemas.collections import COLLECTIONS

#: The defaults until a site document is published.
NEUTRAL = MappingProxyType(
    COLLECTIONS[SITE.collection].strict.load({"id": SITE.id, "name": "Admin guidance"})
)
_EXTENSIONS = {"image/svg+xml": "svg", "image/png": "png"}
#: Enough digits of the digest to tell the logos of one service apart.
_DIGEST_LENGTH = 16


def get_site(context: ReadContext) -> Answer:
    """Return the site document, or the defaults if the release has none."""
    catalogue = context.catalogue
    release = find_site_change(catalogue)
    known = {
        **read_site(catalogue),
        "updated_at": release.published_at,
        "release": release.id,
        "links": {"self": f"/v1/{SITE.collection}"},
    }
    served = pick(known, catalogue.collections[SITE.collection].served)
    return build_answer(context, served, release)


def read_site(catalogue: Catalogue | None) -> Body:
    """Return the fields of the site document, with the URL of the logo instead of its bytes.

    Args:
        catalogue: None if nothing is published yet.
    """
    body = catalogue.find_body(SITE) if catalogue else None
    return show_site(dict(body or NEUTRAL))


def show_site(body: Body) -> Body:
    """Return *body*, a site document, with the URL of the logo instead of its bytes."""
    logo = body["logo"]
    if logo is None:
        return body
    shown = {"url": build_logo_path(logo), **pick(logo, ("media_type", "digest"))}
    return {**body, "logo": shown}


def build_logo_path(logo: Body) -> str:
    """Return the URL path of a released logo."""
    digest = logo["digest"].removeprefix("sha256:")[:_DIGEST_LENGTH]
    return f"/logo-{digest}.{_EXTENSIONS[logo['media_type']]}"


def find_logo(archive: Archive, path: str) -> tuple[str, bytes] | None:
    """Return the media type and the bytes of the logo at *path*, from any release."""
    logos = archive.get_or_build(("logos",), lambda: dict(_list_logos(archive)))
    logo = logos.get(path)
    return (logo["media_type"], b64decode(logo["data"])) if logo else None


def find_site_change(catalogue: Catalogue) -> Release:
    """Return the newest release that changed the site document, or else the first release."""
    revision = catalogue.archive.history.find_revision(SITE, catalogue.number)
    return catalogue.get_release(revision.number if revision else 1)


def find_language(catalogue: Catalogue) -> tuple[str, Release]:
    """Return the language of the content, and the newest release that changed it."""
    language, changed_in = NEUTRAL["language"], 1
    for version in catalogue.archive.history.versions.get(SITE, ()):
        document = version.change.document
        now = (document.body if document else NEUTRAL)["language"]
        if version.number <= catalogue.number and now != language:
            language, changed_in = now, version.number
    return language, catalogue.get_release(changed_in)


def has_documents(catalogue: Catalogue, collection: str) -> bool:
    """Return whether *collection* has a document."""
    return _find_any(catalogue, collection, catalogue.number) is not None


def find_turn(catalogue: Catalogue, collection: str) -> int:
    """Return the number of the release since which *collection* has, or lacks, documents.

    Returns:
        1 if that never changed.
    """
    history, number = catalogue.archive.history, catalogue.number
    found = _find_any(catalogue, collection, number)
    if found is None:
        emptied = [n for n in history.changed_in.get(collection, ()) if n <= number]
        return max(emptied, default=1)
    turn = 1
    while found is not None:
        # This document exists since then. Check whether there was another one before.
        turn = _find_addition(catalogue, found, number)
        number = turn - 1
        found = _find_any(catalogue, collection, number)
    return turn


def _find_any(catalogue: Catalogue, collection: str, number: int) -> Key | None:
    """Return any document that *collection* has in release *number*. None if it has none."""
    history = catalogue.archive.history
    keys = (Key(collection, name) for name in history.ids.get(collection, ()))
    return next((found.key for found in history.list_documents(keys, number)), None)


def _find_addition(catalogue: Catalogue, key: Key, number: int) -> int:
    """Return the number of the release that added *key*, which exists in release *number*."""
    added = 0
    for version in catalogue.archive.history.versions[key]:
        if version.number > number:
            break
        added = (added or version.number) if version.change.document else 0
    return added


def _list_logos(archive: Archive) -> Iterator[tuple[str, Body]]:
    for version in archive.history.versions.get(SITE, ()):
        document = version.change.document
        if document and document.body["logo"]:
            yield build_logo_path(document.body["logo"]), document.body["logo"]
