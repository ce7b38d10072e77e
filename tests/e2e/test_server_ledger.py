"""A real server of two workers whose ledger changes, vanishes or cannot be read."""

import os
import shutil
import signal
import time
from datetime import timedelta

import pytest

from tests.e2e.servers import WAYS, serving

PROMISED_SECONDS = 5
#: In a row; each over a connection of its own, so that both workers answer some of them.
IN_A_ROW = 30
FAULT = '"event": "ledger fault"'


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def way(request):
    """How gunicorn runs the service."""
    return request.param


@pytest.fixture
def world(factory):
    """An editor who has published two releases."""
    factory.world().publish("The world.")
    publish(factory, "Two")
    return factory


def publish(factory, title: str):
    factory.facts("topics", {"id": "network", "title": title})
    return factory.publish(title)


def ask_often(server) -> set[tuple[int, str | None]]:
    """The status and the title of so many answers in a row."""
    answers = [server.ask("/v1/topics") for _ in range(IN_A_ROW)]
    return {(a.status, a.json()["items"][0]["title"] if a.status == 200 else None) for a in answers}


def kill_worker(server) -> None:
    """Kill a worker and wait until there is another process in its place."""
    before = server.list_workers()
    os.kill(min(before), signal.SIGKILL)
    server.wait_until(lambda: len(server.list_workers() - {min(before)}) == 2, "another worker")


def wait_for_status(server, status: str) -> float:
    """Wait until so many readiness checks in a row, of both workers, have *status*."""
    return server.wait_until(
        lambda: {server.ask("/readyz").json()["status"] for _ in range(IN_A_ROW)} == {status},
        f"every worker {status}",
    )


def test_a_folder_that_vanishes_is_reported_and_a_new_worker_waits_until_it_is_back(world, way):
    folder, away = world.place.ledger.folder, world.root / "away"

    with serving(world, *way) as server, server.load("/v1/topics") as load:
        folder.rename(away)
        seconds = wait_for_status(server, "degraded")
        reason = server.ask("/readyz").json()["reason"]
        kill_worker(server)
        time.sleep(PROMISED_SECONDS)
        alone = ask_often(server)
        workers = server.list_workers()
        away.rename(folder)
        server.wait_until(lambda: server.log.count('"event": "serving"') == 3, "the third worker")
        wait_for_status(server, "ready")
        together = ask_often(server)
        later = publish(world, "Three")
        server.wait_until_served(later.id)
        last = ask_often(server)

    # Connections of the worker that was killed are lost, and nothing else.
    lost = ("ConnectionResetError", "RemoteDisconnected", "BrokenPipeError")
    assert [failure for failure in load.failures if not failure.startswith(lost)] == []
    assert seconds < PROMISED_SECONDS
    assert reason.startswith("00001.json is missing. It was loaded before")
    assert alone == together == {(200, "Two")}
    assert last == {(200, "Three")}
    assert len(workers) == 2
    # Each of the two workers says it once; so does the third, which is told to wait.
    assert server.log.count(FAULT) == 3
    assert "Traceback" not in server.log


def test_another_history_is_reported_and_adopted_by_a_restart_only(world):
    folder = world.place.ledger.folder

    with serving(world) as server:
        digest = server.ask("/readyz").json()["digest"]
        (folder / "00002.json").unlink()
        world.instant -= timedelta(days=1)
        other = publish(world, "Other")
        publish(world, "Later")
        wait_for_status(server, "degraded")
        ready = server.ask("/readyz").json()
        kill_worker(server)
        time.sleep(PROMISED_SECONDS)
        before = ask_often(server)
    with serving(world) as server:
        after = ask_often(server)

    assert (ready["release"], ready["digest"]) == (other.id, digest)
    assert ready["reason"].startswith(f"00002.json was replaced: it contains release {other.id} (")
    assert before == {(200, "Two")}
    assert after == {(200, "Later")}


def test_a_fifo_in_the_place_of_the_next_release_is_reported_and_does_not_stop_anything(world):
    path = world.place.ledger.folder / "00003.json"
    os.mkfifo(path)

    with serving(world) as server:
        fault = server.ask("/readyz").json()
        path.unlink()
        release = publish(world, "Three")
        server.wait_until_served(release.id)
        ready, served = server.ask("/readyz").json(), ask_often(server)

    assert fault["status"] == "degraded"
    assert fault["reason"] == "00003.json: is not a regular file."
    assert (ready["status"], served) == ("ready", {(200, "Three")})


def test_a_ledger_that_cannot_be_read_at_the_start_is_503_until_it_can(world):
    folder, away = world.place.ledger.folder, world.root / "away"
    folder.rename(away)
    folder.write_bytes(b"")

    with serving(world, ready=False) as server:
        time.sleep(PROMISED_SECONDS)
        early, answers = server.ask("/readyz"), ask_often(server)
        folder.unlink()
        shutil.copytree(away, folder)
        wait_for_status(server, "ready")
        late = ask_often(server)

    assert (early.status, early.json()["status"]) == (503, "not_ready")
    assert early.json()["reason"] == "00001.json: cannot be read: Not a directory."
    assert answers == {(503, None)}
    assert late == {(200, "Two")}
    assert server.log.count(FAULT) == 2
    assert "Traceback" not in server.log


def test_a_reload_while_the_ledger_is_away_takes_nothing_from_readers(world, way):
    folder, away = world.place.ledger.folder, world.root / "away"

    with serving(world, *way) as server, server.load("/v1/topics") as load:
        old = server.list_workers()
        folder.rename(away)
        server.signal(signal.SIGHUP)
        server.wait_until(
            lambda: server.log.count("There is no release yet") == 2, "two new workers"
        )
        time.sleep(PROMISED_SECONDS)
        during = ask_often(server)
        away.rename(folder)
        server.wait_until(lambda: not old & server.list_workers(), "the end of the old workers")
        after = ask_often(server)

    assert load.failures == []
    assert during == after == {(200, "Two")}
