"""Pages: they meet without gap or overlap, also when a release arrives between them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import partial
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.answers.answer import ReadContext
from content.answers.faqs import list_faqs
from content.answers.paging import build_cursor, cut_page, read_cursor
from content.changes.net_changes import list_changes
from content.changes.releases import list_releases
from content.changes.revisions import list_revisions
from content.errors import ParametersError, ReadError, UnknownReleaseError
from tests.content.histories import few, histories, publish_history

LISTS = [
    list_faqs,
    lambda context, **page: list_faqs(context, topics=("network",), **page),
    list_releases,
    list_changes,
    lambda context, **page: list_changes(
        context, since=context.catalogue.get_release(1).id, **page
    ),
]


def turn_pages(ask, first, later, limit):
    """The items of every page; the first page is read from *first*, the others from *later*."""
    body = ask(first, limit=limit).body
    pages = [body]
    while body["next_cursor"]:
        body = ask(later, limit=limit, cursor=body["next_cursor"]).body
        pages.append(body)
    assert len({(page["release"], page["count"]) for page in pages}) == 1
    assert all(len(page["items"]) == limit for page in pages[:-1])
    return [item for page in pages for item in page["items"]]


@few
@given(states=histories(), limit=st.integers(1, 4))
def test_pages_meet_without_gap_or_overlap_while_releases_arrive(states, limit):
    with publish_history(states) as world:
        latest = world.read(world.numbers[-1])
        for number, ask in product(world.numbers, LISTS):
            first = world.read(number)
            whole = ask(first, limit=500).body
            assert whole["count"] == len(whole["items"])
            assert turn_pages(ask, first, first, limit) == whole["items"]
            assert turn_pages(ask, first, latest, limit) == whole["items"]


@few
@given(states=histories(), limit=st.integers(1, 4))
def test_pages_of_revisions_meet_while_releases_arrive(states, limit):
    with publish_history(states) as world:
        latest = world.read(world.numbers[-1])
        for number, faq_id in product(world.numbers, world.archive.history.ids["faqs"]):
            first, ask = world.read(number), partial(list_revisions, faq_id=faq_id)
            try:
                whole = ask(first, limit=500).body
            except ReadError:
                continue
            assert turn_pages(ask, first, latest, limit) == whole["items"]


def test_page_one_does_not_change_with_an_unrelated_publish(factory):
    factory.faq("a")
    factory.faq("b")
    factory.publish()
    before = list_faqs(ReadContext(factory.archive().latest, "2026-03-01"), limit=1).body
    factory.facts("deadlines", {"id": "end"})

    factory.publish()

    after = list_faqs(ReadContext(factory.archive().latest, "2026-03-01"), limit=1).body
    assert after == before


@given(
    st.lists(st.text(), unique=True),
    st.integers(1, 5),
    st.dictionaries(st.text(), st.none() | st.text() | st.lists(st.text())),
)
def test_cursors_lead_through_a_list_of_any_keys(keys, limit, filters):
    found, cursor = [], None
    for _ in range(len(keys) + 1):
        page, after = cut_page(keys, str, limit, read_cursor(cursor, filters))
        found += page
        cursor = build_cursor("2026-02-02.01", filters, after)
        if cursor is None:
            break

    assert found == keys


def encode(value):
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


GOOD = build_cursor("2026-02-02.01", {"topics": ()}, "a")
FINGERPRINT = json.loads(urlsafe_b64decode(GOOD))[1]


NONSENSE = {
    "empty": "",
    "letter": "x",
    "not-ascii": "é",
    "not-base64": "!!!!",
    "cut": GOOD[:-5],
    "text": encode("abcd"),
    "null": encode(None),
    "number": encode(7),
    "object": encode({"a": 1}),
    "short": encode(["2026-02-02.01", FINGERPRINT]),
    "key-not-text": encode(["2026-02-02.01", FINGERPRINT, 7]),
    "release-null": encode([None, FINGERPRINT, "a"]),
    "release-not-text": encode([["2026-02-02.01"], FINGERPRINT, "a"]),
    "deep": urlsafe_b64encode(b"[" * 3000).decode(),
    "not-utf-8": urlsafe_b64encode(b"\xff\xfe").decode(),
}


@pytest.mark.parametrize("cursor", NONSENSE.values(), ids=NONSENSE)
def test_what_is_no_cursor_is_refused_with_the_way_on(cursor):
    with pytest.raises(ParametersError, match=r"is not a cursor. Use next_cursor") as caught:
        read_cursor(cursor, {"topics": ()})

    assert [fault.parameter for fault in caught.value.faults] == ["cursor"]


def test_a_cursor_of_other_filters_is_refused():
    with pytest.raises(ParametersError, match=r"other filters. Use the same filters"):
        read_cursor(GOOD, {"topics": ("network",)})


def test_filters_of_a_set_make_the_same_cursor_in_any_order():
    text = build_cursor("2026-02-02.01", {"dc": {"uk", "de", "fr", "us"}}, "a")

    assert read_cursor(text, {"dc": {"us", "fr", "de", "uk"}}).after == "a"


@pytest.mark.parametrize("after", ["gone", ""])
def test_a_cursor_after_an_item_that_is_not_there_is_refused(factory, after):
    factory.faq("a")
    factory.publish()
    filters = {"cites": None}
    cursor = build_cursor("2026-02-02.01", filters, after)

    with pytest.raises(ParametersError, match="item of the cursor is not in the list"):
        list_faqs(ReadContext(factory.archive().latest, "2026-03-01"), limit=1, cursor=cursor)


def test_a_cursor_of_a_release_that_is_not_there_is_an_unknown_release(factory):
    factory.faq("a")
    factory.publish()
    cursor = build_cursor("2020-01-01.01", {"cites": None}, "a")

    with pytest.raises(UnknownReleaseError):
        list_faqs(ReadContext(factory.archive().latest, "2026-03-01"), limit=1, cursor=cursor)
