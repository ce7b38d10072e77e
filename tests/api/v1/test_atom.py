"""Releases as an Atom feed, read by a feed reader and held against the schema of the format."""

import re
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from api.app import create_app
from api.settings import Settings
from content.formats.releases_atom import MAX_CHANGES, MAX_ENTRIES, MAX_LETTERS
from tests.content_factory import ContentFactory

FEED = "/v1/releases?format=atom"
SCHEMA = etree.RelaxNG(file=Path(__file__).parents[2] / "atom.rng")
ROOT = Path(__file__).parents[3]
UNCHANGED = (
    {"id": "uk-2", "cidr": "2a00:100::/48"},
    {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
    {"id": "uk-3", "cidr": "203.0.118.0/24", "effective_from": "2026-06-01"},
)


def read(client, path: str = FEED) -> feedparser.FeedParserDict:
    """What a feed reader makes of *path*, which is valid."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_json()
    assert answer.content_type == "application/atom+xml"
    validate(answer.data)
    feed = feedparser.parse(answer.data)
    assert not feed.bozo, feed.bozo_exception
    return feed


def validate(text: bytes) -> None:
    """Hold *text* against RFC 4287: its schema, and the rules that the schema cannot say."""
    feed = etree.fromstring(text)
    SCHEMA.assertValid(feed)
    atom = "{http://www.w3.org/2005/Atom}"
    ids = [element.text for element in feed.findall(f"{atom}entry/{atom}id")]
    assert len(ids) == len(set(ids))
    assert feed.find(f"{atom}author") is not None
    for scope in (feed, *feed.findall(f"{atom}entry")):
        rels = [link.get("rel") for link in scope.findall(f"{atom}link")]
        assert len(rels) == len(set(rels))
        assert "alternate" in rels


def find_link(feed, rel: str) -> str | None:
    """The address of the link *rel*, below the public address."""
    found = [link.href for link in feed.feed.links if link.rel == rel]
    return found[0].removeprefix("http://127.0.0.1:8000") if found else None


@pytest.fixture
def changed(factory):
    """The world in three releases: made, a range retiring and one new, an answer withdrawn."""
    factory.world()
    factory.faq("old", "Before.\n\nThe same.\n")
    factory.publish("The world.")
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/24", "effective_until": "2026-06-30"},
        *UNCHANGED,
    )
    factory.faq("old", "After `<b>` & more.\n\nThe same.\n")
    factory.publish('Ranges <move> & "so" on.')
    factory.path("faqs/old.md").unlink()
    gone = {"collection": "faqs", "id": "old", "reason": "It said <nothing>."}
    factory.withdrawn({**gone, "successor": "faqs/addresses"})
    factory.publish("One less.")
    return factory


def test_an_entry_is_a_release_and_holds_its_changes(changed):
    feed = read(changed.client())

    withdrawn, moved, made = feed.entries
    assert moved.title == '2026-02-03.01: Ranges <move> & "so" on.'
    assert moved.published == moved.updated == "2026-02-03T12:00:00Z"
    assert moved.link == "http://127.0.0.1:8000/releases/2026-02-03.01"
    text = moved.content[0].value
    for message in (
        *("allow</strong> from 2026-06-01: added <code>ip-ranges/uk-3</code>", "203.0.118.0/24"),
        *(
            "remove</strong> from 2026-07-01: changed <code>ip-ranges/uk-1</code>",
            "cidr 203.0.114.0/24",
        ),
        *("<th>effective_until</th><td></td><td>2026-06-30</td>", "faqs/old"),
        *(
            "<td>Before.</td><td>After `&lt;b&gt;` &amp; more.</td>",
            "1 added, 3 changed, 0 removed.",
        ),
    ):
        assert message in text
    assert "The same." not in text
    assert "Reason: It said &lt;nothing&gt;." in withdrawn.content[0].value
    assert "See instead: <code>faqs/addresses</code>" in withdrawn.content[0].value
    assert "ip-ranges/de-1" in made.content[0].value


def test_what_firewalls_need_comes_first_in_an_entry(changed):
    changed.facts("ip-ranges", {"id": "uk-1"}, *UNCHANGED)
    changed.facts("data-retention", {"id": "events"})
    changed.faq("new")
    changed.publish("A range stays, and more to read.")

    text = read(changed.client()).entries[0].content[0].value

    for read_only in ("faqs/new", "data-retention/events", "faqs/addresses"):
        assert text.index("<code>ip-ranges/uk-1</code>") < text.index(read_only)


def test_the_feed_was_updated_when_its_newest_release_was_published(changed):
    feed = read(changed.client())

    assert feed.feed.updated == feed.entries[0].updated == "2026-02-04T12:00:00Z"
    assert feed.feed.author == "Admin guidance"
    assert find_link(feed, "self") == FEED
    assert find_link(feed, "alternate") == "/changes"
    assert (find_link(feed, "next"), find_link(feed, "first")) == (None, None)


def test_ids_stay_when_the_public_address_changes_and_when_releases_come(changed):
    before = read(changed.client())
    changed.facts("oauth-clients", {"id": "google", "client_id": "999"})
    changed.publish("Another.")
    settings = Settings(
        ledger=changed.place.ledger.folder,
        public_url="https://elsewhere.example",
        today="2026-04-01",
    )
    app = create_app(settings)
    app.extensions["faqts"].follower.refresh()

    after = read(app.test_client())

    assert [entry.id for entry in after.entries[1:]] == [entry.id for entry in before.entries]
    assert after.feed.id == before.feed.id
    assert after.entries[0].link.startswith("https://elsewhere.example/releases/")
    assert [entry.content[0].value for entry in after.entries[1:]] == [
        entry.content[0].value for entry in before.entries
    ]
    assert {entry.id.rpartition(":")[0] for entry in after.entries} == {"urn:uuid"}


def test_two_ledgers_have_two_feeds(changed, tmp_path_factory):
    other = ContentFactory(tmp_path_factory.mktemp("other")).world()
    other.publish("Another world.")

    mine, theirs = read(changed.client()), read(other.client())

    assert mine.feed.id != theirs.feed.id
    assert {e.id for e in mine.entries} & {e.id for e in theirs.entries} == set()


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A ledger of two releases more than two pages of the feed hold."""
    factory = ContentFactory(tmp_path_factory.mktemp("many")).world()
    factory.publish()
    for number in range(2 * MAX_ENTRIES + 1):
        factory.facts("oauth-clients", {"id": "google", "client_id": f"c{number}"})
        factory.publish(f"Client {number}.")
    return factory


@pytest.mark.parametrize(("limit", "pages"), [("", 3), ("&limit=500", 3), ("&limit=15", 3)])
def test_pages_hold_every_release_once_though_one_comes_in_between(many, tmp_path, limit, pages):
    many = many.copy(tmp_path)
    expected = [item["release"] for item in many.client().get("/v1/releases").get_json()["items"]]
    path, seen, count = f"{FEED}{limit}", [], 0
    first = find_link(read(many.client(), path), "self")

    while path and count < 10:
        feed = read(many.client(), path)
        seen += [entry.title.partition(":")[0] for entry in feed.entries]
        assert find_link(feed, "first") == (first if count else None)
        if count == 0:
            many.facts("oauth-clients", {"id": "google", "client_id": "later"})
            many.publish("In between.")
        path, count = find_link(feed, "next"), count + 1

    assert seen == expected
    assert count == pages


@pytest.mark.parametrize("query", ["", "&limit=30", "&limit=3"])
def test_the_header_leads_to_the_page_that_the_feed_leads_to(many, query):
    answer = many.client().get(f"{FEED}{query}")

    target = re.search(r'<([^>]+)>; rel="next"', answer.headers["Link"])[1]
    assert target == find_link(read(many.client(), f"{FEED}{query}"), "next")


def test_a_pinned_feed_leads_to_pages_as_of_its_release(many):
    feed = read(many.client(), f"{FEED}&limit=2&release=2026-02-10.01")

    for relation in ("self", "next"):
        assert "release=2026-02-10.01" in find_link(feed, relation)


def test_one_day_has_the_release_in_force(changed):
    feed = read(changed.client(), f"{FEED}&on=2026-02-03")

    assert [entry.title[:13] for entry in feed.entries] == ["2026-02-03.01"]
    assert find_link(feed, "self") == "/v1/releases?on=2026-02-03&format=atom"


def test_before_the_first_release_the_feed_is_empty_and_valid(changed):
    assert read(changed.client(), f"{FEED}&on=2020-01-01").entries == []


def test_a_pinned_feed_stays_as_it_was(changed):
    pinned = f"{FEED}&release=2026-02-03.01"
    before = changed.client().get(pinned)
    changed.facts("oauth-clients", {"id": "google", "client_id": "999"})
    changed.publish("Another.")

    assert changed.client().get(pinned).data == before.data
    assert len(read(changed.client(), pinned).entries) == 2


def test_a_reader_of_feeds_gets_the_feed_by_accept(client):
    accept = "application/atom+xml, application/rss+xml;q=0.9, */*;q=0.1"

    answer = client.get("/v1/releases", headers={"Accept": accept})

    assert answer.content_type == "application/atom+xml"
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"


def test_a_release_of_a_thousand_changes_is_cut_and_says_where_the_rest_is(factory):
    factory.world()
    ranges = [{"id": f"r-{n}", "cidr": f"45.{n // 256}.{n % 256}.0/24"} for n in range(1000)]
    factory.facts("ip-ranges", *ranges)
    factory.publish("All.")

    answer = factory.client().get(FEED)
    (entry,) = read(factory.client()).entries

    assert len(answer.data) < 2 * MAX_LETTERS
    text = entry.content[0].value
    assert text.count("<li>") == MAX_CHANGES
    total = sum(factory.client().get("/v1/releases").get_json()["items"][0]["counts"].values())
    assert f"{total - MAX_CHANGES} more: " in text
    assert 'href="http://127.0.0.1:8000/releases/2026-02-02.01"' in text


def test_long_changes_are_cut_before_their_number_is_reached(factory):
    factory.world()
    long = "\n".join(f"Line {number}: {'& ' * 40}." for number in range(130))
    for number in range(MAX_CHANGES):
        factory.faq(f"faq-{number}", f"{long}\n", summary="& " * 140 + ".")
    factory.publish("Long.")

    (entry,) = read(factory.client()).entries

    assert len(factory.client().get(FEED).data) < 2 * MAX_LETTERS
    shown = entry.content[0].value.count("<li>")
    assert 0 < shown < MAX_CHANGES
    assert re.search(r"\d+ more: ", entry.content[0].value)
    assert "more characters)" in entry.content[0].value


def test_the_shipped_releases_are_a_valid_feed():
    app = create_app(Settings(ledger=ROOT / "content" / "releases"))
    app.extensions["faqts"].follower.refresh()

    feed = read(app.test_client())

    assert len(feed.entries) == len(list((ROOT / "content" / "releases").glob("*.json")))
