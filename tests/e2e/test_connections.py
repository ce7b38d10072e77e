"""What a connection of the event loop takes and refuses, over real sockets."""

import asyncio
import json
import os
import runpy
import socket
import time
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from types import SimpleNamespace

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn_worker import UvicornWorker

from api.server.handover import Handover
from api.server.protocol import Connection, Limits
from api.server.worker import Server, Worker
from schemas.problem import PROBLEM_TYPES
from tests.e2e.servers import PATIENCE_SECONDS, ROOT

LIMITS = Limits(
    connections=20,
    line_bytes=200,
    fields=5,
    field_bytes=300,
    head_bytes=900,
    drain_seconds=0.5,
    stall_seconds=1,
)
KEEP_ALIVE_SECONDS = 1
HEAD = b"GET /%b HTTP/1.1\r\nHost: a\r\n\r\n"
CLOSE = b"Host: a\r\nConnection: close\r\n\r\n"


async def answer(scope, receive, send):
    """Say what path was asked for; a slow one takes a while."""
    if scope["path"] == "/slow":
        await asyncio.sleep(0.3)
    body = scope["path"].encode() + b"\n"
    if scope["path"] == "/large":
        body *= 1_000_000
    if scope["path"] == "/names":
        body = b",".join(name for name, _ in scope["headers"])
    status = int(scope["query_string"] or b"200")
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def serve(loop="asyncio"):
    """A server in a thread: `port`, and `end()`, which begins what SIGTERM begins."""
    config = uvicorn.Config(
        answer,
        http=partial(Connection, limits=LIMITS),
        loop=loop,
        lifespan="off",
        ws="none",
        log_config=None,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
    server = Server(config, Handover(), os.getppid())
    listener = socket.create_server(("127.0.0.1", 0))

    def run():
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(server.serve(sockets=[listener]))

    thread = Thread(target=run)
    port = listener.getsockname()[1]
    thread.start()
    try:
        yield SimpleNamespace(port=port, end=partial(server.handle_exit, 15, None))
    finally:
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)


@pytest.fixture(scope="module", params=["asyncio", "uvloop"])
def server(request):
    with serve(request.param) as running:
        yield running


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), PATIENCE_SECONDS)


