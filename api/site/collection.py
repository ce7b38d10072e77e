"""The page of any collection of facts that has none of its own: its documents, one by one."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from marshmallow import Schema

from api.routing.filters import build_filters
from api.site.facts import name_document
from api.site.page import PINNED, Page, PageContext
from api.site.values import format_choice, list_field_values
from content.answers.answer import ReadContext
from content.answers.facts import list_facts
from content.documents import is_sample
from schemas.collection import Collection, Filter
from schemas.fields import Reference
from schemas.labels import label_field

#: A page of more is one that nobody reads; the data has them all.
_MAX_DOCUMENTS = 200
#: Choices of more are found sooner in the data.
_MAX_CHOICES = 100
#: Pages of fewer documents can be looked through without a list at their top.
_LEAST_LISTED = 5


@dataclass(frozen=True)
class Choices:
    """What a page can be narrowed to by one parameter.

    Attributes:
        parameter: The parameter.
        label: What people call the field.
        options: Values, each with what people call it.
        chosen: The value that is chosen; None: none.
    """

    parameter: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str | None


def build_page(collection: Collection) -> Page:
    """Return the page of *collection*."""
    return Page(
        f"/{collection.name}",
        "collection.html",
        partial(_show, collection),
        Schema.from_dict({**build_filters(collection), **PINNED}, name="CollectionPageSchema"),
    )


def _show(collection: Collection, context: ReadContext, **chosen: Any) -> PageContext:
    every, answer = list_facts(context, collection.name), None
    if any(chosen.values()):
        answer = list_facts(context, collection.name, **chosen)
    items = (answer or every).body["items"]
    facts = [
        {
            **item,
            "label": name_document(item),
            "sample": is_sample(item),
            "shown": tuple(list_field_values(context, collection, item)),
        }
        for item in items[:_MAX_DOCUMENTS]
    ]
    values = {
        "collection": collection,
        "facts": facts,
        "left_out": len(items) - len(facts),
        "listed": len(facts) >= _LEAST_LISTED,
        "filters": _list_choices(context, collection, every.body["items"], chosen),
        "narrowed": answer is not None,
        "sample": any(fact["sample"] for fact in facts),
    }
    return PageContext(values, (every,) if answer is None else (answer, every))


def _list_choices(
    context: ReadContext, collection: Collection, items: list[dict[str, Any]], chosen: Any
) -> list[Choices]:
    """Return what *items* can be narrowed to: each parameter that tells some of them apart."""
    built = (_build_choices(context, collection, f, items, chosen) for f in collection.filters)
    return [each for each in built if len(each.options) > 1 or each.chosen]


def _build_choices(
    context: ReadContext,
    collection: Collection,
    narrowing: Filter,
    items: list[dict[str, Any]],
    chosen: Any,
) -> Choices:
    field = collection.strict.fields[narrowing.field]
    inner = getattr(field, "inner", field)
    held = [item[narrowing.field] for item in items]
    found = {value for each in held for value in (each if isinstance(each, list) else [each])}
    given = chosen.get(narrowing.field) or None
    value = given[0] if isinstance(given, tuple) else given
    if value is not None and isinstance(inner, Reference):
        value = context.catalogue.resolve_alias(inner.collection, value)
    listed = [each for each in found | {value} if each is not None]
    options = [(each, format_choice(context, inner, each)) for each in listed]
    options.sort(key=lambda option: option[1].lower())
    shown = tuple(options) if len(options) <= _MAX_CHOICES else ()
    return Choices(narrowing.parameter, label_field(narrowing.field), shown, value)
