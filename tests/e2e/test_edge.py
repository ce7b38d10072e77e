"""deploy/nginx.conf before the real service: what comes through it, and what it keeps."""

import re
import time
from email.utils import parsedate_to_datetime
from itertools import count

import pytest

from api.rendering.assets import SWAGGER_UI, build_asset_path
from tests.e2e.conftest import PUBLIC_URL
from tests.e2e.proxies import count_asked, is_hit, strip
from tests.e2e.test_wire import ADDRESSES

LIVE = "/v1/ip-ranges"
OEMBED = f"/oembed?url={PUBLIC_URL}"
#: Paths that no test of this module has asked for yet.
COLD = (f"{LIVE}/lookup?ip=198.51.100.{number}" for number in count(1))
KEPT = [
    (f"{LIVE}?dc=uk", 200),
    ("/problems/withdrawn", 200),
    ("/problems?format=html", 200),
    ("/docs", 200),
    (f"/docs/swagger-ui-{SWAGGER_UI}/swagger-ui.css", 200),
    ("/", 200),
    ("/?q=ranges", 200),
    ("/faqs/ranges", 200),
    ("/faqs/addresses?dc=uk", 308),
    ("/faqs/old", 410),
    ("/ip-ranges?dc=uk", 200),
    ("/clouds", 200),
    ("/changes", 200),
    ("/releases/2026-02-02.01", 200),
    ("/sitemap.xml", 200),
    ("/robots.txt", 200),
    ("/docs/site.css", 200),
    (build_asset_path("site.css"), 200),
    ("/docs/site.css?v=of-another-day", 200),
    ("/.well-known/api-catalog", 200),
    ("/.well-known/security.txt", 404),
    (f"{LIVE}?release=2026-02-02.01", 200),
    ("/v1/faqs/ranges?format=html", 200),
    ("/v1/faqs/addresses?dc=uk", 308),
    ("/v1/nothing", 404),
    ("/v1/faqs/old", 410),
    ("/embed/faqs/ranges?dc=uk&application=Acme", 200),
    ("/embed/faqs/addresses?dc=uk", 308),
    ("/embed/faqs/nothing", 404),
    ("/embed/faqs/old", 410),
    ("/docs/frame.js", 200),
    (f"{OEMBED}/embed/faqs/ranges&maxwidth=300", 200),
    (f"{OEMBED}/faqs/nothing", 404),
]
NO_STORE = [
    (f"{LIVE}?zebra=1", {}, 400),
    ("/v1/faqs/ranges", {"Accept": "image/png"}, 406),
    (f"{LIVE}?release=2030-01-01.01", {}, 404),
    ("/embed/faqs/ranges?datacenter=uk", {}, 400),
    (f"{OEMBED}/faqs/ranges&format=xml", {}, 501),
]


@pytest.mark.parametrize(("path", "status"), KEPT)
def test_what_may_be_kept_is_asked_for_once_and_comes_as_the_origin_sent_it(
    edge, service, path, status
):
    answers = [edge.ask(path) for _ in range(3)]
    asked = count_asked(service, path)
    direct = service.ask(path)

    assert [is_hit(answer) for answer in answers] == [False, True, True]
    assert asked == 1
    for answer in answers:
        assert answer.status == direct.status == status
        assert answer.body == direct.body
        assert strip(answer) == strip(direct)


@pytest.mark.parametrize(("path", "headers", "status"), NO_STORE)
def test_what_may_not_be_kept_is_asked_for_each_time(edge, service, path, headers, status):
    before = count_asked(service, path)

    answers = [edge.ask(path, headers=headers) for _ in range(3)]

    assert count_asked(service, path) == before + 3
    for answer in answers:
        assert answer.status == status
        assert not is_hit(answer)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_fifty_clients_at_once_are_one_request_to_the_origin(edge, service):
    path = next(COLD)

    answers = edge.ask_together(path, 50)

    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert sum(not is_hit(answer) for answer in answers) == 1
    assert count_asked(service, path) == 1


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({"If-None-Match": 'W/"TAG"'}, 304),
        ({"If-None-Match": '"TAG"'}, 304),
        ({"If-None-Match": '"a", W/"TAG"'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-Modified-Since": "DATE"}, 304),
        ({"If-Modified-Since": "Wed, 25 Nov 2026 12:00:00 GMT"}, 304),
        ({"If-None-Match": 'W/"TAG"', "If-Modified-Since": "DATE"}, 304),
        ({"If-None-Match": 'W/"a"'}, 200),
        ({"If-Modified-Since": "Sun, 01 Feb 2026 12:00:00 GMT"}, 200),
        ({"If-None-Match": '"a"', "If-Modified-Since": "DATE"}, 200),
    ],
)
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_who_has_it_already_gets_304_from_the_cache(edge, service, known, status, coding):
    first = edge.ask(LIVE, headers={"Accept-Encoding": coding})
    asked = count_asked(service, LIVE)

    tag, date = first.headers["ETag"][3:-1], first.headers["Last-Modified"]
    known = {
        name: message.replace("TAG", tag).replace("DATE", date) for name, message in known.items()
    }
    answer = edge.ask(LIVE, headers={"Accept-Encoding": coding, **known})

    direct = service.ask(LIVE, headers=known)
    assert answer.status == direct.status == status
    assert answer.body == (b"" if status == 304 else first.body)
    assert (
        strip(answer).items()
        >= {
            name: value
            for name, value in strip(direct).items()
            if direct.status == 304 or name in {"etag", "vary", "cache-control"}
        }.items()
    )
    assert is_hit(answer)
    assert count_asked(service, LIVE) == asked + 1  # The direct one.


