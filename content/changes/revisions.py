"""The revisions of an answer: the releases that changed its text or a value it shows."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from content.answers.answer import Answer, ReadContext, build_answer, build_list, get_live_document
from content.answers.paging import build_cursor, cut_page, read_cursor
from content.changes.comparison import TEXTS, Comparison
from content.documents import FAQS, Body, Key, pick
from content.errors import WithdrawnDocumentError
from content.ledger.versions import Revision

_SHOWN = (
    *("revision", "release", "published_at"),
    *("action", "fields", "caused_by", "reason", "successor"),
)


def list_revisions(
    context: ReadContext, faq_id: str, *, limit: int, cursor: str | None = None
) -> Answer:
    """Return a page of the revisions of an answer, newest first. The answer may be withdrawn.

    Raises:
        MovedDocumentError: The ID is an alias of another answer.
        UnknownDocumentError: No answer has this ID in the release that is read.
        ParametersError: *cursor* is not a cursor of this list.
    """
    answer = list_revision_changes(context, faq_id, limit=limit, cursor=cursor)
    items = [pick(item, _SHOWN) for item in answer.body["items"]]
    return replace(answer, body=answer.body | {"items": items})


def list_revision_changes(
    context: ReadContext, faq_id: str, *, limit: int, cursor: str | None = None
) -> Answer:
    """Return a page of revisions like `list_revisions`, with the fields before and after.

    Raises:
        MovedDocumentError: The ID is an alias of another answer.
        UnknownDocumentError: No answer has this ID in the release that is read.
        ParametersError: *cursor* is not a cursor of this list.
    """
    key, filters = Key(FAQS, faq_id), {"id": faq_id}
    with suppress(WithdrawnDocumentError):
        # Check the ID before the cursor, which belongs to one ID: requests for a former ID are
        # redirected with their query string.
        get_live_document(context, key)
    begin = read_cursor(cursor, filters)
    live = context.as_of(begin.release) if begin else context
    revised = [r for r in reversed(live.catalogue.list_revisions(key)) if r.revised]
    if not revised:
        # It was withdrawn but never published. This raises WithdrawnDocumentError.
        get_live_document(live, key)
    page, after = cut_page(revised, lambda revision: str(revision.ordinal), limit, begin)
    items = list(_describe_all(live, key, reversed(page)))
    release = live.catalogue.get_release(revised[0].number)
    following = build_cursor(release.id, filters, after)
    return build_answer(context, build_list(release, items[::-1], len(revised), following), release)


def _describe_all(context: ReadContext, key: Key, revisions: Iterable[Revision]) -> Iterator[Body]:
    """Yield the change of each of *revisions*, oldest first.

    An answer does not change between two revisions, so its text is filled in once for each.
    """
    texts: Body | None = None
    archive = context.catalogue.archive
    for revision in revisions:
        number = revision.number
        release = context.catalogue.get_release(number)
        comparison = Comparison(archive.get_numbered(number - 1), archive.get_numbered(number))
        (difference,) = comparison.list_differences([key])
        change = comparison.describe(difference, texts)
        texts = pick(change["after"], TEXTS) if change["after"] else None
        described = {
            "revision": revision.ordinal,
            "release": release.id,
            "published_at": release.published_at,
        }
        yield described | change
