"""The revisions of an answer: every release that changed its text or a value it shows."""

from contextlib import suppress

from content.answers import Answer, Reading, build_answer, build_list, get_live_document
from content.changes import compare_keys
from content.documents import Body, Key, pick
from content.errors import WithdrawnDocumentError
from content.faqs import COLLECTION

_OF_CHANGE = ("action", "fields", "caused_by", "reason", "successor")


def list_revisions(reading: Reading, faq_id: str) -> Answer:
    """Return every revision of an answer, the newest first; also of a withdrawn one.

    Raises:
        MovedDocumentError: the id is an alias of another answer.
        UnknownDocumentError: no answer has this id in the release read.
    """
    key = Key(COLLECTION, faq_id)
    with suppress(WithdrawnDocumentError):
        get_live_document(reading, key)
    touches = reading.catalogue.list_touches(key)
    numbers = [touch.number for touch in touches if touch.revised]
    items = [
        _describe(reading, key, revision, number)
        for revision, number in enumerate(numbers, start=1)
    ]
    release = reading.catalogue.get_release(numbers[-1])
    return build_answer(reading, build_list(release, items[::-1], len(items)), release)


def _describe(reading: Reading, key: Key, revision: int, number: int) -> Body:
    release = reading.catalogue.get_release(number)
    at_release = reading.as_of(release.id).catalogue
    change = compare_keys(at_release, number - 1, [key])[0]
    said = {"revision": revision, "release": release.id, "published_at": release.published_at}
    return said | pick(change, _OF_CHANGE)
