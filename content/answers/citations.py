"""Which answers cite which facts, and which release last changed a cited value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from content.answers.answer import ReadContext
from content.answers.matching import ANY, Matcher
from content.documents import Body, Citation, Document, Key, is_sample
from content.ledger.catalogue import Catalogue


@dataclass(frozen=True)
class FactUsed:
    """A document whose values another document shows.

    Attributes:
        key: Its collection and ID.
        body: Its body.
        number: The number of the newest release that changed a shown value.
    """

    key: Key
    body: Body
    number: int

    def describe(self, catalogue: Catalogue) -> Body:
        """Return it as served by the API."""
        release = catalogue.get_release(self.number).id
        return {"collection": self.key.collection, "id": self.key.id, "release": release}


def list_facts_used(catalogue: Catalogue, document: Document) -> list[FactUsed]:
    """Return the documents whose values *document* shows, in the order of their collections.

    Documents that only lend their name to a table of other documents are left out.
    """
    citations: dict[Key, list[Citation]] = {}
    for citation in document.cites:
        if citation.shows_names:
            continue
        for key in _list_cited(catalogue, citation):
            citations.setdefault(key, []).append(citation)
    used = []
    known = [key for key in citations if key.collection in catalogue.collections]
    for key in sorted(known, key=lambda key: catalogue.collections.sort_key(*key)):
        found = catalogue.find_document(key)
        if found is not None:
            used.append(FactUsed(key, found.body, _find_change(catalogue, key, citations[key])))
    return used


def contains_samples(answer: Body, facts: Iterable[Body], data_center: str | None = None) -> bool:
    """Return whether an *answer*, or one of the *facts* that it shows, is a sample.

    Args:
        data_center: Ignore facts of other data centers. None to include all.
    """
    shown = [fact for fact in facts if is_shown(fact, data_center)]
    return any(map(is_sample, (answer, *shown)))


def is_shown(fact: Body, data_center: str | None) -> bool:
    """Return whether *fact* is shown for *data_center*. None stands for any data center."""
    return data_center in (None, fact.get("data_center", data_center))


def build_citing_matcher(context: ReadContext, cited: str | None) -> Matcher:
    """Return a matcher for documents that cite *cited*, `collection/id`. None matches all."""
    if cited is None:
        return ANY
    history = context.catalogue.archive.history
    collection, _, cited_id = cited.partition("/")

    def resolve(number: int) -> str:
        return history.resolve_alias(collection, cited_id, number)

    @cache
    def find(number: int) -> Document | None:
        return history.find_document(Key(collection, resolve(number)), number)

    def matches(document: Document, number: int) -> bool:
        found = find(number)
        return found is not None and any(
            cited.covers(found.key, found.body) and not cited.shows_names
            for cited in document.cites
        )

    targets = history.alias_targets(collection, cited_id)
    citing = (history.citation_index.list_keys(Key(collection, target)) for target in targets)
    return Matcher(matches, resolve, set().union(*citing))


def _list_cited(catalogue: Catalogue, citation: Citation) -> Iterator[Key]:
    if citation.id is not None:
        yield Key(citation.collection, citation.id)
    elif citation.collection in catalogue.collections:
        bodies = catalogue.list_bodies(citation.collection, citation.where)
        yield from (Key(citation.collection, body["id"]) for body in bodies)


def _find_change(catalogue: Catalogue, key: Key, citations: list[Citation]) -> int:
    """Return the number of the newest release that changed a cited value of *key*."""
    versions = catalogue.archive.history.versions[key]
    past = [version for version in versions if version.number <= catalogue.number]
    for before, after in zip(reversed(past[:-1]), reversed(past), strict=False):
        bodies = [v.change.document.body if v.change.document else None for v in (before, after)]
        if any(
            citation.read(key, bodies[0]) != citation.read(key, bodies[1]) for citation in citations
        ):
            return after.number
    return past[0].number
