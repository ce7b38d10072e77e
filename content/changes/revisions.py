"""The revisions of an answer: every release that changed its text or a value it shows."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from content.answers.answer import Answer, ReadContext, build_answer, build_list, get_live_document
from content.changes.comparison import TEXTS, Comparison
from content.documents import FAQS, Body, Key, pick
from content.errors import WithdrawnDocumentError

_SHOWN = (
    *("revision", "release", "published_at"),
    *("action", "fields", "caused_by", "reason", "successor"),
)


def list_revisions(context: ReadContext, faq_id: str) -> Answer:
    """Return every revision of an answer, the newest first; also of a withdrawn one.

    Raises:
        MovedDocumentError: the id is an alias of another answer.
        UnknownDocumentError: no answer has this id in the release read.
    """
    answer = list_revision_changes(context, faq_id)
    items = [pick(item, _SHOWN) for item in answer.body["items"]]
    return replace(answer, body=answer.body | {"items": items})


def list_revision_changes(
    context: ReadContext, faq_id: str, *, newest: int | None = None
) -> Answer:
    """Return the same with what each revision changed, before and after.

    Args:
        newest: How many to return; None: all. `count` is that of all.

    Raises:
        MovedDocumentError: the id is an alias of another answer.
        UnknownDocumentError: no answer has this id in the release read.
    """
    key = Key(FAQS, faq_id)
    with suppress(WithdrawnDocumentError):
        get_live_document(context, key)
    revisions = context.catalogue.list_revisions(key)
    numbers = [revision.number for revision in revisions if revision.revised]
    passed = 0 if newest is None else max(0, len(numbers) - newest)
    items = list(_describe_all(context, key, numbers[passed:], begin=passed + 1))
    release = context.catalogue.get_release(numbers[-1])
    return build_answer(context, build_list(release, items[::-1], len(numbers)), release)


def _describe_all(
    context: ReadContext, key: Key, numbers: Iterable[int], *, begin: int
) -> Iterator[Body]:
    """Yield the revisions of the releases *numbers*, the oldest first; *begin*: which that one is.

    What an answer shows is the same from one revision to the release before the next: its text
    is filled in once a revision.
    """
    texts: Body | None = None
    archive = context.catalogue.archive
    for revision, number in enumerate(numbers, start=begin):
        release = context.catalogue.get_release(number)
        comparison = Comparison(archive.get_numbered(number - 1), archive.get_numbered(number))
        (difference,) = comparison.list_differences([key])
        change = comparison.describe(difference, texts)
        texts = pick(change["after"], TEXTS) if change["after"] else None
        message = {
            "revision": revision,
            "release": release.id,
            "published_at": release.published_at,
        }
        yield message | change
