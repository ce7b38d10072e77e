"""The citations of placeholders."""

from collections.abc import Iterable, Iterator

from content.documents import DATA_CENTERS, Citation
from content.text.placeholders import If, OfDataCenter, Placeholder, Table, Value
from content.text.values import find_field, find_label, is_by_day, split_conditions
from schemas.collection import Collections
from schemas.fields import List, Reference

#: Fields that decide which rows a table has, and whether it has a note about samples.
_DECIDING = ("data_center", "effective_from", "effective_until", "sample")
#: Fields that decide the state of a deadline, and how its date is formatted.
_OF_DEADLINE = ("happens_on", "precision")


def list_citations(placeholder: Placeholder, collections: Collections) -> Iterator[Citation]:
    """Yield the citations of *placeholder*. Unknown collections are skipped."""
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
    """Return the citation of *table*: its columns, and the fields that select or sort its rows."""
    stored, by_day = split_conditions(table, collections)
    shown = (*_list_shown(table), *(name for name, _ in by_day))
    order = collections[table.collection].order
    fields = _list_fields(table.collection, (*shown, *order, *_DECIDING), collections)
    return Citation(table.collection, None, fields, stored)


def _list_shown(table: Table) -> tuple[str, ...]:
    columns = tuple(column.field for column in table.columns)
    return columns if table.group is None else (*columns, table.group)


def _list_fields(name: str, shown: Iterable[str], collections: Collections) -> tuple[str, ...]:
    """Return the authored fields from which the fields *shown* are derived."""
    made_of: dict[str, None] = {}
    for field in shown:
        of_deadline = field == "happens_on" or is_by_day(collections, name, field)
        made_of |= dict.fromkeys(_OF_DEADLINE if of_deadline else (field,))
    return tuple(made_of)


def _cite_names(name: str, shown: Iterable[str], collections: Collections) -> Iterator[Citation]:
    """Yield citations of the names of documents to which the fields *shown* refer."""
    for field in shown:
        known = find_field(collections, name, field)
        inner = known.inner if isinstance(known, List) else known
        if isinstance(inner, Reference) and inner.collection in collections:
            label = find_label(collections[inner.collection].authored)
            if label is not None:
                yield Citation(inner.collection, None, (label,))
