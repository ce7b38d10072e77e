"""Made-up content of any size, as a ledger: the same bytes for the same share and seed.

There are two shapes. Wide: 10,000 answers, 10,000 ranges, and 200 releases that each change,
rename, withdraw or add 1 % of them; a share has fewer documents and as many releases. Long: 50
answers, 50 ranges, and 10,000 releases of one change each, as decades of publishing make; a share
has as many documents and fewer releases.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from random import Random

from content.authoring.publish import _cite
from content.documents import DATA_CENTERS, Document, Key
from content.ledger.release import Change, Release, build_release
from schemas.collections import COLLECTIONS
from tests.content.chains import build_document

PART, FACTS_PART = 0.01, 0.05
CENTERS = ("au", "ca", "de", "fr", "sg", "uk", "us", "us-west")
CLASSES = ("from-service", "to-service")
CLOUDS = ("exchange", "gcc-high", "office-365", "workspace")
CLIENTS = tuple(f"client-{place}" for place in range(1, 11))
TOPICS = tuple(f"topic-{place}" for place in range(1, 21))
BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
_WORDS = (
    *("the", "administrator", "allows", "every", "address", "of", "this", "list", "before"),
    *("the", "application", "connects", "and", "looks", "at", "the", "calendar", "settings"),
    *("again", "when", "a", "release", "changes", "one", "of", "them", "in", "the", "firewall"),
)
#: Changed like others, but never renamed or withdrawn, so that a benchmark can ask for them.
TABLE_ANSWER, PLAIN_ANSWER, RANGE = "answer-6", "answer-9", "range-1"
#: An answer in so many shows a value of a client, a value of the reader's data center.
_VALUE_EVERY, _CENTER_EVERY = 10, 7


@dataclass(frozen=True)
class Shape:
    """How much content there is, and how much of it a release changes.

    Attributes:
        documents: The answers of the first release; it has as many ranges.
        releases: How many follow it.
        part: The share of the documents that each changes; 0: one.
    """

    documents: int
    releases: int
    part: float


def build_wide(share: float) -> Shape:
    """Many documents: a *share* has fewer of them."""
    return Shape(max(1, round(10_000 * share)), 200, PART)


def build_long(share: float) -> Shape:
    """Many releases: a *share* has fewer of them."""
    return Shape(50, round(10_000 * share), 0)


#: By name: what makes a shape of a share.
SHAPES = {"wide": build_wide, "long": build_long}


class MadeUp:
    """Content that changes release by release."""

    def __init__(self, shape: Shape, seed: int) -> None:
        self._random = Random(f"{seed}")
        self._count, self._part = shape.documents, shape.part
        self._documents: dict[Key, Document] = {}
        self._made = 0

    def begin(self) -> list[Change]:
        """The changes of the first release: everything."""
        made = [
            *(self._make_answer(place) for place in range(1, self._count + 1)),
            *(_named("topics", topic, position=at) for at, topic in enumerate(TOPICS, start=1)),
            *(_named(DATA_CENTERS, center, name=f"In {center}") for center in CENTERS),
            *(_named("traffic-classes", name) for name in CLASSES),
            *(self._make_range(place) for place in range(1, self._count + 1)),
            *(_named("oauth-clients", client) for client in CLIENTS),
            *(_named("clouds", cloud) for cloud in CLOUDS),
        ]
        return [self._put(document) for document in made]

    def go_on(self) -> list[Change]:
        """The changes of one more release, in the order that a publisher writes them."""
        keys = [key for key in self._documents if key.collection in ("faqs", "ip-ranges")]
        changes = []
        if self._random.random() < FACTS_PART:
            client = self._documents[Key("oauth-clients", self._random.choice(CLIENTS))]
            changes.append(self._put(_edit(client, client_id=self._say(2))))
        count = round(len(keys) * self._part) or 1 - len(changes)
        chosen = self._random.sample(keys, count)
        changes += [change for key in chosen for change in self._change(self._documents[key])]
        places = {name: place for place, name in enumerate(COLLECTIONS.names)}
        return sorted(changes, key=lambda c: (places[c.key.collection], c.key.id))

    def _change(self, document: Document) -> list[Change]:
        kept = document.key.id in (TABLE_ANSWER, PLAIN_ANSWER, RANGE)
        fate = self._random.uniform(0.2 if kept else 0, 1)
        if document.key.collection == "ip-ranges":
            return [self._change_range(document, fate)]
        if fate < 0.05:
            self._made += 1
            now = f"{document.key.id.partition('-as-')[0]}-as-{self._made}"
            aliases = [*document.body["aliases"], document.key.id]
            return [
                self._drop(document, f"It is now called {now}.", f"faqs/{now}"),
                self._put(_edit(document, id=now, aliases=aliases)),
            ]
        _, _, rest = document.body["markdown"].partition("\n\n")
        return [self._put(_edit(document, markdown=f"{self._say(12)}.\n\n{rest}"))]

    def _change_range(self, document: Document, fate: float) -> Change:
        if fate < 0.1:
            self._made += 1
            return self._put(self._make_range(self._count + self._made))
        if fate < 0.2:
            return self._drop(document, "It is no longer in use.", None)
        if fate < 0.6:
            return self._put(_edit(document, ports=[443, self._random.randint(1024, 65535)]))
        return self._put(_edit(document, effective_until=self._draw_day()))

    def _make_answer(self, place: int) -> Document:
        text = [f"{self._say(40)}." for _ in range(3)]
        if place <= len(CENTERS):
            where = f"data_center = {CENTERS[place - 1]}"
            text.append(f"{{{{ table ip-ranges: cidr, ports; {where} }}}}")
        if place % _VALUE_EVERY == 0:
            text.append(f"{{{{ oauth-clients.{self._random.choice(CLIENTS)}.client_id }}}} is it.")
        if place % _CENTER_EVERY == 0:
            text.append("{{ with dc }}\n\nYours is {{ dc.api_host }}.\n\n{{ end }}")
        made = _named(
            "faqs",
            f"answer-{place}",
            question=f"What of {self._say(5)}?",
            summary=f"{self._say(12)}.",
            markdown="\n\n".join(text) + "\n",
            topics=sorted(self._random.sample(TOPICS, 2)),
            applies_to=[self._random.choice(CLOUDS)],
            status=self._random.choice(("current", "current", "current", "deprecated")),
            position=place,
        )
        if made.body["status"] == "deprecated":
            made = _edit(made, deprecated_on=BEGIN.date().isoformat())
        return Document(made.key, made.body, _cite(made, COLLECTIONS))

    def _make_range(self, place: int) -> Document:
        first, length = (0x2A00_0100 << 96, 48) if place % 5 == 0 else (0x4000_0000, 24)
        size = 1 << ((128 if place % 5 == 0 else 32) - length)
        return _named(
            "ip-ranges",
            f"range-{place}",
            cidr=str(ip_network((first + place * size, length))),
            data_center=self._random.choice(CENTERS),
            traffic=self._random.choice(CLASSES),
            effective_until=self._draw_day() if place % 10 == 0 else None,
        )

    def _put(self, document: Document) -> Change:
        self._documents[document.key] = document
        return Change(document.key, document)

    def _drop(self, document: Document, reason: str, successor: str | None) -> Change:
        del self._documents[document.key]
        return Change(document.key, None, reason, successor)

    def _draw_day(self) -> str:
        return (BEGIN + timedelta(days=self._random.randint(0, 700))).date().isoformat()

    def _say(self, words: int) -> str:
        return " ".join(self._random.choices(_WORDS, k=words)).capitalize()


def write_ledger(folder: Path, shape: Shape, *, seed: int = 1) -> None:
    """Write the ledger of a *shape*; releases are a day apart."""
    made = MadeUp(shape, seed)
    previous: Release | None = None
    for place in range(shape.releases + 1):
        changes = made.go_on() if place else made.begin()
        instant = BEGIN + timedelta(minutes=30 * place)
        previous, data = build_release(previous, instant, f"Release {place + 1}.", changes)
        # As the ledger appends it, without waiting for the disk each time.
        (folder / f"{previous.number:05d}.json").write_bytes(data)


def _named(collection: str, document_id: str, **fields) -> Document:
    return build_document(collection, id=document_id, **fields)


def _edit(document: Document, **fields) -> Document:
    body = document.body | fields
    return Document(Key(document.key.collection, body["id"]), body, document.cites)
