"""deploy/nginx.conf against clients that ask too much, too slowly or wrongly; its file; TLS."""

import json
import re
import ssl
import subprocess
import time
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import quote

import pytest
from werkzeug.datastructures import Headers

from schemas.problem import PROBLEM_TYPES, ProblemSchema
from tests.e2e.origins import making_up
from tests.e2e.proxies import CONFIGURATION, change, proxying, take_marks, write_configuration
from tests.e2e.servers import PATIENCE_SECONDS, Answer, find_port
from tests.programs import require_program

TEXT = CONFIGURATION.read_text(encoding="utf-8")
#: More than one client may ask for in a row.
GREEDY = 2_000
SLOW_CLIENTS = 250


@pytest.fixture(scope="module")
def origin():
    with making_up(find_port(), headers={"Cache-Control": "public, max-age=3600"}) as running:
        yield running


@pytest.fixture(scope="module")
def edge(origin, tmp_path_factory):
    with proxying(tmp_path_factory.mktemp("nginx"), origin.port) as running:
        yield running


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for faqts.example.com that nobody else trusts, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    names = ("-subj", "/CN=faqts.example.com", "-addext", "subjectAltName=DNS:faqts.example.com")
    subprocess.run(
        [
            *(require_program("openssl"), "req", "-x509", "-newkey", "ec"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", *names),
            *("-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    return folder / "cert.pem", folder / "key.pem"


def check_problem(answer, slug: str) -> dict:
    """The body of *answer*, which is the problem *slug* as the service would write it."""
    problem, body = PROBLEM_TYPES[slug], answer.json()
    assert answer.status == body["status"] == problem.status
    assert (body["type"], body["title"]) == (f"/problems/{slug}", problem.title)
    assert list(body) == list(ProblemSchema().fields)
    assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"]
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]
    assert answer.headers.getlist("Cache-Control") == ["no-store"]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    return body


@pytest.mark.parametrize("marks", [(), ("cdn",)], ids=["as it is", "behind a CDN"])
def test_nginx_accepts_the_file(tmp_path, marks):
    text = TEXT
    for mark in marks:
        text = take_marks(text, mark)
    path = write_configuration(text, tmp_path, find_port(), "127.0.0.1:9")

    done = subprocess.run(
        [require_program("nginx"), "-t", "-p", tmp_path, "-e", tmp_path / "errors", "-c", path],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )

    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_every_problem_that_the_file_holds_is_one_that_the_service_explains():
    bodies = [
        (int(status), json.loads(body.replace("$faqts_instance", "/a")))
        for status, body in re.findall(r"return (\d{3}) '(\{.*\})\\n';", TEXT)
    ]

    slugs = {body["type"].removeprefix("/problems/") for _, body in bodies}
    for status, body in bodies:
        problem = PROBLEM_TYPES[body["type"].removeprefix("/problems/")]
        assert (status, body["status"], body["title"]) == (
            problem.status,
            problem.status,
            problem.title,
        )
        assert list(body) == list(ProblemSchema().fields)
        assert body["detail"].endswith(".")
    assert len(slugs) == len(bodies) == TEXT.count("internal;") - TEXT.count("<!doctype html>")
    assert slugs >= {slug for slug, problem in PROBLEM_TYPES.items() if problem.by_proxy}


@pytest.mark.parametrize(
    ("request_head", "slug", "instance"),
    [
        (b"nonsense\r\n", "malformed-request", "/"),
        (b"GET /v1 HTTP/9.9\r\nHost: a\r\n", "malformed-request", "/"),
        (b"GET /v1 HTTP/1.1\r\n", "malformed-request", "/v1"),
        (b"GET /v1?a=M\xc3\xbcller HTTP/1.1\r\nHost: a\r\n", "malformed-request", "/v1"),
        (b"GET /v1 HTTP/1.1\r\nHost: a b\r\n", "malformed-request", "/v1"),
        (b"GET /a%00b HTTP/1.1\r\nHost: a\r\n", "malformed-request", "/"),
        (b"GET /../.. HTTP/1.1\r\nHost: a\r\n", "malformed-request", "/"),
        (b"GET /v1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: b\r\n", "malformed-request", "/v1"),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n", "uri-too-long", "/"),
        (b"GET /v1 HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 9000 + b"\r\n", "header-too-large", "/v1"),
        (b"GET /v1 HTTP/1.1\r\n" + b"X: " + b"a" * 7000 + b"\r\n", "malformed-request", "/v1"),
        (b"GET /v1 HTTP/1.1\r\n" + (b"X: " + b"a" * 7000 + b"\r\n") * 6, "header-too-large", "/v1"),
        (b"POST /v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n", "body-too-large", "/v1"),
        (b"TRACE /v1?a HTTP/1.1\r\nHost: a\r\n", "method-not-allowed", "/v1"),
        (b'GET /v1 HTTP/1.1\r\nHost: a\r\nIf-Match: "a"\r\n', "precondition-failed", "/v1"),
        (b'GET /readyz?"x\\ HTTP/1.1\r\nHost: a\r\n', "not-found", "/readyz"),
        (b"GET /.proxy/not-found HTTP/1.1\r\nHost: a\r\n", "not-found", "/.proxy/not-found"),
    ],
    ids=[
        *("nonsense", "version", "no host", "raw", "bad host", "null", "root", "coding"),
        "long",
        *("long header", "no host, long", "many", "body", "trace", "precondition"),
        *("quotes", "internal"),
    ],
)
def test_a_failure_of_the_proxy_is_a_problem(edge, request_head, slug, instance):
    body = b"a" * 2000 if slug == "body-too-large" else b""

    answer = edge.send(request_head + b"Connection: close\r\n\r\n" + body)

    assert check_problem(answer, slug)["instance"] == instance
    assert ("Allow" in answer.headers) == (answer.status == 405)


def test_no_path_breaks_out_of_the_problem_that_names_it(edge):
    for byte in range(0x21, 0x100):
        target = b"/v1/" + bytes([byte])
        answer = edge.send(b"GET " + target + b" HTTP/1.1\r\nConnection: close\r\n\r\n")

        body = check_problem(answer, "malformed-request")
        assert quote(body["instance"], safe="/:@!$&'()*+,;=%~._-") == body["instance"]


def test_a_client_that_asks_too_often_is_told_when_to_come_back_and_others_are_answered(edge):
    source = "127.2.0.1"
    assert edge.ask("/a", source=source).status == 200

    with edge.connect(source) as connection:
        for _ in range(GREEDY):
            connection.request("GET", "/a")
            got = connection.getresponse()
            refused = Answer(got.status, Headers(got.getheaders()), got.read())
            if refused.status != 200:
                break
    other = edge.ask("/a")

    check_problem(refused, "too-many-requests")
    assert int(refused.headers["Retry-After"]) > 0
    assert other.status == 200


def test_a_client_with_too_many_requests_under_way_is_refused(origin, tmp_path):
    text = TEXT.replace("limit_conn faqts_connections 100", "limit_conn faqts_connections 1")
    assert text != TEXT

    with (
        making_up(find_port(), seconds=2) as slow,
        proxying(tmp_path / "nginx", slow.port, text) as edge,
        edge.connect("127.2.0.2") as first,
    ):
        first.request("GET", "/a")
        time.sleep(0.5)
        refused, other = edge.ask("/a", source="127.2.0.2"), edge.ask("/a")
        answered = first.getresponse()

    check_problem(refused, "too-many-requests")
    assert int(refused.headers["Retry-After"]) > 0
    assert (other.status, answered.status) == (200, 200)


def test_a_network_of_addresses_is_one_client_and_a_cdn_is_none(origin, tmp_path):
    text = (
        change(take_marks(TEXT, "cdn"), cdn="set_real_ip_from 127.0.0.1;")
        .replace("rate=50r/s", "rate=1r/m")
        .replace("burst=200 nodelay", "burst=1 nodelay")
    )
    clients = {
        "2001:db8:1:2::1": [200, 200, 429],
        "2001:db8:1:2:ffff::2": [429, 429, 429],
        "2001:db8:1:3::1": [200, 200, 429],
        "192.0.2.7": [200, 200, 429],
        "192.0.2.8": [200, 200, 429],
    }

    with proxying(tmp_path / "nginx", origin.port, text) as edge:
        seen = {
            client: [
                edge.ask("/a", headers={"X-Forwarded-For": client}, source="127.0.0.1").status
                for _ in expected
            ]
            for client, expected in clients.items()
        }

    assert seen == clients


def test_a_flood_of_slow_heads_is_cut_off_and_nobody_else_notices(edge):
    edge.ask("/a")
    flood = [
        HTTPConnection("127.0.0.1", edge.port, timeout=PATIENCE_SECONDS)
        for _ in range(SLOW_CLIENTS)
    ]
    ended = set()

    try:
        for slow in flood:
            slow.connect()
            slow.sock.sendall(b"GET /a HTTP/1.1\r\nHost: a\r\n")
        began = time.monotonic()
        statuses = set()
        while len(ended) < SLOW_CLIENTS and time.monotonic() - began < PATIENCE_SECONDS:
            statuses.add(edge.ask("/a").status)
            ended |= {number for number, slow in enumerate(flood) if not dribble(slow)}
            time.sleep(0.2)
    finally:
        for slow in flood:
            slow.close()

    assert statuses == {200}
    assert len(ended) == SLOW_CLIENTS


def dribble(slow: HTTPConnection) -> bool:
    """Send one more byte of a head without end; False when the connection is gone."""
    try:
        slow.sock.sendall(b"X")
    except OSError:
        return False
    return True


def test_the_marked_block_serves_over_tls_and_sends_plain_requests_there(
    origin, tmp_path, certificate
):
    port = find_port()
    text = change(
        take_marks(TEXT, "tls"),
        listen_tls=f"listen 127.0.0.1:{port} ssl http2;",
        certificate=f"ssl_certificate {certificate[0]};",
        key=f"ssl_certificate_key {certificate[1]};",
    )
    context = ssl.create_default_context(cafile=certificate[0])
    context.check_hostname = False

    with proxying(tmp_path / "nginx", origin.port, text) as edge:
        plain = edge.ask("/v1/a%2Fb?c=d")
        connection = HTTPSConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS, context=context)
        answers = []
        for path in ("/a", "/healthz"):
            connection.request("GET", path)
            got = connection.getresponse()
            answers.append((got.status, got.headers["Strict-Transport-Security"]))
            got.read()
        connection.close()

    assert (plain.status, plain.headers["Location"]) == (
        308,
        "https://faqts.example.com/v1/a%2Fb?c=d",
    )
    assert answers == [(200, "max-age=31536000"), (404, "max-age=31536000")]


def test_the_access_log_is_a_line_of_json_for_each_request(edge):
    edge.ask('/logged?"', headers={"User-Agent": 'a"b\\'})
    edge.ask('/logged?"')

    lines = edge.read_log('/logged?"', 2)
    assert [(line["cache"], line["status"]) for line in lines] == [("MISS", 200), ("HIT", 200)]
    assert lines[0]["user_agent"] == 'a"b\\'
    assert lines[0]["client"].startswith("127.1.")
