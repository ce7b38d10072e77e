"""Changes as a page shows them: the impact of each, and every field before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.site.facts import name_document
from content.changes.text_diff import Passage, compare_texts
from content.documents import Body, is_sample
from content.formats.change_fields import format_value, list_shown_fields

#: A value of more letters than these is compared word by word, not put beside the other.
_LONG_LETTERS = 60


@dataclass(frozen=True)
class FieldChange:
    """A field of a document that changed.

    Attributes:
        name: What the field is called.
        before: The value before; empty: none.
        after: The value after; empty: none.
        passages: For long texts, where the two differ; otherwise nothing.
    """

    name: str
    before: str
    after: str
    passages: tuple[Passage, ...] = ()


def describe_change(change: Body) -> Body:
    """Return *change* with what a page shows: a label, its fields, whether it is about samples."""
    sides = [side for side in (change["after"], change["before"]) if side is not None]
    return {
        **change,
        "label": name_document(sides[0]) if sides else change["id"],
        "sample": any(map(is_sample, sides)),
        "shown": list(_list_fields(change)),
    }


def _list_fields(change: Body) -> Iterator[FieldChange]:
    was, now = change["before"] or {}, change["after"] or {}
    for name in list_shown_fields(change):
        before, after = format_value(was.get(name)), format_value(now.get(name))
        both = bool(before and after) and max(len(before), len(after)) > _LONG_LETTERS
        yield FieldChange(name, before, after, tuple(compare_texts(before, after)) if both else ())