def read(connection) -> bytes:
    """All that comes until the server closes."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def send(server, data: bytes) -> bytes:
    with connect(server) as connection:
        connection.sendall(data)
        return read(connection)


@pytest.mark.parametrize(
    ("sent", "slug"),
    [
        (b"nonsense\r\n\r\n", "malformed-request"),
        (b"GET /a HTTP/9.9\r\n" + CLOSE, "malformed-request"),
        (b"GET /a HTTP/2.0\r\n" + CLOSE, "malformed-request"),
        (b"GET /a\r\n\r\n", "malformed-request"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "malformed-request"),
        (b"CONNECT a:1 HTTP/1.1\r\n" + CLOSE, "malformed-request"),
        (b"GET /caf\xc3\xa9 HTTP/1.1\r\n" + CLOSE, "malformed-request"),
        (b"GET /a\x00b HTTP/1.1\r\n" + CLOSE, "malformed-request"),
        (b"GET /a HTTP/1.1\nHost: a\n\n", "malformed-request"),
        (b"GET /a HTTP/1.1\r\nX: a\r\n b\r\n" + CLOSE, "malformed-request"),
        (b"GET /a HTTP/1.1\r\nX: a\x00b\r\n" + CLOSE, "malformed-request"),
        (b"GET /a HTTP/1.1\r\nX: a\rb\r\n" + CLOSE, "malformed-request"),
        (b"GET /a HTTP/1.1\r\nX : a\r\n" + CLOSE, "malformed-request"),
        (b"POST /a HTTP/1.1\r\nContent-Length: +5\r\n" + CLOSE, "malformed-request"),
        (b"POST /a HTTP/1.1\r\n" + b"Content-Length: 5\r\n" * 2 + CLOSE, "malformed-request"),
        (
            b"POST /a HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n" + CLOSE,
            "malformed-request",
        ),
        (b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked, b\r\n" + CLOSE, "malformed-request"),
        (b"GET /%b HTTP/1.1\r\n" % (b"a" * 200) + CLOSE, "uri-too-long"),
        (b"GET /" + b"a" * 300_000, "uri-too-long"),
        (b"GET /a HTTP/1.1\r\nX: %b\r\n" % (b"a" * 300) + CLOSE, "header-too-large"),
        (b"GET /a HTTP/1.1\r\n" + b"X: a\r\n" * 5 + CLOSE, "header-too-large"),
        (b"GET /a HTTP/1.1\r\n" + b"X: %b\r\n" % (b"a" * 250) * 4 + CLOSE, "header-too-large"),
        (b"GET /a HTTP/1.1\r\nX: " + b"a" * 300_000, "header-too-large"),
    ],
)
def test_what_is_refused_is_a_problem_and_the_end_of_the_connection(server, sent, slug):
    head, _, body = send(server, sent).partition(b"\r\n\r\n")

    problem = PROBLEM_TYPES[slug]
    lines = head.split(b"\r\n")
    assert lines[0].startswith(b"HTTP/1.1 %d " % problem.status)
    assert {
        *(b"connection: close", b"access-control-allow-origin: *", b"cache-control: no-store"),
        *(b"content-type: application/problem+json", b"content-length: %d" % len(body)),
    } <= set(lines)
    assert json.loads(body)["type"] == f"/problems/{slug}"
    assert json.loads(body)["instance"].startswith("/")


@pytest.mark.parametrize(
    ("sent", "paths"),
    [
        (b"".join(HEAD % b"%d" % number for number in range(30)), [*range(30)]),
        (b"\r\n" + HEAD % b"slow" + HEAD % b"1", ["slow", 1]),
        (HEAD % b"slow" + HEAD % b"1" + b"nonsense\r\n\r\n", ["slow", 1]),
        (HEAD % b"slow" + b"GET /1 HTTP/1.1\r\n" + CLOSE + HEAD % b"2", ["slow", 1]),
        (b"GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", [1]),
        (b"GET http://a.example/1?200 HTTP/1.1\r\n" + CLOSE, [1]),
        (b"GET HTTPS://a.example?200 HTTP/1.1\r\n" + CLOSE, [""]),
        (b"GET /1 HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + HEAD % b"2", [1]),
        (b"POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nab" + HEAD % b"2", [1, 2]),
        (b"POST /1 HTTP/1.1\r\nContent-Length: 90\r\n\r\n" + HEAD % b"2", [1]),
        (b"POST /1 HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n", [1]),
        (b"POST /1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + HEAD % b"2", [1]),
    ],
)
def test_what_was_asked_is_answered_in_order_and_nothing_else(server, sent, paths):
    got = send(server, sent)

    assert [line for line in got.splitlines() if line.startswith(b"/")] == [
        f"/{path}".encode() for path in paths
    ]
    assert got.count(b"HTTP/1.1 200 OK\r\n") == got.count(b"HTTP/1.1 ") == len(paths)


def test_a_body_that_has_not_come_ends_the_connection_unread(server):
    got = send(server, b"POST /1 HTTP/1.1\r\nContent-Length: 90\r\nExpect: 100-continue\r\n\r\n")

    assert b"\r\nconnection: close\r\n" in got
    assert got.endswith(b"/1\n")


def test_trailers_are_no_headers(server):
    head = b"GET /names HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + CLOSE
    got = send(server, head + b"1\r\na\r\n0\r\nIf-None-Match: *\r\n\r\n")

    assert got.endswith(b"\r\n\r\ntransfer-encoding,host,connection")


@pytest.mark.parametrize("sent", [HEAD % b"slow", HEAD % b"1" + HEAD % b"slow"])
def test_a_client_that_ended_its_own_side_is_answered(server, sent):
    with connect(server) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        got = read(connection)

    assert got.endswith(b"/slow\n")


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [b"GET /1 HTTP/1.1\r\nHost:"],
        [bytes([letter]) for letter in b"GET /1 HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
        [HEAD % b"1"],
        [HEAD % b"1", b"GET /2 HTTP/1.1\r\n"],
    ],
    ids=["silent", "half", "letters", "idle", "idle and half"],
)
def test_a_connection_is_held_no_longer_than_it_may_be(server, parts):
    began = time.monotonic()
    with connect(server) as connection:
        for part in parts:
            time.sleep(0.05)
            connection.sendall(part) if time.monotonic() - began < KEEP_ALIVE_SECONDS else None
        got = read(connection)
    seconds = time.monotonic() - began

    assert got.count(b"HTTP/1.1 200 OK\r\n") == (HEAD % b"1" in parts)
    assert KEEP_ALIVE_SECONDS * 0.9 < seconds < KEEP_ALIVE_SECONDS * 4


@pytest.mark.parametrize("requests", [1, 8])
def test_a_client_that_reads_nothing_is_dropped(server, requests):
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall(requests * (HEAD % b"large"))
        time.sleep(4 * LIMITS.stall_seconds)

        received = read(connection)

    assert len(received) < requests * 7_000_000


def test_a_client_that_reads_slowly_gets_everything(server):
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall(HEAD % b"large")
        received = b""
        for _ in range(8):
            time.sleep(LIMITS.stall_seconds / 2)
            received += connection.recv(500_000, socket.MSG_WAITALL)

        received += read(connection)

    assert received.endswith(b"/large\n" * 1_000_000)


def test_connections_beyond_the_limit_are_refused_until_others_end(server):
    silent = [connect(server) for _ in range(LIMITS.connections)]
    with pytest.raises(ConnectionResetError):
        send(server, b"GET /1 HTTP/1.1\r\n" + CLOSE)
    for connection in silent:
        read(connection)
        connection.close()

    assert send(server, b"GET /1 HTTP/1.1\r\n" + CLOSE).endswith(b"/1\n")


def test_reason_phrases_are_those_of_rfc_9110(server):
    phrases = {
        *((200, b"OK"), (304, b"Not Modified"), (308, b"Permanent Redirect")),
        *((400, b"Bad Request"), (404, b"Not Found"), (405, b"Method Not Allowed")),
        *((406, b"Not Acceptable"), (410, b"Gone"), (500, b"Internal Server Error")),
        *((501, b"Not Implemented"), (503, b"Service Unavailable")),
    }
    for status, phrase in phrases:
        got = send(server, b"GET /?%d HTTP/1.1\r\n" % status + CLOSE)

        assert got.startswith(b"HTTP/1.1 %d %b\r\n" % (status, phrase))


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_a_server_that_ends_answers_what_comes_soon_on_connections_there_are(loop):
    with serve(loop) as server:
        busy, asking, idle = (connect(server) for _ in range(3))
        for connection in (asking, idle):
            connection.sendall(HEAD % b"1")
            while b"/1\n" not in connection.recv(65536):
                pass
        busy.sendall(HEAD % b"slow")
        time.sleep(0.1)
        server.end()
        time.sleep(0.4)
        asking.sendall(HEAD % b"2")
        got = [read(connection) for connection in (busy, asking, idle)]
        with pytest.raises(ConnectionRefusedError):
            connect(server)
        for connection in (busy, asking, idle):
            connection.close()

    assert [b"connection: close\r\n" in answer for answer in got] == [True, True, False]
    assert [answer.rpartition(b"\r\n\r\n")[2] for answer in got] == [b"/slow\n", b"/2\n", b""]


def test_an_old_worker_ends_when_every_new_one_is_ready():
    handover, ended = Handover(), Event()
    handover.expect(3)
    handover.expect(2)

    handover.delay(lambda *_: ended.set(), 15, None)
    handover.arrive()
    early = ended.wait(0.3)
    handover.arrive()

    assert not early
    assert ended.wait(PATIENCE_SECONDS)


def test_what_ships_closes_a_silent_connection_within_fifteen_seconds():
    shipped = runpy.run_path(str(ROOT / "gunicorn.conf.py"))

    assert 0 < shipped["keepalive"] <= 15
    assert 0 < shipped["worker_connections"] <= 1_000


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(Connection, HttpToolsProtocol), (Server, uvicorn.Server), (Worker, UvicornWorker)],
)
def test_what_is_overridden_is_still_there(ours, theirs):
    names = {name for name, value in vars(ours).items() if callable(value)}

    assert {name for name in names if not name.startswith("_")} <= vars(theirs).keys()
