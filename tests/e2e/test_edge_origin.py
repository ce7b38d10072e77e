"""deploy/nginx.conf and its origin: what is asked of it, and what happens when it fails."""

import time

import pytest

from tests.e2e.origins import making_up
from tests.e2e.proxies import CONFIGURATION, is_hit, proxying, strip
from tests.e2e.servers import find_port, serving

LIVE = "/v1/ip-ranges"
OLD, NEW = "Mon, 23 Nov 2026 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:00 GMT"
#: Longer than an answer of the made-up origin is fresh; nginx counts in whole seconds.
EXPIRY_SECONDS = 2.1


@pytest.fixture
def origin():
    with making_up(find_port()) as running:
        yield running


@pytest.fixture
def edge(origin, tmp_path):
    with proxying(tmp_path / "nginx", origin.port) as running:
        yield running


def allow(*, stale: int = 0, on_error: int = 0) -> dict[str, str]:
    """Headers of an answer that is fresh for a second."""
    message = f"public, max-age=1, stale-while-revalidate={stale}, stale-if-error={on_error}"
    return {"Cache-Control": message, "ETag": 'W/"a"', "Vary": "Accept, Accept-Encoding"}


def ask_until(edge, path: str, body: bytes) -> None:
    """Ask until *body* comes, which it does after a moment."""
    for _ in range(100):
        if edge.ask(path).body == body:
            return
        time.sleep(0.05)
    raise AssertionError(f"{body!r} never came")


def test_a_stampede_on_what_is_not_kept_is_one_request(edge, origin):
    origin.headers, origin.seconds = {"Cache-Control": "public, max-age=60"}, 0.5

    answers = edge.ask_together("/a", 50)

    assert {(answer.status, answer.body) for answer in answers} == {(200, origin.body)}
    assert origin.asked == 1


def test_the_origin_gets_what_is_in_the_key_and_nothing_else(edge, origin):
    strange = {
        "Host": "evil.example",
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "for=192.0.2.1",
        "Cookie": "a=b",
        "Authorization": "Basic YTpi",
        "Accept-Language": "de",
        "If-None-Match": '"a"',
        "Range": "bytes=0-1",
        "Accept": "text/html",
        "Accept-Encoding": "br, gzip;q=0.5",
    }

    edge.ask("/a", headers=strange)
    edge.ask("/b", headers={"Accept": " */* ", "Accept-Encoding": "br"})
    edge.ask("/c", "POST", headers={"Content-Length": "0"})

    assert [seen[1] for seen in origin.seen] == [
        {"Host": "faqts", "Accept": "text/html", "Accept-Encoding": "gzip"},
        {"Host": "faqts"},
        {"Host": "faqts"},
    ]


def test_no_other_header_makes_another_entry(edge, origin):
    origin.headers = {"Cache-Control": "public, max-age=60", "Vary": "*"}

    for name in ("Cookie", "Accept-Language", "User-Agent", "Origin", "Host", "Cache-Control"):
        edge.ask("/a", headers={name: "no-cache"})

    assert origin.asked == 1


