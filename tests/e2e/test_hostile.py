"""Requests that are made to harm: they take no memory, and put nothing raw into the log."""

import re
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.servers import WAYS, serving

PATH = b"/v1/ip-ranges"
#: Every control character, as UTF-8 and as Latin-1, and the separators that end a line in Unicode.
RAW = [
    *(bytes([code]) for code in (*range(0x20), *range(0x7F, 0xA0))),
    *(chr(code).encode() for code in (*range(0x80, 0xA0), 0x2028, 0x2029, 0x202E)),
]
#: Where a client can put it: line and headers.
PARTS = {
    "method": b"GE%bT " + PATH + b" HTTP/1.1\r\nHost: a\r\n",
    "path": b"GET /v1/a%bb HTTP/1.1\r\nHost: a\r\n",
    "query": b"GET " + PATH + b"?dc=a%bb HTTP/1.1\r\nHost: a\r\n",
    "authority": b"GET http://a%bb/v1 HTTP/1.1\r\nHost: a\r\n",
    "version": b"GET " + PATH + b" HTTP/1.1%b\r\nHost: a\r\n",
    "host": b"GET " + PATH + b" HTTP/1.1\r\nHost: a%bb\r\n",
    "name": b"GET " + PATH + b" HTTP/1.1\r\nHost: a\r\nX-a%bb: c\r\n",
    "value": b"GET " + PATH + b" HTTP/1.1\r\nHost: a\r\nAccept: text/a%bb\r\n",
    "length": b"GET " + PATH + b" HTTP/1.1\r\nHost: a\r\nContent-Length: 1%b\r\n",
}
#: The headers that are read.
HEADERS = ("Accept", "Accept-Encoding", "If-None-Match", "If-Modified-Since")
#: More than the growth allowed. After 100 MB it was 0.5 MB at the most, with a cache and without.
FLOOD_BYTES = 20 << 20
MAX_GROWTH_BYTES = 16 << 20


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """An editor who has published the small world."""
    factory = ContentFactory(tmp_path_factory.mktemp("hostile")).world()
    factory.publish()
    return factory


@pytest.fixture(scope="module", params=WAYS.values(), ids=WAYS)
def server(tmp_path_factory, request):
    """A server of one worker, for tests that only ask."""
    factory = ContentFactory(tmp_path_factory.mktemp("asked")).world()
    factory.publish()
    with serving(factory, *request.param, FAQTS_WORKERS="1") as running:
        yield running


def send(server, head: bytes) -> None:
    """Send one request, all there is, and read what comes back."""
    with server.connect() as connection, suppress(ConnectionError):
        connection.sendall(head + b"Connection: close\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass


def quote_all(data: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in data)


def test_nothing_that_is_sent_reaches_the_log_raw(server):
    for template in PARTS.values():
        for raw in RAW:
            send(server, template % raw)
    for part in ("path", "query", "authority"):
        for raw in RAW:
            send(server, PARTS[part] % quote_all(raw))

    text = server.log
    assert server.ask("/healthz").status == 200
    assert "Traceback" not in text
    assert set(re.findall(r"[^\x20-\x7e\xa0-\xff\n]", text)) == set()


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"http://[", 400),
        (b"http://[::1/v1", 400),
        (b"http://a/v1/ip-ranges%3Fdc=uk", 404),
        (b"http://a/v1/ip-ranges%23dc", 404),
        (b"/v1/ip-ranges%3Fdc=uk", 404),
        (b"/v1/ip-ranges%23dc", 404),
        (b"http://a/v1/ip-ranges?dc=uk", 200),
        (b"http://a", 200),
        (b"http://a?dc=uk", 200),
    ],
)
def test_a_target_means_the_same_in_both_of_its_forms(server, target, status):
    got = server.send(b"GET %b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % target)

    assert got.startswith(b"HTTP/1.1 %d " % status)


def test_a_target_that_is_no_address_is_a_problem(world):
    with serving(world, FAQTS_WORKERS="1") as server:
        for target in (b"http://[", b"http://evil%E2%84%80/", "http://evil\u2100/".encode()):
            got = server.send(b"GET %b HTTP/1.1\r\nHost: a\r\n\r\n" % target)

            assert got.startswith(b"HTTP/1.1 400 Bad Request\r\n")
            assert b'"type":"/problems/malformed-request"' in got


def test_a_client_that_sends_many_requests_ahead_gets_some_answers_and_the_end(world):
    with serving(world, FAQTS_WORKERS="1") as server:
        got = server.send(b"GET /v1 HTTP/1.1\r\nHost: a\r\n\r\n" * 5_000)

        assert 20 < got.count(b"HTTP/1.1 200 OK\r\n") < 40
        assert got.lower().count(b"connection: close") == 1
        assert b"HTTP/1.1 4" not in got


def read_rss(pid: int) -> int:
    """The bytes of memory that a process has."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) << 10


def flood(server, header: str, total: int, length: int, lines: int) -> None:
    """Send *total* bytes of distinct values of *header*, in so many lines of *length* bytes."""
    for number in range(total // (length * lines)):
        value = f"{number:09d}".encode() * (length // 9)
        line = b"%b: %b\r\n" % (header.encode(), value)
        send(server, b"GET /v1 HTTP/1.1\r\n" + line * lines)


@pytest.mark.parametrize(
    ("way", "cache_bytes"), [("loop", "67108864"), ("loop", "0"), ("threads", "67108864")]
)
def test_headers_take_no_memory(world, way, cache_bytes):
    growth = {}

    with serving(world, *WAYS[way], FAQTS_WORKERS="1", FAQTS_CACHE_BYTES=cache_bytes) as server:
        (worker,) = server.list_workers()
        for header in HEADERS:
            flood(server, header, 1 << 16, 900, 1)
        for header in HEADERS:
            before = read_rss(worker)
            flood(server, header, FLOOD_BYTES, 8_000, 8)
            flood(server, header, 1 << 17, 900, 1)
            growth[header] = read_rss(worker) - before

    assert all(grown < MAX_GROWTH_BYTES for grown in growth.values()), growth
