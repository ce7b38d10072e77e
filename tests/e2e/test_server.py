"""A real server of two workers under load: releases that arrive, go wrong and are mended."""

import os
import shutil
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest

from content.authoring.publish import Workspace, publish
from tests.content_factory import ALL_ALLOWED
from tests.e2e.servers import PATIENCE_SECONDS, WAYS, serving

PATH = "/v1/ip-ranges"
PROMISED_SECONDS = 5
LONGEST_STALL_SECONDS = 1
#: In a row; each over a connection of its own, so that both workers answer some of them.
IN_A_ROW = 30


@pytest.fixture
def world(factory):
    """An editor who has published the small world, as 2026-02-02.01."""
    factory.world().publish("The world.")
    return factory


def rename(factory, title: str) -> None:
    factory.facts("topics", {"id": "network", "title": title})


def ask_often(server, path: str = PATH) -> set[str]:
    """The releases that so many answers in a row were read as of."""
    return {server.ask(path).headers["Content-Release"] for _ in range(IN_A_ROW)}


def publish_elsewhere(factory) -> tuple[str, bytes]:
    """The name and the file of the next release, which the ledger does not get."""
    root = factory.root / "elsewhere"
    shutil.copytree(factory.path("."), root)
    factory.instant += timedelta(days=1)
    place = Workspace(root, factory.place.collections)
    release = publish(place, "Elsewhere.", factory.instant, ALL_ALLOWED)
    return release.id, (place.ledger.folder / f"{release.number:05d}.json").read_bytes()


def put(path, data: bytes) -> None:
    """Make *data* the file *path*, at once."""
    beside = path.with_suffix(".new")
    beside.write_bytes(data)
    beside.replace(path)


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def way(request):
    """How gunicorn runs the service."""
    return request.param


def test_a_release_is_served_by_every_worker_in_five_seconds_and_no_request_fails(world, way):
    seconds, served = [], []

    with serving(world, *way) as server, server.load(PATH) as load:
        for title in ("One", "Two", "Three"):
            rename(world, title)
            release = world.publish().id
            seconds.append(server.wait_until_served(release))
            served.append((release, ask_often(server)))

    assert load.failures == []
    assert max(seconds) < PROMISED_SECONDS
    assert all(seen == {release} for release, seen in served)
    assert set(load.releases) == {f"2026-02-0{day}.01" for day in (2, 3, 4, 5)}


def test_a_worker_never_goes_back_to_an_older_release(world):
    with serving(world, FAQTS_WORKERS="1") as server, server.load(PATH, clients=1) as load:
        rename(world, "Networks")
        release = world.publish().id
        server.wait_until_served(release, workers=1)
        ask_often(server)

    assert load.failures == []
    assert load.releases == sorted(load.releases)
    assert load.releases[-1] == release


def test_a_release_that_does_not_verify_is_not_served_until_it_is_replaced(world):
    rename(world, "Networks")
    release, good = publish_elsewhere(world)
    path = world.path("releases/00002.json")

    with serving(world) as server, server.load(PATH) as load:
        put(path, good.replace(b"Networks", b"Netwerks"))
        server.wait_until(
            lambda: server.log.count('"fault": "00002.json: has a digest') == 2,
            "a word of both workers",
        )
        degraded, kept = server.ask("/readyz"), ask_often(server)
        put(path, good)
        seconds = server.wait_until_served(release)
        ready, served = server.ask("/readyz"), ask_often(server)

    assert load.failures == []
    assert (degraded.status, degraded.json()["status"]) == (200, "degraded")
    assert degraded.json()["release"] == "2026-02-02.01"
    assert degraded.json()["reason"].startswith(
        "00002.json: has a digest that does not match its content"
    )
    assert kept == {"2026-02-02.01"}
    assert (ready.json()["status"], ready.json()["reason"]) == ("ready", None)
    assert served == {release}
    assert seconds < PROMISED_SECONDS


