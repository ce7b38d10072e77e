"""The ledger under real processes: killed at every step, two at once, and on a full disk."""

import errno
import os
import subprocess
import sys
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest

from content.ledger.reader import LedgerReader
from content.ledger.store import Ledger
from schemas.collections import COLLECTIONS
from tests.content.chains import build_chain, write_chain

ROOT = Path(__file__).parents[3]
ROUNDS = 40


def start(role, folder):
    command = [sys.executable, "-m", "tests.content.publishers", role, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, text=True, **pipes)


def test_a_publisher_that_is_killed_at_any_step_leaves_a_whole_ledger(tmp_path):
    with start("crash", tmp_path) as process:
        assert process.wait(timeout=120) == 0

    chain = build_chain(3)
    found, left = [], 0
    for step in range(1, len(list(tmp_path.iterdir())) + 1):
        ledger = Ledger(tmp_path / str(step), COLLECTIONS)
        state = ledger.read()
        assert state.fault is None
        assert list(state.releases) == [release for release, _ in chain[: len(state.releases)]]
        found.append(len(state.releases))
        left += len(list(ledger.folder.glob(".*")))
        ledger.append(*chain[len(state.releases)])
        assert len(ledger.read().releases) == found[-1] + 1
        # What the killed publisher had written beside is gone.
        assert list(ledger.folder.glob(".*")) == []
    assert left >= 5
    # Absent up to the link, whole after it; and there were steps of both kinds.
    assert found == sorted(found)
    assert found.count(1) >= 10
    assert found.count(2) >= 4


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(tmp_path):
    with start("race", tmp_path) as one, start("race", tmp_path) as other:
        outcomes = [play_round(one, other) for _ in range(ROUNDS)]
        for process in (one, other):
            process.stdin.close()

    for number, outcome in enumerate(outcomes, start=1):
        assert sorted(message.split(".")[0] for message in outcome) == [
            f"Another publisher made release {number} at the same time",
            "won",
        ]
    state = Ledger(tmp_path, COLLECTIONS).read()
    assert (len(state.releases), state.fault) == (ROUNDS, None)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def play_round(*processes):
    for message in ("begin", "go"):
        for process in processes:
            process.stdin.write(f"{message}\n")
            process.stdin.flush()
        answers = [process.stdout.readline().strip() for process in processes]
    return answers


def test_a_publisher_that_is_not_done_keeps_its_file_while_others_publish(tmp_path):
    write_chain(tmp_path, 1)
    with start("linger", tmp_path) as process:
        assert process.stdout.readline() == "ready\n"
        (beside,) = tmp_path.glob(".*")

        for release, data in build_chain(3)[1:]:
            Ledger(tmp_path, COLLECTIONS).append(release, data)

        assert list(tmp_path.glob(".*")) == [beside]
        output, _ = process.communicate("go\n", timeout=60)
    assert output == "taken\n"
    assert list(tmp_path.glob(".*")) == []


def test_a_reader_never_sees_a_fault_while_releases_arrive(tmp_path):
    reader = LedgerReader(tmp_path, COLLECTIONS)
    with start("hurry", tmp_path) as process:
        while process.poll() is None:
            assert reader.read().fault is None
        assert process.returncode == 0

    assert len(reader.read().releases) == 100


def test_a_file_that_cannot_be_written_whole_is_not_there_at_all(tmp_path):
    with start("little", tmp_path) as process:
        output, _ = process.communicate(timeout=60)

    assert output.splitlines() == [f"OSError {errno.EFBIG} []", "00001.json"]
    assert Ledger(tmp_path, COLLECTIONS).read().fault is None


@contextmanager
def small_disk(folder, options):
    """A file system in memory at *folder*; skips the test where none can be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a file system, and not in every container")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill_with_bytes(folder):
    with suppress(OSError), (folder / "filler").open("wb") as file:
        while True:
            file.write(b"x" * 4096)


def fill_with_files(folder):
    with suppress(OSError):
        for place in count():
            (folder / f"filler-{place}").touch()


@pytest.mark.parametrize(
    ("options", "fill"),
    [("size=256k", fill_with_bytes), ("size=1m,nr_inodes=20", fill_with_files)],
    ids=["bytes", "files"],
)
def test_on_a_full_disk_nothing_is_published_until_there_is_space(factory, options, fill):
    folder = factory.place.ledger.folder
    with small_disk(folder, options):
        first = factory.world().publish()
        fill(folder)
        factory.faq("b", "Many words.\n" * 500)

        with pytest.raises(OSError, match="cannot be written: No space left") as refused:
            factory.publish()

        assert refused.value.filename == str(folder / "00002.json")

        assert factory.place.ledger.read().releases[-1].id == first.id
        assert factory.place.ledger.read().fault is None
        assert [path for path in folder.iterdir() if path.name.startswith(".")] == []
        for path in folder.glob("filler*"):
            path.unlink()
        assert factory.publish().number == 2
        assert factory.place.ledger.read().fault is None
