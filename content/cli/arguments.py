"""Find the document or the release that a command's argument names."""

from content.answers.answer import Answer, ReadContext
from content.answers.documents import get_document
from content.documents import Key
from content.errors import UnknownReleaseError, UsageError
from content.ledger.catalogue import Archive, Catalogue


def get_catalogue(archive: Archive | None, release: str) -> Catalogue:
    """Return the catalogue at *release*.

    Raises:
        UsageError: The release does not exist.
    """
    message = f"Unknown release {release!r}. Run 'faqts log' to list all releases."
    if archive is None:
        raise UsageError(message)
    try:
        return archive.get_catalogue(release)
    except UnknownReleaseError:
        raise UsageError(message) from None


def get_published(read_context: ReadContext, key: Key) -> Answer:
    """Return the document *key* as the API returns it.

    Raises:
        UsageError: The document never existed.
        ReadError: The document was withdrawn or renamed, or is not in this release.
    """
    known = read_context.catalogue.archive.list_known_ids(key.collection)
    if key.id not in known:
        hint = f"Use one of: {', '.join(known)}." if known else "It has no documents."
        raise UsageError(f"{key.collection} never had a document {key.id!r}. {hint}")
    return get_document(read_context, key)
