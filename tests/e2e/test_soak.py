"""The event loop among bad company: slow readers, half requests, clients that leave, reloads."""

import signal
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from select import select
from threading import Event

import pytest

from tests.e2e.servers import serving

PATH = "/v1/ip-ranges"
LARGE = "/v1/openapi.json"
SOAK_SECONDS = 6
SLOW_CLIENTS = 40
#: A reset in place of an orderly end. Source: socket(7), SO_LINGER.
RESET = struct.pack("ii", 1, 0)


@pytest.fixture
def world(factory):
    factory.world().publish("The world.")
    return factory


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
    with serving(world) as server, ThreadPoolExecutor(SLOW_CLIENTS + 1) as pool:
        # The loop of the last worker opens its files a moment after the log says that it serves.
        time.sleep(1)
        before, ended = count_open(server), Event()
        with server.load(PATH) as load:
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
            ended.set()
        server.wait_until(lambda: count_open(server) <= before + 4, "all connections let go")

    assert (load.failures, len(load.releases) > 500) == ([], True)


def test_a_slow_reader_gets_all_of_a_large_answer(world):
    with serving(world, FAQTS_WORKERS="1") as server:
        whole = server.ask(LARGE).body
        with server.connect() as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32_768)
            slow.sendall(f"GET {LARGE} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
            time.sleep(1)
            others = [server.ask(PATH).status for _ in range(20)]
            got = b"".join(iter(lambda: slow.recv(1_000), b""))

    assert others == [200] * 20
    assert got.partition(b"\r\n\r\n")[2] == whole


def test_limits_of_the_command_line_reach_every_connection(world):
    arguments = ("--worker-connections", "20", "--keep-alive", "3", "--limit-request-line", "100")
    with serving(world, *arguments, FAQTS_WORKERS="1") as server, ExitStack() as stack:
        silent = [stack.enter_context(server.connect()) for _ in range(40)]
        server.wait_until(lambda: len(select(silent, [], [], 0)[0]) == 20, "20 refusals")
        server.wait_until(lambda: len(select(silent, [], [], 0)[0]) == 40, "the end of all")
        assert {connection.recv(1_000) for connection in silent} == {b""}
        too_long = server.send(f"GET /{'a' * 100} HTTP/1.1\r\nHost: a\r\n\r\n".encode())

    assert too_long.startswith(b"HTTP/1.1 414 URI Too Long\r\n")
