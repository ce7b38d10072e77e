"""The folder of releases: what is read of it, and what is written."""

import stat
from dataclasses import replace

import pytest

from content.errors import TakenNumberError
from content.ledger.reader import LedgerState
from content.ledger.store import Ledger
from schemas.collections import COLLECTIONS
from tests.content.chains import build_chain, write_chain


@pytest.fixture
def ledger(tmp_path):
    """An empty ledger in a folder that is not there yet."""
    return Ledger(tmp_path / "releases", COLLECTIONS)


def list_names(ledger):
    return sorted(path.name for path in ledger.folder.iterdir())


def test_a_folder_that_is_not_there_is_an_empty_ledger(ledger):
    assert ledger.read() == LedgerState(())
    assert ledger.read().last is None


def test_what_is_appended_is_read(ledger):
    chain = build_chain(3)

    paths = [ledger.append(release, data) for release, data in chain]

    state = ledger.read()
    assert [path.name for path in paths] == ["00001.json", "00002.json", "00003.json"]
    assert [path.read_bytes() for path in paths] == [data for _, data in chain]
    assert state == LedgerState(tuple(release for release, _ in chain))
    assert state.last == chain[-1][0]
    assert list_names(ledger) == [path.name for path in paths]


def test_everybody_may_read_a_release_and_only_its_owner_write_it(ledger):
    path = ledger.append(*build_chain(1)[0])

    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_number_that_is_taken_is_never_overwritten(ledger):
    write_chain(ledger.folder, 2)
    before = [path.read_bytes() for path in sorted(ledger.folder.iterdir())]

    with pytest.raises(TakenNumberError) as caught:
        ledger.append(build_chain(2)[1][0], b"Other bytes.")

    assert [path.read_bytes() for path in sorted(ledger.folder.iterdir())] == before
    assert str(caught.value) == (
        "Another publisher made release 2 at the same time. Your changes were not published. "
        "See the other release with 'faqts log', check your remaining changes with 'faqts diff', "
        "and publish again."
    )


@pytest.mark.parametrize(
    ("missing", "beyond", "left"),
    [("00001.json", "00002.json", 0), ("00002.json", "00003.json", 1), ("00004.json", None, 3)],
)
def test_a_gap_stops_the_replay_and_names_what_is_missing(ledger, missing, beyond, left):
    write_chain(ledger.folder, 4)
    (ledger.folder / missing).unlink()

    state = ledger.read()

    assert len(state.releases) == left
    message = beyond and (f"{beyond}: {missing} is missing. Restore the published file.")
    assert (str(state.fault) if state.fault else None) == message


def test_far_beyond_is_ordered_by_number_and_not_as_text(ledger):
    write_chain(ledger.folder, 1)
    for name in ("100000.json", "99999.json"):
        (ledger.folder / name).write_bytes(b"")

    assert str(ledger.read().fault).startswith("99999.json: 00002.json is missing")


@pytest.mark.parametrize("name", ["00003.json", "99999.json"])
def test_a_release_under_another_name_does_not_verify(ledger, name):
    write_chain(ledger.folder, 2)
    (ledger.folder / "00002.json").rename(ledger.folder / name)

    state = ledger.read()

    assert len(state.releases) == 1
    assert str(state.fault).startswith(f"{name}: 00002.json is missing")


def test_releases_that_changed_places_do_not_verify(ledger):
    write_chain(ledger.folder, 3)
    two, three = (ledger.folder / name for name in ("00002.json", "00003.json"))
    data = two.read_bytes()
    two.write_bytes(three.read_bytes())
    three.write_bytes(data)

    state = ledger.read()

    assert len(state.releases) == 1
    assert "00002.json: has number 3 instead of 2." in str(state.fault)


def make_folder(path):
    path.mkdir()


def make_dangling_link(path):
    path.symlink_to("nowhere")


@pytest.mark.parametrize("make", [make_folder, make_dangling_link])
def test_what_is_no_file_stops_the_replay(ledger, make):
    write_chain(ledger.folder, 1)
    make(ledger.folder / "00002.json")

    state = ledger.read()

    assert len(state.releases) == 1
    assert state.fault.path.name == "00002.json"
    assert str(state.fault).startswith("00002.json: is ")


@pytest.mark.parametrize(
    "name",
    [".00002.json.abc123", "00002.json~", "2.json", "README.md", "00002.json.orig", "x00009.json"],
)
def test_other_files_never_disturb_reading(ledger, name):
    write_chain(ledger.folder, 1)
    (ledger.folder / name).write_bytes(b"{")

    state = ledger.read()

    assert (len(state.releases), state.fault) == (1, None)


def test_what_a_crashed_publisher_left_beside_does_not_stop_the_next(factory):
    factory.world().publish()
    folder = factory.place.ledger.folder
    (folder / ".00002.json.abc123").write_bytes(b"{")
    factory.faq("b")

    release = factory.publish()

    assert release.number == 2
    assert factory.place.ledger.read().fault is None


def test_an_append_that_cannot_be_linked_leaves_nothing_beside(ledger):
    write_chain(ledger.folder, 1)
    (ledger.folder / "00002.json").mkdir()

    with pytest.raises(TakenNumberError):
        ledger.append(*build_chain(2)[1])

    assert list_names(ledger) == ["00001.json", "00002.json"]


def test_the_hundred_thousandth_release_has_a_longer_name(ledger):
    release, data = build_chain(1)[0]

    path = ledger.append(replace(release, number=100_000), data)

    assert path.name == "100000.json"
