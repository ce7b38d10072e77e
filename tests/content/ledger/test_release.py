"""A release: its name, its digest and its file."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from content.documents import Citation, Document, Key
from content.ledger.release import Change, build_release, order_release, parse_release
from schemas.collections import COLLECTIONS
from tests.content.chains import NOON, build_chain, build_document, seal

#: Whatever UTF-8 can hold, with more of what JSON has to escape.
TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from('"\\/\b\t\n\x00\x1f\x7f\u2028\ufeff\U0001f4c5'),
    min_size=1,
).filter(str.strip)
CITES = st.builds(
    Citation,
    collection=st.just("data-centers"),
    id=st.none() | st.just("uk"),
    fields=st.lists(st.sampled_from(["name", "country"]), unique=True).map(tuple),
    where=st.dictionaries(st.sampled_from(["b", "a"]), TEXTS).map(lambda w: tuple(w.items())),
)


@st.composite
def changes(draw):
    documents = [
        build_document("clouds", id=name, name=draw(TEXTS), conditions=draw(TEXTS))
        for name in draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True))
    ]
    puts = [Change(d.key, Document(d.key, d.body, (draw(CITES),))) for d in documents]
    successor = draw(st.none() | st.just("clouds/a"))
    gone = Change(Key("clouds", "gone"), None, draw(st.none() | TEXTS), successor)
    return (*puts, gone)


@given(TEXTS, changes())
def test_the_digest_is_the_one_that_an_outsider_computes(summary, listed):
    release, data = build_release(None, NOON, summary, listed)

    kept = json.loads(data)
    digest = kept.pop("digest")
    assert digest == f"sha256:{sha256(rfc8785.dumps(kept)).hexdigest()}"
    assert release.digest == digest


@given(TEXTS, changes())
def test_a_release_reads_as_it_was_built(summary, listed):
    first, before = build_release(None, NOON, "The first.", ())
    release, data = build_release(first, NOON + timedelta(seconds=1), summary, listed)

    assert parse_release(before, None, COLLECTIONS) == first
    assert parse_release(data, first, COLLECTIONS) == release


def test_a_file_can_be_read_in_a_review():
    document = build_document("clouds", id="a", name="Büro 📅")
    _, data = build_release(None, NOON, "The first.", [Change(document.key, document)])

    lines = data.decode().splitlines()
    assert lines[:4] == ["{", '  "format": 1,', '  "number": 1,', '  "release": "2026-02-01.01",']
    assert '        "name": "Büro 📅",' in lines
    assert data.endswith(b"\n}\n")
    assert list(json.loads(data)) == [
        *("format", "number", "release", "published_at", "summary", "previous", "changes"),
        "digest",
    ]


def test_half_a_surrogate_pair_makes_no_release():
    with pytest.raises(UnicodeEncodeError):
        build_release(None, NOON, "Half \ud800.", ())


def test_releases_of_one_day_are_counted_and_ordered_as_numbers():
    release, names = None, []
    for place in range(101):
        release, _ = build_release(release, NOON + timedelta(seconds=place), "Again.", ())
        names.append(release.id)

    assert names[0] == "2026-02-01.01"
    assert names[8:10] == ["2026-02-01.09", "2026-02-01.10"]
    assert names[98:] == ["2026-02-01.99", "2026-02-01.100", "2026-02-01.101"]
    assert sorted(names, key=order_release) == names
    assert sorted(names) != names


def test_a_new_day_begins_with_one_again():
    chain = build_chain(2)

    assert [release.id for release, _ in chain] == ["2026-02-02.01", "2026-02-03.01"]


def test_the_day_of_a_release_is_that_of_its_instant_in_utc():
    instant = datetime.fromisoformat("2026-02-02T00:30:00+02:00")

    release, _ = build_release(None, instant, "Early.", ())

    assert (release.id, release.published_on) == ("2026-02-01.01", "2026-02-01")
    assert release.published_at == "2026-02-01T22:30:00Z"
    assert instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") == release.published_at


def read_again(change_body):
    """The one document of a release whose file was changed and sealed again."""
    document = build_document("oauth-clients", id="google")
    _, data = build_release(None, NOON, "The first.", [Change(document.key, document)])
    kept = json.loads(data)
    change_body(kept["changes"][0]["body"])
    kept["later"] = {"deep": [1, "é"]}
    kept["changes"][0]["later"] = True
    (change,) = parse_release(seal(kept), None, COLLECTIONS).changes
    return change.document.body, document.body


def test_what_a_later_version_added_is_left_out():
    def change_body(body):
        body["later"] = "A field."
        body["sources"][0]["later"] = "Within a field."

    assert_equal(*read_again(change_body))


def test_what_an_earlier_version_did_not_have_gets_its_default():
    def change_body(body):
        for name in ("aliases", "deprecated_on", "sunset_on"):
            del body[name]

    assert_equal(*read_again(change_body))


def assert_equal(found, expected):
    assert found == expected
    assert list(found) == list(expected)


def test_documents_of_a_kind_that_is_not_known_are_passed_over():
    document = build_document("clouds", id="a")
    stranger = Document(Key("prices", "a"), {"amount": 1.5, "nothing": None})
    listed = [Change(d.key, d) for d in (document, stranger)]
    _, data = build_release(None, NOON, "Both.", [*listed, Change(Key("prices", "b"), None)])

    read = parse_release(data, None, COLLECTIONS)

    assert [change.key for change in read.changes] == [document.key]