def test_a_form_is_kept_for_each_accept(edge):
    path = "/v1/faqs/ranges"
    kinds = ["application/json", "text/html", "text/plain", "text/markdown"]

    answers = [edge.ask(path, headers={"Accept": kind}) for kind in (*kinds, *kinds)]

    assert [answer.headers["Content-Type"].partition(";")[0] for answer in answers] == [
        *kinds,
        *kinds,
    ]
    assert [is_hit(answer) for answer in answers] == [False] * 4 + [True] * 4


def test_the_date_is_that_of_the_origin_as_long_as_an_answer_is_kept(edge):
    path = next(COLD)
    first = edge.ask(path)
    time.sleep(2)

    again, now = edge.ask(path), edge.ask("/healthz")

    assert again.headers.getlist("Date") == first.headers.getlist("Date")
    dates = [parsedate_to_datetime(answer.headers["Date"]) for answer in (again, now)]
    assert dates[0] < dates[1]
    assert first.headers["Server"] == "nginx"


def test_head_is_answered_from_what_get_left_and_the_other_way_round(edge, service):
    got, headed = next(COLD), next(COLD)

    pairs = [
        (edge.ask(got), edge.ask(got, "HEAD")),
        (edge.ask(headed, "HEAD"), edge.ask(headed)),
    ]

    assert (pairs[0][1].body, pairs[1][0].body) == (b"", b"")
    assert pairs[1][1].body != b""
    assert all(strip(first) == strip(second) for first, second in pairs)
    assert all(is_hit(second) for _, second in pairs)
    assert count_asked(service, got) == count_asked(service, headed) == 1


@pytest.mark.parametrize("path", [LIVE, "/v1/nothing", "/healthz/"])
def test_a_preflight_says_what_the_origin_would(edge, service, path):
    answer, direct = edge.ask(path, "OPTIONS"), service.ask(path, "OPTIONS")

    assert answer.status == direct.status == 204
    assert answer.body == b""
    assert strip(answer) == strip(direct)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "//v1",
            "//healthz",
            "/v1//faqs",
            "/v1/faqs/",
            "/v1/faqs//ranges",
            "/v1/faqs/%72anges",
            "/",
        ),
        *("/v1/faqs/a%2Fb", "/v1/faqs/%E2%82%AC", "/v1/faqs/a%20b", "/v1/./faqs", "/v1/../v1"),
        *("/v1?", "/v1/ip-ranges?dc=uk&dc=de", "/v1/ip-ranges?dc=de&dc=uk", "/V1", "/v1/faqs;a"),
    ],
)
def test_a_path_reaches_the_origin_as_it_was_written(edge, service, path):
    answer, direct = edge.ask(path), service.ask(path)

    assert (answer.status, answer.body) == (direct.status, direct.body)


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/%68ealthz", "/v1/../readyz", "/readyz?a"]
)
def test_the_state_of_a_process_is_not_for_the_public(edge, service, path):
    answer = edge.ask(path)

    assert service.ask("/healthz").status == 200
    assert answer.status == 404
    assert answer.json()["type"] == "/problems/not-found"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused_by_the_origin(edge, service, method):
    answer, direct = edge.ask(LIVE, method), service.ask(LIVE, method)

    assert answer.status == 405
    assert (answer.body, strip(answer)) == (direct.body, strip(direct))


def test_no_body_reaches_the_origin_where_it_would_be_another_request(edge, service):
    body = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

    for method, status in (("POST", 405), ("GET", 200)):
        head = f"{method} {next(COLD)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
        answer = edge.send(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        assert answer.status == status

    assert count_asked(service, "/smuggled") == 0


def test_a_hundred_full_addresses_are_looked_up_through_it(edge):
    query = "&".join(f"ip={address.replace(':', '%3A')}" for address in ADDRESSES)

    answers = [edge.ask(f"{LIVE}/lookup?{query}") for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert answers[1].json()["count"] == 100
    assert is_hit(answers[1])


@pytest.mark.parametrize("length", [7900, 7990, 7999, 8000, 8001, 8100, 8190, 8200])
def test_no_length_of_a_request_line_falls_between_the_two(edge, length):
    line = f"GET {LIVE}?zebra="
    line += "a" * (length - len(f"{line} HTTP/1.1"))

    answer = edge.send(f"{line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())

    assert answer.status == (400 if length <= 7990 else 414 if length > 8000 else answer.status)
    assert answer.status in {400, 414}
    assert answer.json()["status"] == answer.status


def test_a_live_list_is_kept_for_five_minutes_at_most(edge):
    message = edge.ask(LIVE).headers["Cache-Control"]

    assert int(re.fullmatch(r"public, max-age=(\d+), .*", message)[1]) <= 300
