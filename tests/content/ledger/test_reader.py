"""Reading a ledger again and again: what is noticed, and what that costs."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from content.ledger.reader import MAX_RELEASE_BYTES, LedgerReader
from schemas.collections import COLLECTIONS
from tests.content.chains import build_chain, write_chain

ROOT = Path(__file__).parents[3]
LONG = 1_200


@pytest.fixture
def folder(tmp_path):
    """A ledger of three releases."""
    write_chain(tmp_path / "releases")
    return tmp_path / "releases"


@pytest.fixture
def reader(folder):
    return LedgerReader(folder, COLLECTIONS)


def count_calls(act, name: str) -> int:
    """How often the function *name* was called by *act*."""
    counted = 0

    def count(frame, event, _argument):
        nonlocal counted
        counted += event == "call" and frame.f_code.co_name == name

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return counted


def test_only_what_follows_is_parsed(reader, folder):
    before = reader.read()
    fourth, data = build_chain(4)[3]
    (folder / "00004.json").write_bytes(data)

    assert count_calls(reader.read, "parse_release") == 1
    after = reader.read()
    assert after.releases == (*before.releases, fourth)
    assert all(a is b for a, b in zip(before.releases, after.releases, strict=False))


def test_without_news_the_same_object_comes_back(reader):
    assert reader.read() is reader.read()


@pytest.mark.parametrize("data", [b"{", b" " * 30_000_000 + b"}", b"[" * 30_000_000])
def test_a_faulty_file_is_parsed_again_only_when_its_bytes_change(reader, folder, data):
    path = folder / "00004.json"
    reader.read()
    path.write_bytes(data)

    parses = [count_calls(reader.read, "parse_release") for _ in range(3)]
    os.utime(path, (0, 0))
    parses.append(count_calls(reader.read, "parse_release"))
    path.write_bytes(data + b" ")
    parses.append(count_calls(reader.read, "parse_release"))

    assert reader.read().fault is not None
    assert parses == [1, 0, 0, 0, 1]


def test_releases_behind_a_faulty_one_are_not_parsed_again_when_it_is_restored(reader, folder):
    before = reader.read()
    path = folder / "00001.json"
    data = path.read_bytes()
    path.unlink()
    assert reader.read().releases == ()
    path.write_bytes(data)

    assert count_calls(reader.read, "parse_release") == 0
    assert reader.read().releases == before.releases


def test_an_edit_in_place_of_the_newest_release_is_noticed_at_once(reader, folder):
    reader.read()
    with (folder / "00003.json").open("r+b") as file:
        file.write(b"[")

    assert len(reader.read().releases) == 2


def test_an_edit_in_place_of_an_older_release_is_noticed_when_its_turn_comes(tmp_path):
    write_chain(tmp_path, LONG)
    reader = LedgerReader(tmp_path, COLLECTIONS)
    reader.read()
    looks = {}

    for number in (1, 499, 500, 501, 1_000, LONG - 1, LONG):
        with (tmp_path / f"{number:05d}.json").open("r+b") as file:
            file.write(b"[")
            file.flush()
            looks[number] = 1
            while (state := reader.read()).fault is None and looks[number] < 9:
                looks[number] += 1
            assert state.fault.path.name == f"{number:05d}.json"
            file.seek(0)
            file.write(b"{")
        assert reader.read().fault is None

    # A look for each 500 releases is promised.
    assert max(looks.values()) <= 3
    assert looks[LONG] == 1


def test_a_look_without_news_costs_few_calls_however_many_releases_there_are(tmp_path):
    write_chain(tmp_path, LONG)
    reader = LedgerReader(tmp_path, COLLECTIONS)
    reader.read()

    assert count_calls(reader.read, "_load") <= 502
    assert count_calls(reader.read, "_list_files") == 0


def test_a_fifo_is_a_fault_that_is_never_opened(reader, folder):
    os.mkfifo(folder / "00004.json")
    opened = threading.Event()

    def write() -> None:
        # Opening waits until somebody reads.
        with (folder / "00004.json").open("wb"):
            opened.set()

    threading.Thread(target=write, daemon=True).start()
    state = reader.read()

    assert len(state.releases) == 3
    assert str(state.fault) == "00004.json: is not a regular file."
    assert not opened.wait(0.2)
    os.close(os.open(folder / "00004.json", os.O_RDONLY | os.O_NONBLOCK))

    (folder / "00004.json").unlink()
    (folder / "00004.json").write_bytes(build_chain(4)[3][1])
    assert len(reader.read().releases) == 4


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/tty", "."])
def test_a_link_to_what_is_no_file_is_a_fault(reader, folder, target):
    (folder / "00004.json").symlink_to(target)

    assert str(reader.read().fault) == "00004.json: is not a regular file."


def test_a_file_that_is_too_large_is_not_read(reader, folder):
    with (folder / "00004.json").open("wb") as file:
        file.truncate(MAX_RELEASE_BYTES + 1)

    assert count_calls(reader.read, "parse_release") == 3
    assert str(reader.read().fault) == (
        "00004.json: has 67,108,865 bytes. The maximum is 67,108,864."
    )


def test_links_to_files_are_followed_and_their_exchange_is_noticed(tmp_path):
    # As Kubernetes mounts a ConfigMap.
    write_chain(tmp_path / "one", 2)
    write_chain(tmp_path / "two", 3)
    place = tmp_path / "place"
    place.mkdir()
    (place / "..data").symlink_to(tmp_path / "one")
    for number in (1, 2, 3):
        (place / f"{number:05d}.json").symlink_to(f"..data/{number:05d}.json")
    reader = LedgerReader(place, COLLECTIONS)
    before = reader.read()

    (place / "..new").symlink_to(tmp_path / "two")
    (place / "..new").rename(place / "..data")

    assert (len(before.releases), len(reader.read().releases)) == (2, 3)
    assert str(before.fault) == "00003.json: is a link to a file that does not exist."


#: Root may read everything, but for the capabilities that are taken away here.
UNPRIVILEGED = () if os.getuid() else ("setpriv", "--bounding-set", "-all", "--inh-caps", "-all")
READ = """
import sys
from pathlib import Path
from content.ledger.reader import LedgerReader
from schemas.collections import COLLECTIONS
state = LedgerReader(Path(sys.argv[1]), COLLECTIONS).read()
print(len(state.releases), state.fault)
"""


@pytest.mark.parametrize(
    ("name", "mode", "read"),
    [
        (".", 0o000, "0 00001.json: cannot be read: Permission denied.\n"),
        (".", 0o600, "0 00001.json: cannot be read: Permission denied.\n"),
        (".", 0o300, "3 releases: cannot be read: Permission denied.\n"),
        ("..", 0o000, "0 releases: cannot be read: Permission denied.\n"),
        ("00002.json", 0o000, "1 00002.json: cannot be read: Permission denied.\n"),
    ],
)
def test_what_may_not_be_read_is_a_fault(folder, name, mode, read):
    path = (folder / name).resolve()
    path.chmod(mode)
    try:
        done = subprocess.run(
            [*UNPRIVILEGED, sys.executable, "-c", READ, folder],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    finally:
        path.chmod(0o755)

    assert done.stdout == read


def test_a_file_in_the_place_of_the_folder_is_a_fault(tmp_path):
    (tmp_path / "releases").write_bytes(b"")

    state = LedgerReader(tmp_path / "releases", COLLECTIONS).read()

    assert str(state.fault) == "00001.json: cannot be read: Not a directory."


@pytest.mark.parametrize(("seconds", "accepted"), [(-61, 2), (-60, 3), (0, 3)])
def test_a_release_of_the_future_is_refused_until_its_time(folder, seconds, accepted):
    third = build_chain(3)[2][0]
    now = datetime.fromisoformat(third.published_at) + timedelta(seconds=seconds)
    reader = LedgerReader(folder, COLLECTIONS)

    assert len(reader.read(now).releases) == accepted
    assert len(reader.read().releases) == 3
    assert len(reader.read(datetime(1999, 1, 1, tzinfo=UTC)).releases) == 0
    assert len(reader.read(now).releases) == accepted