@pytest.mark.parametrize(
    "target",
    ["//v1//a/", "/v1/%41%2f%2F/./b", "/v1/../a", "/a?", "/a?b=1&a=%20&b=1+2", "/a?%", "/%e2?"],
)
def test_a_target_reaches_the_origin_as_it_was_written(edge, origin, target):
    edge.send(f"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode("latin-1"))

    assert [line for line, _ in origin.seen] == [f"GET {target} HTTP/1.1"]


def test_a_part_is_never_sent(edge, origin):
    origin.headers = {"Cache-Control": "public, max-age=60", "Accept-Ranges": "bytes"}

    answers = [edge.ask("/a", headers={"Range": "bytes=0-0"}) for _ in range(2)]

    assert {(answer.status, answer.body) for answer in answers} == {(200, origin.body)}


def test_every_query_has_an_entry_of_its_own(edge, origin):
    origin.headers = {"Cache-Control": "public, max-age=60"}

    for path in ("/a", "/a?", "/a?a=1&b=2", "/a?b=2&a=1", "/a?a=1", "/A", "/a/", "//a"):
        edge.ask(path)
        edge.ask(path)

    assert origin.asked == 8


@pytest.mark.parametrize("status", [200, 404, 410, 500, 503])
@pytest.mark.parametrize("message", ["no-store", "private, max-age=60", "public, max-age=0", None])
def test_what_may_not_be_kept_is_not(edge, origin, status, message):
    origin.status, origin.headers = status, {"Cache-Control": message} if message else {}

    answers = [edge.ask("/a") for _ in range(2)]

    assert {(answer.status, answer.body) for answer in answers} == {(status, origin.body)}
    assert origin.asked == 2


def test_a_kept_answer_ends_when_the_origin_said_and_the_next_is_all_new(edge, origin):
    origin.headers, origin.body = {**allow(), "Date": OLD, "Content-Release": "1"}, b"old"
    first, again = edge.ask("/a"), edge.ask("/a")
    origin.headers, origin.body = {**allow(), "Date": NEW, "Content-Release": "2"}, b"new"
    time.sleep(EXPIRY_SECONDS)

    after = edge.ask("/a")

    assert [(a.body, a.headers["Date"]) for a in (first, again)] == [(b"old", OLD)] * 2
    assert (after.body, after.headers["Date"], after.headers["Content-Release"]) == (
        b"new",
        NEW,
        "2",
    )
    assert all("If-None-Match" not in seen for _, seen in origin.seen)


def test_a_stale_answer_comes_at_once_while_the_next_is_fetched(edge, origin):
    origin.headers, origin.body = allow(stale=60), b"old"
    edge.ask("/a")
    origin.body, origin.seconds = b"new", 1
    time.sleep(EXPIRY_SECONDS)

    answers = edge.ask_together("/a", 20)
    ask_until(edge, "/a", b"new")

    assert {answer.body for answer in answers} == {b"old"}
    assert all(is_hit(answer) for answer in answers)
    assert origin.asked == 2


def test_an_answer_that_is_gone_is_not_kept_alive(edge, origin):
    statuses = (403, 404, 410, 429)
    origin.headers = allow(on_error=60)
    for status in statuses:
        edge.ask(f"/{status}")
    time.sleep(EXPIRY_SECONDS)
    origin.body = b"gone"

    for status in statuses:
        origin.status = status
        answer = edge.ask(f"/{status}")

        assert (answer.status, answer.body) == (status, b"gone")


def test_a_fault_of_the_origin_is_covered_by_what_is_kept(edge, origin):
    statuses = (500, 502, 503, 504)
    origin.headers, origin.body = allow(on_error=60), b"good"
    for status in statuses:
        edge.ask(f"/{status}")
    time.sleep(EXPIRY_SECONDS)
    origin.headers, origin.body = {"Cache-Control": "no-store"}, b"bad"

    for status in statuses:
        origin.status = status
        kept, cold = edge.ask(f"/{status}"), edge.ask(f"/cold/{status}")

        assert (kept.status, kept.body) == (200, b"good")
        assert kept.headers["Cache-Status"] == "nginx; hit; detail=stale"
        assert (cold.status, cold.body) == (status, b"bad")


def test_an_origin_that_is_gone_is_covered_as_long_as_it_said_and_no_longer(tmp_path):
    port = find_port()

    with proxying(tmp_path / "nginx", port) as edge:
        with making_up(port, body=b"good") as origin:
            for path, seconds in (("/long", 60), ("/short", 0)):
                origin.headers = allow(on_error=seconds)
                edge.ask(path)
        time.sleep(EXPIRY_SECONDS)
        long, short = edge.ask("/long"), edge.ask("/short")
        known = edge.ask("/long", headers={"If-None-Match": 'W/"a"'})
        with making_up(port, body=b"back"):
            back = edge.ask("/long")

    assert (long.status, long.body, long.headers["ETag"]) == (200, b"good", 'W/"a"')
    assert known.status == 304
    assert (short.status, short.json()["type"]) == (502, "/problems/origin-unreachable")
    assert back.body == b"back"


def test_an_origin_that_hangs_is_a_problem(origin, tmp_path):
    text = CONFIGURATION.read_text().replace("proxy_read_timeout 15s", "proxy_read_timeout 1s")
    origin.seconds = 3

    with proxying(tmp_path / "nginx", origin.port, text) as edge:
        answer = edge.ask("/a")

    assert (answer.status, answer.json()["type"]) == (504, "/problems/origin-timeout")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert int(answer.headers["Retry-After"]) > 0


def test_an_origin_that_was_killed_is_not_missed_and_comes_back(factory, tmp_path):
    factory.world().publish()
    paths = [LIVE, f"{LIVE}?release=2026-02-02.01", "/v1/faqs/addresses?format=md", "/v1/nothing"]
    port = find_port()

    with proxying(tmp_path / "nginx", port) as edge:
        with serving(factory, port=port) as running:
            before = [edge.ask(path) for path in paths]
            running.kill()
            kept = [edge.ask(path) for path in paths]
            tag = edge.ask(LIVE, headers={"If-None-Match": before[0].headers["ETag"]})
            cold, preflight = edge.ask("/v1/topics"), edge.ask("/v1/topics", "OPTIONS")
        with serving(factory, port=port):
            after = [edge.ask(path) for path in (*paths, "/v1/topics")]

    assert [(a.status, a.body, strip(a)) for a in kept] == [
        (a.status, a.body, strip(a)) for a in before
    ]
    assert (tag.status, preflight.status) == (304, 204)
    assert (cold.status, cold.json()["type"]) == (502, "/problems/origin-unreachable")
    assert cold.headers["Access-Control-Allow-Origin"] == "*"
    assert cold.headers["Cache-Control"] == "no-store"
    assert int(cold.headers["Retry-After"]) > 0
    assert [answer.status for answer in after] == [200, 200, 200, 404, 200]


def test_a_release_shows_through_it_as_soon_as_the_origin_says(factory, tmp_path):
    factory.world().publish()
    unknown = f"{LIVE}?release=2026-02-03.01"
    others = (
        {"id": "uk-2", "cidr": "2a00:100::/48"},
        {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
    )

    with (
        serving(factory, "tests.e2e.hurried:application") as running,
        proxying(tmp_path / "nginx", running.port) as edge,
    ):
        before, not_yet = edge.ask(LIVE), edge.ask(unknown)
        factory.facts("ip-ranges", {"id": "uk-1", "cidr": "203.0.116.0/24"}, *others)
        release = factory.publish().id
        running.wait_until_served(release)
        time.sleep(2)
        after, pinned = edge.ask(LIVE), edge.ask(unknown)

    assert before.headers["Content-Release"] == "2026-02-02.01"
    assert (not_yet.status, pinned.status) == (404, 200)
    assert after.headers["Content-Release"] == release == "2026-02-03.01"
    assert after.json()["release"] == pinned.json()["release"] == release
    assert "203.0.116.0/24" in [item["cidr"] for item in after.json()["items"]]
