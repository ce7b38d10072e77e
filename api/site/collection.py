"""The default page of a collection of facts, which lists its documents."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from marshmallow import Schema

from api.routing.filters import build_filters
from api.site.facts import label_documents
from api.site.page import PINNED, Page, PageContext
from api.site.values import format_choice, list_field_values
from content.answers.answer import ReadContext
from content.answers.facts import list_facts
from content.documents import is_sample
from schemas.collection import Collection, Filter
from schemas.fields import Reference
from schemas.labels import title_of

#: The maximum number of documents on the page. The API returns all of them.
_MAX_DOCUMENTS = 200
#: The maximum number of options in a list to choose from.
_MAX_CHOICES = 100
#: The minimum number of documents for a table of contents.
_LEAST_LISTED = 5


@dataclass(frozen=True)
class Choices:
    """The options of one filter.

    Attributes:
        parameter: The query parameter.
        label: The label of the field.
        options: Values and their labels.
        chosen: The chosen value, or None.
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
    labels = label_documents(context, collection, items)
    facts = [
        {
            **item,
            "label": label,
            "sample": is_sample(item),
            "shown": tuple(list_field_values(context, collection, item)),
        }
        for item, label in zip(items[:_MAX_DOCUMENTS], labels, strict=False)
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
    """Return the filters that are useful for *items*: those with two or more options."""
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
    return Choices(narrowing.parameter, title_of(narrowing.field, field), shown, value)
