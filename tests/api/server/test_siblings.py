"""What workers tell each other; each is a process that was forked, as gunicorn does it."""

import multiprocessing
import time

import pytest

from api.server.siblings import Siblings

FORK = multiprocessing.get_context("fork")
TOLERANCE_SECONDS = 0.3
A, B, C = "sha256:a", "sha256:b", "sha256:c"


class Worker:
    """A process that shares *siblings* and does what it is asked to."""

    def __init__(self, siblings: Siblings):
        self._ours, theirs = FORK.Pipe()
        self._process = FORK.Process(target=_work, args=(siblings, theirs), daemon=True)
        self._process.start()

    def ask(self, method: str, *arguments):
        self._ours.send((method, arguments))
        assert self._ours.poll(10)
        return self._ours.recv()

    def offer(self, *digests: str):
        return self.ask("offer", digests)

    def kill(self) -> None:
        self._process.kill()
        self._process.join(10)


def _work(siblings: Siblings, pipe) -> None:
    while True:
        method, arguments = pipe.recv()
        pipe.send(getattr(siblings, method)(*arguments))


@pytest.fixture
def start():
    """Start so many workers of one port."""
    workers = []

    def build(count: int) -> list[Worker]:
        siblings = Siblings(TOLERANCE_SECONDS)
        workers.extend(Worker(siblings) for _ in range(count))
        return workers

    yield build
    for worker in workers:
        worker.kill()


def test_what_is_shared_can_be_kept_in_another_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))

    assert Siblings(folder=str(tmp_path)).offer([A]) is None


def test_a_worker_follows_what_others_serve(start):
    one, two = start(2)

    assert one.offer(A) is None
    assert two.offer(A, B) is None
    assert one.offer(A, B) is None
    assert one.offer(A, B, C) is None


@pytest.mark.parametrize("digests", [(), (A,), (A, C), (A, C, B)])
def test_a_worker_never_serves_what_does_not_contain_what_others_serve(start, digests):
    one, two = start(2)
    one.offer(A, B)

    assert two.offer(*digests) == ""


def test_the_reason_is_given_when_it_lasts(start):
    one, two = start(2)
    one.offer(A, B)
    two.offer(C)
    time.sleep(1.1 * TOLERANCE_SECONDS)

    assert two.offer(C) == (
        "Other workers serve release number 2 (sha256:b), which is not in the ledger. Restore "
        "the published files, or restart the service to serve the files on disk."
    )
    assert two.offer(A, B) is None
    assert two.offer(A) == ""


def test_what_nobody_serves_any_more_is_forgotten(start):
    one, two, three = start(3)
    one.offer(A, B)
    two.offer(A, B)

    one.kill()
    assert three.offer(C) == ""
    assert three.ask("are_serving") is True
    two.kill()
    assert three.ask("are_serving") is False
    assert three.offer(C) is None


def test_a_worker_without_releases_keeps_nobody_from_serving_some(start):
    one, two = start(2)

    assert one.offer() is None
    assert two.offer(A) is None
    assert one.offer() == ""


def test_a_worker_that_answers_and_differs_for_long_leaves():
    siblings, left = Siblings(TOLERANCE_SECONDS), []
    other = Worker(siblings)
    other.offer(A, B)
    siblings.offer((A,))
    time.sleep(1.1 * TOLERANCE_SECONDS)
    siblings.offer((A,))
    assert left == []

    siblings.leave = lambda: left.append("now")
    siblings.offer((A,))
    other.kill()

    assert left == ["now"]
