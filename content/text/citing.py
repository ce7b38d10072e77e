"""What placeholders show of other documents, known from the text alone."""

from collections.abc import Iterable, Iterator

from content.documents import DATA_CENTERS, Citation
from content.text.placeholders import If, OfDataCenter, Placeholder, Table, Value
from content.text.values import find_field, find_label, is_by_day, split_conditions
from schemas.collection import Collections
from schemas.fields import List, Reference

#: These fields decide on the rows of a table and its note, whatever its columns.
_DECIDING = ("data_center", "effective_from", "effective_until", "sample")
#: These decide on the state of a deadline, and on how its day is written.
_OF_DEADLINE = ("happens_on", "precision")


def list_citations(placeholder: Placeholder, collections: Collections) -> Iterator[Citation]:
    """Yield what *placeholder* shows; nothing of collections that are not there."""
    if isinstance(placeholder, OfDataCenter):
        yield Citation(DATA_CENTERS, None, (placeholder.field,))
    elif isinstance(placeholder, If):
        yield Citation(placeholder.collection, placeholder.id, _OF_DEADLINE)
    elif isinstance(placeholder, Value):
        name, shown = placeholder.collection, (placeholder.field,)
        yield Citation(name, placeholder.id, _list_fields(name, shown, collections))
        yield from _cite_names(name, shown, collections)
    elif isinstance(placeholder, Table) and placeholder.collection in collections:
        yield cite_rows(placeholder, collections)
        yield from _cite_names(placeholder.collection, _list_shown(placeholder), collections)


def cite_rows(table: Table, collections: Collections) -> Citation:
    """Return the rows of *table*: its columns, and what decides on its rows and their order."""
    stored, by_day = split_conditions(table, collections)
    shown = (*_list_shown(table), *(name for name, _ in by_day))
    order = collections[table.collection].order
    fields = _list_fields(table.collection, (*shown, *order, *_DECIDING), collections)
    return Citation(table.collection, None, fields, stored)


def _list_shown(table: Table) -> tuple[str, ...]:
    columns = tuple(column.field for column in table.columns)
    return columns if table.group is None else (*columns, table.group)


def _list_fields(name: str, shown: Iterable[str], collections: Collections) -> tuple[str, ...]:
    """Return the authored fields that the fields *shown* are made of."""
    made_of: dict[str, None] = {}
    for field in shown:
        of_deadline = field == "happens_on" or is_by_day(collections, name, field)
        made_of |= dict.fromkeys(_OF_DEADLINE if of_deadline else (field,))
    return tuple(made_of)


def _cite_names(name: str, shown: Iterable[str], collections: Collections) -> Iterator[Citation]:
    """Yield the names of the documents that the fields *shown* refer to."""
    for field in shown:
        known = find_field(collections, name, field)
        inner = known.inner if isinstance(known, List) else known
        if isinstance(inner, Reference) and inner.collection in collections:
            label = find_label(collections[inner.collection])
            if label is not None:
                yield Citation(inner.collection, None, (label,))
