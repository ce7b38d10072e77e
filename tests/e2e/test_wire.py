"""A real server on the wire: methods, connections, long request lines, settings, and the day."""

import json
import re
import signal
import socket
import subprocess
from http.client import HTTPConnection
from urllib.parse import quote

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.servers import PATIENCE_SECONDS, ROOT, WAYS, build_command, find_port, serving
from tests.terminal import build_environment

ADDRESSES = [f"2001:0db8:85a3:08d3:1319:8a2e:0370:{number:04x}" for number in range(100)]
LIVE = "/v1/ip-ranges"


@pytest.fixture(scope="module", params=WAYS.values(), ids=WAYS)
def server(tmp_path_factory, request):
    """A server of the small world, for tests that only ask."""
    factory = ContentFactory(tmp_path_factory.mktemp("wire")).world()
    factory.publish()
    with serving(factory, *request.param) as running:
        yield running


def start_in_vain(*options: str, **settings: str) -> subprocess.CompletedProcess:
    """gunicorn with *options* and *settings* that it cannot use, ended."""
    return subprocess.run(
        build_command(*options),
        cwd=ROOT,
        env=build_environment(settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@pytest.mark.parametrize("path", [LIVE, "/v1/nothing", "/v1/faqs?limit=0", "/healthz"])
def test_head_sends_the_headers_and_nothing_after_them(server, path):
    got = server.send(f"HEAD {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())

    head, _, body = got.partition(b"\r\n\r\n")
    assert body == b""
    length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
    assert length == len(server.ask(path).body)


@pytest.mark.parametrize("path", [LIVE, "/nothing", "*"])
def test_options_sends_204_and_no_body(server, path):
    got = server.send(f"OPTIONS {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())

    head, _, body = got.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 204 ")
    assert b"access-control-allow-methods: get, head, options" in head.lower()
    assert body == b""


def test_a_target_may_name_the_host_too(server):
    for path in (LIVE, "/v1/nothing"):
        got = server.send(
            f"GET http://a.example{path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()
        )

        assert got.startswith(b"HTTP/1.1 200 " if path == LIVE else b"HTTP/1.1 404 ")
        assert (f'"instance":"{path}"'.encode() in got) == (path != LIVE)


@pytest.mark.parametrize("header", ["SCRIPT_NAME: /v1", "X-Forwarded-Proto: https"])
def test_nothing_that_a_proxy_says_is_believed(server, header):
    name, _, value = header.partition(": ")

    got = server.ask("/v1/ip-ranges?dc=uk", headers={name: value, "X-Forwarded-Ssl": "off"})

    assert (got.status, got.headers.get("Location")) == (200, None)


def test_one_connection_carries_many_requests(server):
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    connection.connect()
    mine = connection.sock.getsockname()
    seen = []

    for method, path, headers in [
        ("GET", LIVE, {}),
        ("HEAD", LIVE, {}),
        ("GET", LIVE, {"If-None-Match": "*"}),
        ("OPTIONS", LIVE, {}),
        ("GET", "/v1/nothing", {}),
        ("POST", LIVE, {}),
        ("GET", "/v1/topics", {}),
    ]:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        seen.append((answer.status, bool(answer.read())))

    assert connection.sock.getsockname() == mine
    connection.close()
    assert seen == [
        *((200, True), (200, False), (304, False), (204, False)),
        *((404, True), (405, True), (200, True)),
    ]


def test_a_client_of_http_1_0_is_answered_and_left(server):
    got = server.send(b"GET /v1/topics HTTP/1.0\r\n\r\n")

    assert b" 200 OK\r\n" in got
    assert got.endswith(b"}\n")


@pytest.mark.parametrize("write", [str, lambda text: quote(text, safe="")], ids=["plain", "quoted"])
def test_a_hundred_full_addresses_are_looked_up_in_one_request(server, write):
    query = "&".join(f"ip={write(address)}" for address in ADDRESSES)

    answer = server.ask(f"{LIVE}/lookup?{query}")

    assert answer.status == 200
    assert answer.json()["count"] == 100


def test_a_request_line_that_is_too_long_is_refused(server):
    got = server.send(f"GET {LIVE}?ip={'a' * 9000} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    after = server.ask(LIVE)

    assert got.startswith(b"HTTP/1.1 414 URI Too Long\r\n")
    assert b"Traceback" not in got
    assert after.status == 200


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET /v1 HTTP/1.1\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(80)),
        b"GET /v1 HTTP/1.1\r\nX-Long: " + b"a" * 9000 + b"\r\n",
        b"GET /v1 HTTP/9.9\r\nHost: a\r\n",
        b"nonsense\r\nHost: a\r\n",
        b"GET /v1 HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    ],
    ids=["many headers", "long header", "version", "no request", "two lengths"],
)
def test_a_request_that_is_none_is_refused_and_the_server_goes_on(server, request_head):
    got = server.send(request_head + b"\r\n")

    assert re.match(rb"HTTP/1\.1 (4\d\d|505) ", got)
    assert b"Traceback" not in got
    assert server.ask(LIVE).status == 200


def test_etags_are_equal_in_every_worker(server):
    tags = {server.ask(LIVE).headers["ETag"] for _ in range(30)}

    assert len(tags) == 1


def test_one_line_says_what_is_served_and_where(factory):
    factory.world().publish()

    with serving(factory) as running:
        running.signal(signal.SIGHUP)
        running.wait_until(lambda: running.log.count('"event": "serving"') == 4, "two new workers")
        lines = [line for line in running.log.splitlines() if not line.startswith(("{", "["))]

    assert lines == [
        f"faqts serves release 2026-02-02.01, 12 documents, on http://127.0.0.1:{running.port}"
    ]


def test_the_line_names_what_is_listened_on_and_not_what_was_configured(factory, tmp_path):
    factory.world().publish()
    port, path = find_port(), tmp_path / "s"
    binds = [f"--bind=127.0.0.1:{port}", "--bind=[::1]:0", f"--bind=unix:{path}"]

    with serving(factory, *binds, ready=False, port=port) as running:
        where = re.search(r"^faqts serves .* documents, on (.*)$", running.log, re.MULTILINE)

    ipv4, ipv6, unix = where[1].split(", ")
    assert (ipv4, unix) == (f"http://127.0.0.1:{port}", f"unix:{path}")
    assert re.fullmatch(r"http://\[::1\]:[1-9][0-9]*", ipv6)


def test_what_is_logged_is_json(factory):
    factory.world().publish()

    with serving(factory, FAQTS_TODAY="2026-03-01") as running:
        events = [json.loads(line) for line in running.log.splitlines() if line.startswith("{")]

    assert {event["event"] for event in events} == {"serving", "rehearsal: fixed date"}
    assert all({"event", "level", "timestamp"} <= event.keys() for event in events)


def test_bad_settings_are_named_in_one_message():
    bad = {
        "FAQTS_BIND": "nowhere",
        "FAQTS_WORKERS": "0",
        "FAQTS_THREADS": "many",
        "FAQTS_TODAY": "tomorrow",
        "FAQTS_RELEASE": "latest",
        "FAQTS_POLL_SECONDS": "nan",
        "FAQTS_LOG_LEVEL": "loud",
        "FAQTS_LEDGR": "content/releases",
        "FAQTS_PORT": "8000",
    }

    done = start_in_vain(**bad)

    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert lines[0] == "faqts cannot start:"
    assert sorted(line.partition(":")[0] for line in lines[1:]) == sorted(bad)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "bind",
    ["", "8000", ":8000", "127.0.0.1", "a:b", "127.0.0.1:0", "127.0.0.1:65536", "[::1]", "::1:80"],
)
def test_an_address_that_is_none_is_named(bind):
    done = start_in_vain(FAQTS_BIND=bind)

    assert done.returncode == 1
    assert done.stderr == (
        "faqts cannot start:\n"
        f"FAQTS_BIND: {bind!r} is not host:port. Use for example 127.0.0.1:8000 or [::]:8000.\n"
    )


def test_a_port_that_is_taken_ends_the_server():
    with socket.socket() as listener:
        port = find_port()
        listener.bind(("127.0.0.1", port))
        listener.listen()

        done = start_in_vain(FAQTS_BIND=f"127.0.0.1:{port}")

    assert done.returncode == 1
    assert done.stderr == (
        f"faqts cannot listen on 127.0.0.1 port {port}: Address already in use. Choose "
        "another address with FAQTS_BIND or --bind.\n"
    )


@pytest.mark.parametrize("options", [("wsgi:app",), ("--worker-class", "gthread")])
def test_an_application_that_the_worker_cannot_run_ends_the_server(options):
    done = start_in_vain(*options, FAQTS_BIND=f"127.0.0.1:{find_port()}")

    assert done.returncode == 1
    assert "wsgi:app needs --worker-class gthread --threads 4." in done.stderr


def test_a_rehearsal_says_so_and_nobody_may_keep_what_it_answers(factory):
    factory.world()
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/24", "effective_until": "2027-03-31"},
        {"id": "uk-2", "cidr": "203.0.115.0/24", "effective_from": "2027-04-01"},
    )
    release = factory.publish().id

    with serving(factory, FAQTS_TODAY="2027-04-01") as running:
        ready = running.ask("/readyz")
        first, second = (running.ask(f"{LIVE}/uk-{number}") for number in (1, 2))
        others = [running.ask(path) for path in (f"{LIVE}?release={release}", "/v1/nothing", "/v1")]
        unchanged = running.ask("/v1", headers={"If-None-Match": "*"})
        log = running.log

    assert ready.status == 200
    assert ready.json()["rehearsal_today"] == "2027-04-01"
    assert (first.json()["status"], second.json()["status"]) == ("retired", "active")
    assert log.count('"today": "2027-04-01", "event": "rehearsal: fixed date"') == 2
    assert unchanged.status == 304
    assert {
        answer.headers["Cache-Control"] for answer in (first, second, *others, unchanged, ready)
    } == {"no-store"}
