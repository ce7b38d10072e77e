"""Find what the argument of a command names: a document, or the state at a release."""

from content.answers.answer import Answer, ReadContext
from content.answers.documents import get_document
from content.documents import Key
from content.errors import UnknownReleaseError, UsageError
from content.ledger.catalogue import Archive, Catalogue


def get_catalogue(archive: Archive | None, release: str) -> Catalogue:
    """Return what was published as of *release*.

    Raises:
        UsageError: no release is called so.
    """
    message = f"no release is called {release!r}; 'faqts log' lists them all."
    if archive is None:
        raise UsageError(message)
    try:
        return archive.get_catalogue(release)
    except UnknownReleaseError:
        raise UsageError(message) from None


def get_published(read_context: ReadContext, key: Key) -> Answer:
    """Return the document *key* as the API returns it.

    Raises:
        UsageError: its collection never had it.
        ReadError: it was withdrawn or renamed, or is not in the release read.
    """
    known = read_context.catalogue.archive.list_known_ids(key.collection)
    if key.id not in known:
        has = ", ".join(known) or "none"
        raise UsageError(f"{key.collection} never had a document {key.id!r}; it has {has}.")
    return get_document(read_context, key)
