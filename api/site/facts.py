"""The facts that an answer shows, as a page lists them: by collection, with sources and dates."""

from dataclasses import dataclass
from itertools import groupby

from content.answers.answer import Answer, ReadContext
from content.answers.citations import is_shown
from content.answers.documents import get_document
from content.documents import Body, Key, is_sample


@dataclass(frozen=True)
class FactGroup:
    """The facts of one collection.

    Attributes:
        title: What people call the collection.
        name: The collection in paths.
        facts: Their bodies, each with its `label`.
        sample: Whether a sample is among them.
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
    """Return *answers*, which `read_facts` gave for *used*, by collection.

    Args:
        center: Leave out what belongs to another data center; None: show all.
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
    facts = tuple(
        {**body, "label": name_document(body), "sample": is_sample(body)} for body in bodies
    )
    title = context.catalogue.collections[name].title
    return FactGroup(title, name, facts, any(fact["sample"] for fact in facts))


def name_document(body: Body) -> str:
    """Return what people call a document; its id where it has no name of its own."""
    names = ("name", "title", "cidr", "question")
    return str(next((body[field] for field in names if field in body), body["id"]))