def test_half_a_release_is_not_served_either(world):
    rename(world, "Networks")
    release, good = publish_elsewhere(world)
    path = world.path("releases/00002.json")

    with serving(world) as server:
        path.write_bytes(good[: len(good) // 2])
        server.wait_until(
            lambda: server.ask("/readyz").json()["status"] == "degraded", "a word of it"
        )
        kept = ask_often(server)
        put(path, good)
        server.wait_until_served(release)

    assert kept == {"2026-02-02.01"}


def test_before_the_first_release_there_is_503_and_then_it_comes_up_by_itself(factory):
    with serving(factory, ready=False) as server:
        early = [server.ask(path) for path in ("/readyz", PATH, "/healthz")]
        line = server.log
        release = factory.world().publish().id
        seconds = server.wait_until_served(release)
        late, served = server.ask("/readyz"), ask_often(server)

    assert [answer.status for answer in early] == [503, 503, 200]
    assert early[0].json()["status"] == "not_ready"
    assert early[1].headers["Content-Type"] == "application/problem+json"
    assert early[1].headers["Cache-Control"] == "no-store"
    assert "faqts serves no release yet (run 'faqts publish'), on http://127.0.0.1:" in line
    assert (late.status, served) == (200, {release})
    assert seconds < PROMISED_SECONDS


def test_nothing_newer_than_the_release_allowed_is_served(world):
    rename(world, "Networks")
    newer = world.publish().id

    with serving(world, FAQTS_RELEASE="2026-02-02.01") as server:
        before, held = ask_often(server), server.ask("/readyz").json()
        rename(world, "Wires")
        newest = world.publish().id
        server.wait_until(
            lambda: server.log.count(f'"{newest}", "event": "newer release held back"') == 2,
            "a word of both workers",
        )
        after, ready = ask_often(server), server.ask("/readyz")
        unknown = server.ask(f"{PATH}?release={newer}")

    assert before == after == {"2026-02-02.01"}
    assert held["held_back"] == newer
    assert (ready.status, ready.json()["status"]) == (200, "ready")
    assert ready.json()["held_back"] == newest
    assert unknown.status == 404


def test_a_reload_under_load_loses_no_request(world, way):
    with serving(world, *way) as server, server.load(PATH) as load:
        for times in (2, 3):
            old = server.list_workers()
            server.signal(signal.SIGHUP)
            server.wait_until(
                lambda times=times: server.log.count('"event": "serving"') >= 2 * times,
                "two new workers",
            )
            server.wait_until(
                lambda old=old: not old & server.list_workers(), "the end of the old ones"
            )
            answered = len(load.releases)
            server.wait_until(
                lambda answered=answered: len(load.releases) > answered + IN_A_ROW, "more answers"
            )
        workers = server.list_workers()

    assert load.failures == []
    assert load.slowest_seconds < LONGEST_STALL_SECONDS
    assert len(workers) == 2


def test_a_worker_that_is_killed_is_replaced(world, way):
    with serving(world, *way) as server:
        before = server.list_workers()
        killed = min(before)
        os.kill(killed, signal.SIGKILL)
        server.wait_until(
            lambda: (
                len(server.list_workers() - {killed}) == 2
                and server.log.count('"event": "serving"') == 3
            ),
            "another worker",
        )
        served = ask_often(server)

    assert len(before) == 2
    assert served == {"2026-02-02.01"}


def test_workers_end_when_their_master_was_killed(world, way):
    with serving(world, *way) as server:
        workers = server.list_workers()
        server.process.kill()
        server.process.wait()
        deadline = time.monotonic() + PROMISED_SECONDS
        while _find_alive(workers) and time.monotonic() < deadline:
            time.sleep(0.1)
        alive = _find_alive(workers)
        for worker in alive:
            os.kill(worker, signal.SIGKILL)

    assert len(workers) == 2
    assert alive == set()


def _find_alive(processes: set[int]) -> set[int]:
    stats = {pid: Path(f"/proc/{pid}/stat") for pid in processes}
    return {pid for pid, stat in stats.items() if stat.exists() and ") Z " not in stat.read_text()}


def test_a_server_that_is_told_to_ends_cleanly(world, way):
    with serving(world, *way) as server, server.load(PATH) as load:
        workers = server.list_workers()
        server.wait_until(lambda: len(load.releases) > IN_A_ROW, "answers")
        status = server.stop()

    assert status == 0
    assert load.lost == []
    assert len(workers) == 2
    assert server.list_workers() == set()
    assert "Traceback" not in server.log
    assert '"level": "error"' not in server.log


def test_a_request_under_way_is_answered_before_the_end(world, way):
    with serving(world, *way, FAQTS_WORKERS="1") as server:
        half = server.connect()
        half.sendall(b"GET /v1/topics HTTP/1.1\r\nHost: a\r\n")
        server.wait_until(lambda: server.ask("/healthz").status == 200, "an answer beside it")
        server.signal(signal.SIGTERM)
        half.sendall(b"Connection: close\r\n\r\n")
        got = b"".join(iter(lambda: half.recv(65536), b""))
        half.close()
        status = server.process.wait(timeout=PATIENCE_SECONDS)

    assert got.startswith(b"HTTP/1.1 200 OK\r\n")
    assert got.endswith(b"}\n")
    assert status == 0
