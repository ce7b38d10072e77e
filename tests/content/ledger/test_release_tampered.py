"""Release files that were changed: the first that does not verify stops the replay there."""

import json
from copy import deepcopy

import pytest

from content.errors import LedgerError
from content.ledger.release import ReleaseFault, parse_release
from content.ledger.store import Ledger
from schemas.collections import COLLECTIONS
from tests.content.chains import build_chain, seal, write_chain

(FIRST, _), (SECOND, DATA) = build_chain(2)
KEPT = json.loads(DATA)
#: Another value of the same shape for each field.
OTHERS = {
    "format": 2,
    "number": 3,
    "release": "2026-02-03.02",
    "published_at": "2026-02-03T12:00:01Z",
    "summary": "Another.",
    "previous": "sha256:" + "0" * 64,
    "changes": [],
    "digest": "sha256:" + "0" * 64,
}


def parse(data, previous=FIRST):
    return parse_release(data, previous, COLLECTIONS)


def write(kept):
    return json.dumps(kept).encode()


def edit(path, value):
    """The kept release with the value at *path* set."""
    kept = deepcopy(KEPT)
    inner = kept
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return kept


def list_paths(value, path=()):
    """The way to every value within *value*."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in steps:
        yield (*path, step)
        if isinstance(inner, dict | list):
            yield from list_paths(inner, (*path, step))


PATHS = list(list_paths(KEPT))
NAMES = [".".join(map(str, path)) for path in PATHS]


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
@pytest.mark.parametrize("value", ["x", None, 7, [], {}], ids=str)
def test_every_value_is_covered_by_the_digest(path, value):
    kept = edit(path, value)

    if kept == KEPT:
        assert parse(write(kept)) == SECOND
    else:
        with pytest.raises(ReleaseFault):
            parse(write(kept))


@pytest.mark.parametrize("name", OTHERS)
def test_a_field_that_was_changed_or_taken_out_does_not_verify(name):
    without = {key: value for key, value in KEPT.items() if key != name}

    with pytest.raises(ReleaseFault):
        parse(write(KEPT | {name: OTHERS[name]}))
    with pytest.raises(ReleaseFault, match=r"is not a release file: .*Missing data"):
        parse(write(without))


def test_fields_in_another_order_are_the_same_release():
    backwards = dict(reversed(KEPT.items()))

    assert parse(write(backwards)) == SECOND


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("format", 2, "has format 2, but this version reads format 1."),
        ("number", 3, "has number 3 instead of 2."),
        ("number", 2**53 - 1, "has number 9007199254740991 instead of 2."),
        ("number", True, "is not a whole number"),
        ("previous", None, "does not continue the chain"),
        ("previous", OTHERS["previous"], "does not continue the chain"),
        (
            "published_at",
            "2026-02-04T12:00:00Z",
            "has different days in `release` and `published_at`.",
        ),
        ("published_at", "2026-02-03T12:00:00+00:00", "is not a time in UTC"),
        ("published_at", "2026-2-3T12:00:00Z", "is not a time in UTC"),
        ("release", "2026-02-03.1", "is not a release"),
        ("release", "2026-02-30.01", "is not a release"),
        ("summary", " ", "this is empty"),
        ("changes", {}, "is not a list"),
    ],
)
def test_a_sealed_file_is_verified_all_the_same(field, value, message):
    sealed = seal(KEPT | {field: value})

    with pytest.raises(ReleaseFault, match=message):
        parse(sealed)


@pytest.mark.parametrize(
    ("release", "published_at", "message"),
    [
        ("2026-02-02.02", "2026-02-02T12:00:00Z", "not after the one of the release before"),
        (
            "2026-02-02.01",
            "2026-02-02T12:00:01Z",
            "has an ID that does not come after 2026-02-02.01",
        ),
        ("2026-02-01.01", "2026-02-01T12:00:00Z", "not after the one of the release before"),
    ],
)
def test_releases_follow_one_another_in_time_and_in_name(release, published_at, message):
    sealed = seal(KEPT | {"release": release, "published_at": published_at})

    with pytest.raises(ReleaseFault, match=message):
        parse(sealed)


def change(**fields):
    return KEPT["changes"][0] | fields


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([change(), change()], "listed twice"),
        ([change(), change(reason="Again.")], "changes clouds/cloud-2 more than once."),
        ([change(), change(action="delete", body=None)], "clouds/cloud-2 more than once."),
        ([change(collection="prices"), change(collection="prices", reason="x")], "prices/cloud-2"),
        ([change(id="other")], "clouds/other cannot be read: its body has the ID 'cloud-2'."),
        ([change(body=None)], "clouds/cloud-2 cannot be read"),
        ([change(body={"id": "cloud-2"})], "clouds/cloud-2 cannot be read"),
        ([change(action="move")], "is not one of put, delete"),
        ([change(id="Not an id")], "is not an ID"),
        ([change(cites=[{}])], "Missing data"),
    ],
)
def test_changes_that_no_publisher_makes_do_not_verify(changes, message):
    with pytest.raises(ReleaseFault, match=message):
        parse(seal(KEPT | {"changes": changes}))


BROKEN = {
    "empty": (b"", "Expecting value"),
    "cut": (DATA[:-30], "Unterminated string"),
    "longer": (DATA + b"{}", "Extra data"),
    "not-utf-8": (b"\xff\xfe" + DATA, "can't decode"),
    "utf-16": (DATA.decode().encode("utf-16"), "can't decode"),
    "byte-order-mark": (b"\xef\xbb\xbf" + DATA, "BOM"),
    "list": (b"[]", "Invalid input type"),
    "null": (b"null", "Invalid input type"),
    "deep-list": (b"[" * 100_000, "recursion"),
    "deep-object": (b'{"a":' * 100_000, "recursion"),
    "long-number": (b'{"number": ' + b"9" * 5000 + b"}", "4300 digits"),
    "half-a-pair": (DATA.replace(b'"Number 2."', b'"Half \\ud800."'), "surrogates not allowed"),
    "twins": (
        DATA.replace(b"{", b'{"summary": "Read me.",', 1),
        "the key 'summary' appears more than once",
    ),
}


@pytest.mark.parametrize(("data", "message"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_release_file_is_said_to_be_none(data, message):
    with pytest.raises(ReleaseFault, match=f"is not a release file: .*{message}"):
        parse(data)


def test_a_message_stays_a_line_of_a_log():
    with pytest.raises(ReleaseFault) as caught:
        parse(seal(KEPT | {"changes": [{} for _ in range(500)]}))

    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_came_before_a_bad_release_is_served(tmp_path, number):
    chain = write_chain(tmp_path, 3)
    path = tmp_path / f"{number:05d}.json"
    path.write_bytes(path.read_bytes().replace(b"Number", b"number"))

    state = Ledger(tmp_path, COLLECTIONS).read()

    assert list(state.releases) == [release for release, _ in chain[: number - 1]]
    assert isinstance(state.fault, LedgerError)
    assert state.fault.path == path
    assert str(state.fault) == (
        f"{path.name}: has a digest that does not match its content. Restore the published file."
    )
