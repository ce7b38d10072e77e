"""The event loop among bad company: slow readers, half requests, clients that leave, reloads."""

import signal
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from threading import Event

import pytest

from tests.e2e.servers import PATIENCE_SECONDS, follower

PATH = "/v1/ip-ranges"
LARGE = "/v1/openapi.json"
SOAK_SECONDS = 12
SLOW_CLIENTS = 40
#: A reset in place of an orderly end. Source: socket(7), SO_LINGER.
RESET = struct.pack("ii", 1, 0)


@pytest.fixture
def world(factory):
    factory.world().publish("The world.")
    return factory


def keep_asking(server, ended: Event) -> tuple[int, list[str]]:
    """Ask over one connection as long as it is kept; how often, and what failed.

    A connection that was idle may be closed by a server that ends; RFC 9110, section 9.2.2, has
    clients ask again over a new one then, and so does this.
    """
    answered, failures, connection, used = 0, [], None, False
    while not ended.wait(0.002):
        if connection is None:
            connection, used = HTTPConnection("127.0.0.1", server.port, timeout=30), False
        try:
            connection.request("GET", PATH)
            got = connection.getresponse()
            body = got.read()
        except (RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
            if not used:
                failures.append(repr(error))
            connection.close()
            connection = None
            continue
        if got.status != 200 or not body.endswith(b"}\n"):
            failures.append(f"{got.status} {body!r}")
        answered, used = answered + 1, True
        if got.will_close:
            connection.close()
            connection = None
    if connection is not None:
        connection.close()
    return answered, failures


def read_slowly(server, ended: Event) -> int:
    """Read a large answer a few bytes at a time; how many came."""
    read = 0
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        slow.connect(("127.0.0.1", server.port))
        slow.sendall(f"GET {LARGE} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        while not ended.wait(0.1):
            read += len(slow.recv(512))
    return read


def write_slowly(server, ended: Event) -> None:
    """Send the head of a request a letter at a time."""
    with server.connect() as slow, suppress(OSError):
        for letter in f"GET {PATH} HTTP/1.1\r\nHost: a\r\nX-Long: {'a' * 500}":
            slow.sendall(letter.encode())
            if ended.wait(0.3):
                return


def leave_early(server, ended: Event) -> None:
    """Ask and be gone before the answer, again and again."""
    while not ended.wait(0.05):
        for path in (LARGE, "/v1/changes", "/v1/ip-ranges/lookup?ip=192.0.2.1"):
            with server.connect() as leaving:
                leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())


def count_open(server) -> int:
    """The files and connections that the workers hold open."""
    folders = (Path(f"/proc/{worker}/fd") for worker in server.list_workers())
    return sum(len(list(folder.iterdir())) for folder in folders)


def test_bad_company_and_reloads_cost_nobody_else_an_answer(world):
    with follower(world) as server, ThreadPoolExecutor(SLOW_CLIENTS + 8) as pool:
        before, ended = count_open(server), Event()
        asking = [pool.submit(keep_asking, server, ended) for _ in range(4)]
        pool.submit(leave_early, server, ended)
        for number in range(SLOW_CLIENTS):
            pool.submit((read_slowly, write_slowly)[number % 2], server, ended)
        for _ in range(2):
            time.sleep(SOAK_SECONDS / 3)
            old = server.list_workers()
            server.signal(signal.SIGHUP)
            server.wait_until(
                lambda old=old: len(server.list_workers() - old) == 2, "two new workers"
            )
        time.sleep(SOAK_SECONDS / 3)
        with server.load(PATH) as load:
            time.sleep(1)
        ended.set()
        outcomes = [asked.result(PATIENCE_SECONDS) for asked in asking]
        server.wait_until(lambda: count_open(server) <= before + 4, "all connections let go")

    assert all(answered > 100 for answered, _ in outcomes), outcomes
    assert [failures for _, failures in outcomes] == [[]] * 4
    assert (load.failures, len(load.releases) > 100) == ([], True)


def test_a_slow_reader_gets_all_of_a_large_answer(world):
    with follower(world, FAQTS_WORKERS="1") as server:
        whole = server.ask(LARGE).body
        with server.connect() as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            slow.sendall(f"GET {LARGE} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
            time.sleep(1)
            others = [server.ask(PATH).status for _ in range(20)]
            got = b"".join(iter(lambda: slow.recv(1_000), b""))

    assert others == [200] * 20
    assert got.partition(b"\r\n\r\n")[2] == whole


@pytest.mark.parametrize("message", [b"", b"GET /v1 HTTP/1.1\r\nHost:"])
def test_a_connection_that_does_not_get_to_a_request_is_ended(world, message):
    with follower(world, "--keep-alive", "1", FAQTS_WORKERS="1") as server:
        with server.connect() as silent:
            silent.sendall(message)
            silent.settimeout(PATIENCE_SECONDS)
            ended = silent.recv(1_000)
        answered = server.ask(PATH).status

    assert (ended, answered) == (b"", 200)


def test_more_connections_than_there_may_be_are_refused_and_later_ones_are_not(world):
    arguments = ("--worker-connections", "20", "--keep-alive", "2")
    with follower(world, *arguments, FAQTS_WORKERS="1") as server:
        silent = [server.connect() for _ in range(40)]
        server.wait_until(lambda: count_open(server) < 60, "a bound")
        server.wait_until(lambda: server.ask(PATH).status == 200, "an answer again")
        for connection in silent:
            connection.close()
