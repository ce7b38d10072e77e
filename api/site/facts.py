"""The facts that an answer uses, grouped by collection."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from api.site.values import format_choice
from content.answers.answer import Answer, ReadContext
from content.answers.citations import is_shown
from content.answers.documents import get_document
from content.documents import Body, Key, is_sample
from content.text.values import name_document
from schemas.collection import Collection


@dataclass(frozen=True)
class FactGroup:
    """The facts of one collection.

    Attributes:
        title: The title of the collection.
        name: The name of the collection in paths.
        facts: Their bodies, each with a `label` and `sample`.
        sample: Whether one of them is a sample.
    """

    title: str
    name: str
    facts: tuple[Body, ...]
    sample: bool


def read_facts(context: ReadContext, used: list[Body]) -> list[Answer]:
    """Return the answers for the facts *used*, `[{"collection": str, "id": str}]`, in order."""
    return [get_document(context, Key(fact["collection"], fact["id"])) for fact in used]


def group_facts(
    context: ReadContext, used: list[Body], answers: list[Answer], center: str | None
) -> list[FactGroup]:
    """Group *answers*, the result of `read_facts` for *used*, by collection.

    Args:
        center: The data center to show; None for all of them.
    """
    pairs = [
        (fact["collection"], answer)
        for fact, answer in zip(used, answers, strict=True)
        if is_shown(answer.body, center)
    ]
    return [
        _build_group(context, name, [answer.body for _, answer in group])
        for name, group in groupby(pairs, key=lambda pair: pair[0])
    ]


def _build_group(context: ReadContext, name: str, bodies: list[Body]) -> FactGroup:
    collection = context.catalogue.collections[name]
    facts = tuple(
        {**body, "label": label, "sample": is_sample(body)}
        for body, label in zip(bodies, label_documents(context, collection, bodies), strict=True)
    )
    return FactGroup(collection.title, name, facts, any(fact["sample"] for fact in facts))


def label_documents(context: ReadContext, collection: Collection, items: list[Body]) -> list[str]:
    """Return the names of *items*; equal names get the other values that make each one unique."""
    names = [name_document(item) for item in items]
    counts = Counter(names)
    return [
        _extend_name(context, collection, name, item) if counts[name] > 1 else name
        for name, item in zip(names, items, strict=True)
    ]


def _extend_name(context: ReadContext, collection: Collection, name: str, item: Body) -> str:
    keys = (field for key in collection.unique[:1] for field in key)
    others = [field for field in keys if item[field] not in (None, name)]
    fields = collection.strict.fields
    shown = [format_choice(context, fields[field], item[field]) for field in others]
    return f"{name} ({', '.join(shown)})" if shown else name
