"""Random edit histories of a small world, written with an editor and published for real.

A state is a choice for each slot: a slot is one document, or its absence. Every state is one that
`check` accepts; what was published and is no more is an alias or withdrawn.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st

from content.answers.answer import ReadContext
from content.documents import Key
from content.errors import PublishRefusedError
from content.ledger.catalogue import Archive
from schemas.collections import COLLECTIONS
from tests.content_factory import ContentFactory

CIDRS = {
    "r1": ("203.0.114.0/25", "203.0.114.0/24"),
    "r2": ("2a00:100::/48", "2a00:100::/32"),
    "r3": ("203.0.116.0/24", "9.9.9.0/24"),
}
#: A history takes about 60 ms to publish, so `make test` makes 10 for a law and `make test-all` 40.
few = settings(max_examples=settings.default.max_examples * 2 // 5)
_REVIEWS = st.sampled_from([None, "2026-01-01", "2026-01-02"])
_ALIASED = st.booleans()
_RANGE = {
    "cidr": st.sampled_from([0, 1]),
    "data_center": st.sampled_from(["uk", "de", "fr"]),
    "traffic": st.sampled_from(["from-service", "to-service"]),
    "until": st.sampled_from([None, "2026-02-10", "2026-06-01"]),
    "reviewed_on": _REVIEWS,
}
_TEXTS = st.sampled_from(["plain", "literal", "value", "of-dc", "section", "table", "all", "both"])
_FAQ = {
    "name": st.booleans(),
    "aliased": _ALIASED,
    "text": _TEXTS,
    "summary": st.sampled_from(["Yes.", "No.", "value"]),
    "topics": st.sampled_from([[], ["network"], ["access"], ["network", "access"]]),
    "status": st.sampled_from(["current", "deprecated"]),
    "position": st.sampled_from([1, 2]),
    "reviewed_on": _REVIEWS,
}
_NAMED = {"name": st.booleans(), "aliased": _ALIASED, "reviewed_on": _REVIEWS}
SLOTS = {
    **{name: st.none() | st.fixed_dictionaries(_RANGE) for name in CIDRS},
    **{name: st.none() | st.fixed_dictionaries(_FAQ) for name in ("a", "b")},
    "google": st.none()
    | st.fixed_dictionaries(
        {
            **_NAMED,
            "client_id": st.sampled_from(["12345", "67890"]),
            "product": st.sampled_from(["Workspace", "Calendar"]),
        }
    ),
    "uk": st.fixed_dictionaries({**_NAMED, "title": st.sampled_from(["UK", "Britain"])}),
    "fr": st.none() | st.fixed_dictionaries({**_NAMED, "title": st.just("France")}),
    "network": st.fixed_dictionaries({**_NAMED, "position": st.sampled_from([1, 3])}),
}
_OTHER_NAMES = {"a": "aa", "b": "ba", "google": "workspace", "uk": "gb", "fr": "fx"}


@dataclass
class HistoryFixture:
    """A published history and the documents that the sources held at each release."""

    factory: ContentFactory
    states: list[dict[Key, dict]] = field(default_factory=list)

    @cached_property
    def archive(self) -> Archive:
        return self.factory.archive()

    @property
    def numbers(self) -> range:
        """The numbers of the releases."""
        return range(1, len(self.states) + 1)

    def read(self, number: int, day: str = "2026-03-01") -> ReadContext:
        """The catalogue of release *number*, read on *day*."""
        return ReadContext(self.archive.get_numbered(number), day)


@st.composite
def histories(draw, longest: int = 5) -> list[dict]:
    """States, each the one before with one to three slots drawn anew."""
    state = draw(st.fixed_dictionaries(SLOTS))
    states = [state]
    for _ in range(draw(st.integers(1, longest - 1))):
        names = draw(st.lists(st.sampled_from(sorted(SLOTS)), min_size=1, max_size=3, unique=True))
        back = draw(st.integers(0, 3))
        if back == 0:
            state = {**state, **{name: draw(st.sampled_from(states))[name] for name in names}}
        else:
            state = {**state, **{name: draw(SLOTS[name]) for name in names}}
        states.append(state)
    return states


@contextmanager
def publish_history(states: list[dict]):
    """Publish *states* one after the other; one that changes nothing makes no release."""
    with TemporaryDirectory() as folder:
        world = HistoryFixture(ContentFactory(Path(folder)))
        published: set[Key] = set()
        for state in states:
            write_state(world.factory, state, published)
            try:
                world.factory.publish()
            except PublishRefusedError:
                continue
            world.states.append(read_documents(world.factory))
            published |= world.states[-1].keys()
        yield world


def read_documents(factory: ContentFactory) -> dict[Key, dict]:
    """What the source files hold now."""
    drafts = factory.place.read_sources(
        None if not _published(factory) else factory.archive(), factory.instant
    ).drafts
    return {draft.document.key: draft.document.body for draft in drafts}


def _published(factory: ContentFactory) -> bool:
    return factory.place.ledger.folder.exists()


def write_state(factory: ContentFactory, state: dict, published: set[Key]) -> None:
    """Write the source files of *state*."""
    named = {slot: name_slot(state, slot) for slot in state if state[slot] is not None}
    items = {
        "topics": [
            _item(state, "network", published, "topics", position=state["network"]["position"]),
            {"id": "access", "position": 2},
        ],
        "data-centers": [
            *(
                _item(state, slot, published, "data-centers", name=state[slot]["title"])
                for slot in ("uk", "fr")
                if slot in named
            ),
            {"id": "de", "name": "Germany"},
        ],
        "traffic-classes": [{"id": "from-service"}, {"id": "to-service"}],
        "ip-ranges": [_range(state, slot, named) for slot in CIDRS if slot in named],
        "oauth-clients": _clients(state, published),
        "clouds": [{"id": "workspace"}],
    }
    for name, documents in items.items():
        factory.facts(name, *documents)
    for path in factory.path("faqs").iterdir():
        path.unlink()
    for slot in ("a", "b"):
        if slot in named:
            _write_faq(factory, state, slot, named, published)
    _write_withdrawn(factory, items, state, named, published)


def name_slot(state: dict, slot: str) -> str:
    """The id that the document of *slot* has in *state*."""
    renamed = state[slot].get("name") and slot in _OTHER_NAMES
    return _OTHER_NAMES[slot] if renamed else slot


def _item(state: dict, slot: str, published: set[Key], collection: str, **fields) -> dict:
    now = name_slot(state, slot)
    other = {slot, _OTHER_NAMES.get(slot, slot)} - {now}
    known = {name for name in other if Key(collection, name) in published}
    return {
        "id": now,
        "aliases": sorted(known) if state[slot]["aliased"] else [],
        "reviewed_on": state[slot]["reviewed_on"],
        **fields,
    }


def _range(state: dict, slot: str, named: dict) -> dict:
    chosen = state[slot]
    center = named.get(chosen["data_center"], "de")
    return {
        "id": slot,
        "cidr": CIDRS[slot][chosen["cidr"]],
        "data_center": center,
        "traffic": chosen["traffic"],
        "effective_until": chosen["until"],
        "reviewed_on": chosen["reviewed_on"],
    }


def _clients(state: dict, published: set[Key]) -> list[dict]:
    chosen = state["google"]
    if chosen is None:
        return []
    fields = {name: chosen[name] for name in ("client_id", "product")}
    return [_item(state, "google", published, "oauth-clients", **fields)]


def _write_faq(
    factory: ContentFactory, state: dict, slot: str, named: dict, published: set[Key]
) -> None:
    chosen = state[slot]
    google = (
        f"{{{{ oauth-clients.{named['google']}.client_id }}}}" if "google" in named else "12345"
    )
    texts = {
        "plain": "Yes.\n",
        "literal": "It is 12345.\n",
        "value": f"It is {google}.\n",
        "of-dc": "{{ with dc }}\n\nYours is {{ dc.name }}.\n\n{{ end }}\n\nAll.\n",
        "section": "{{ without dc }}\n\nFind out.\n\n{{ end }}\n\nAll.\n",
        "table": "{{ table ip-ranges: cidr; traffic = from-service }}\n",
        "all": "{{ table ip-ranges: id, ports }}\n",
        "both": f"It is {google}.\n\n{{{{ table oauth-clients: product }}}}\n",
    }
    front = _item(state, slot, published, "faqs")
    summary = f"Client {google}." if chosen["summary"] == "value" else chosen["summary"]
    factory.faq(
        front.pop("id"),
        texts[chosen["text"]],
        **front,
        summary=summary,
        topics=[named.get(topic, topic) for topic in chosen["topics"]],
        status=chosen["status"],
        position=chosen["position"] * 2 + (slot == "b"),
    )


def _write_withdrawn(
    factory: ContentFactory, items, state: dict, named: dict, published: set[Key]
) -> None:
    kept = {Key("faqs", named[slot]) for slot in ("a", "b") if slot in named}
    for slot in ("a", "b"):
        if slot in named:
            kept |= {Key("faqs", a) for a in _item(state, slot, published, "faqs")["aliases"]}
    for name, documents in items.items():
        for document in documents:
            kept |= {Key(name, i) for i in (document["id"], *document.get("aliases", ()))}
    gone = sorted(published - kept)
    factory.withdrawn(
        *({"collection": k.collection, "id": k.id, "reason": "It ended."} for k in gone)
    )


def all_documents(archive: Archive, number: int) -> dict[Key, dict]:
    """Every document of the catalogue of release *number*."""
    catalogue = archive.get_numbered(number)
    return {
        document.key: document.body
        for collection in COLLECTIONS
        for document in catalogue.list_documents(collection.name)
    }
