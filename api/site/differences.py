"""Prepare changes for pages: each field before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from content.changes.text_diff import Passage, compare_texts
from content.documents import Body, is_sample
from content.formats.change_fields import format_value, list_shown_fields
from content.text.values import name_document

#: Values longer than this are compared word by word.
_LONG_LETTERS = 60


@dataclass(frozen=True)
class FieldChange:
    """A field of a document that changed.

    Attributes:
        name: The name of the field.
        before: The old value; empty if there was none.
        after: The new value; empty if there is none.
        passages: The differences, for long values only.
    """

    name: str
    before: str
    after: str
    passages: tuple[Passage, ...] = ()


def describe_change(change: Body) -> Body:
    """Return *change* with a label, its changed fields, and whether it is about a sample."""
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
