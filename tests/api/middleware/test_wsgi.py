"""One entry for one answer, however it is asked for."""

import random

import pytest

from api.http.request import read_environ_key
from tests.api.v1.test_time import FakeClock

pytestmark = pytest.mark.fourfold

RANGES = "/v1/ip-ranges"
FRAME = "/embed/faqs/addresses"
OEMBED = "/oembed?url=http://127.0.0.1:8000"


def list_kept(client):
    """The keys of everything kept at this moment, the lists first."""
    service = client.application.extensions["faqts"]
    cache = service.get_snapshot(service.clock()).cache
    return [*cache._bounded.entries, *cache._unbounded.entries]


def list_closed(client):
    service = client.application.extensions["faqts"]
    return list(service.get_snapshot(service.clock()).cache._bounded.entries)


@pytest.mark.parametrize(
    "raw_targets",
    [
        [f"{RANGES}?dc=uk&traffic=from-service", f"{RANGES}?traffic=from-service&dc=uk"],
        [f"{RANGES}?dc=uk&dc=de", f"{RANGES}?dc=de&dc=uk", f"{RANGES}?dc=de&dc=uk&dc=de"],
        [RANGES, f"{RANGES}?", f"{RANGES}?samples=false", "/v1/ip%2Dranges"],
        [f"{RANGES}?dc=uk", f"{RANGES}?%64c=uk", f"{RANGES}?dc=%75k"],
        ["/v1/faqs", "/v1/faqs?limit=100", "/v1/faqs?lang=de", "/v1/faqs?lang=EN-gb"],
        ["/v1/faqs?limit=7", "/v1/faqs?limit=007"],
        [f"{FRAME}?dc=uk&application=A", f"{FRAME}?application=A&dc=uk&lang=de"],
        [f"{OEMBED}{FRAME}?dc=uk", f"{OEMBED}/faqs/addresses?x=1%26dc=uk&maxwidth=900&y=2"],
    ],
)
def test_spellings_of_one_request_make_one_entry(client, raw_targets):
    answers = {client.get(path).data for path in raw_targets}

    assert len(answers) == 1
    assert len(list_kept(client)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        [("Accept", "Application/JSON")],
        [("Accept", "text/x"), ("Accept", "application/json")],
        [("Accept", "application/json;q=0.3, text/unheard-of")],
        [("Accept-Encoding", "GZIP, br;q=1.0"), ("Accept-Encoding", "zstd")],
        [("Accept-Encoding", "unheard-of")],
        [("Accept-Language", "de"), ("X-Forwarded-For", "192.0.2.1"), ("Cookie", "a=b")],
    ],
)
def test_headers_that_decide_nothing_make_no_entry(client, headers):
    client.get("/v1/clouds")

    client.get("/v1/clouds", headers=headers)

    assert len(list_kept(client)) == 1


def test_a_form_by_its_parameter_and_by_accept_differ_in_vary_alone(client):
    named = client.get("/v1/faqs/addresses?format=md")
    negotiated = client.get("/v1/faqs/addresses", headers={"Accept": "text/markdown"})

    assert named.data == negotiated.data
    assert len(list_kept(client)) == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/faqs/none", 404),
        ("/v1/faqs?limit=0", 400),
        ("/v1/faqs?release=2030-01-01.01", 404),
        ("/v1/ip-ranges?format=txt&traffic=web", 400),
        ("/v1/nothing", 404),
        ("/healthz", 200),
        ("/embed/faqs/none", 404),
        (f"{FRAME}?datacenter=uk", 400),
        (f"{OEMBED}/faqs/none", 404),
    ],
)
def test_a_failure_is_not_kept(client, path, status):
    assert client.get(path).status_code == status

    assert list_kept(client) == []


@pytest.mark.parametrize("path", ["/v1/clouds/gone", "/embed/faqs/gone"])
def test_a_withdrawal_is_kept(factory, path):
    factory.world().facts("clouds", {"id": "workspace"}, {"id": "gone"})
    factory.faq("gone", position=2)
    factory.publish()
    factory.facts("clouds", {"id": "workspace"})
    factory.path("faqs/gone.md").unlink()
    factory.withdrawn(
        {"collection": "clouds", "id": "gone", "reason": "It ended."},
        {"collection": "faqs", "id": "gone", "reason": "It ended."},
    )
    factory.publish()
    client = factory.client()

    assert client.get(path).status_code == 410
    assert len(list_kept(client)) == 1


@pytest.mark.parametrize(
    "open_path",
    [
        "/v1/ip-ranges/lookup?ip=203.0.114.{n}",
        "/v1/faqs/addresses?application=Acme%20{n}",
        "/v1/ip-ranges?on=2027-01-{n:02}",
        "/v1/faqs?limit={n}",
        FRAME + "?application=Acme%20{n}",
        OEMBED + FRAME + "&maxwidth={n}",
    ],
)
def test_values_without_end_have_a_share_of_their_own(client, open_path):
    client.get("/v1/clouds")
    for number in range(1, 20):
        assert client.get(open_path.format(n=number)).status_code == 200

    assert len(list_closed(client)) == 1
    assert len(list_kept(client)) == 20


def test_pins_have_that_share_too(client):
    client.get("/v1/clouds?release=2026-02-02.01")

    assert list_closed(client) == []


@pytest.mark.parametrize("path", [FRAME, f"{FRAME}?dc=uk&application=A", f"{OEMBED}{FRAME}"])
def test_what_was_asked_once_is_sent_before_flask_is_entered(client, path):
    service = client.application.extensions["faqts"]

    first = client.get(path)

    cached = service.find_cached(read_environ_key(first.request.environ), service.clock())
    assert cached is not None
    assert cached.body == first.data


def test_a_release_empties_what_was_kept(factory):
    factory.world().publish()
    client = factory.client()
    before = client.get("/v1").get_json()["release"]
    factory.facts("clouds", {"id": "other"}, {"id": "workspace"})
    factory.publish()

    client.application.extensions["faqts"].follower.refresh()
    after = client.get("/v1").get_json()["release"]

    assert before != after
    assert len(list_kept(client)) == 1


def test_the_end_of_the_day_empties_what_was_kept_and_so_does_a_clock_set_back(factory):
    factory.world().facts("ip-ranges", {"id": "a", "effective_until": "2026-03-20"})
    factory.publish()
    clock = FakeClock("2026-03-20T23:59:59")
    client = factory.client(today=None, clock=clock)

    statuses = []
    for snapshot in ("2026-03-20T23:59:59", "2026-03-21T00:00:00", "2026-03-20T23:59:58"):
        clock.put(snapshot)
        statuses.append(client.get("/v1/ip-ranges/a").get_json()["status"])

    assert statuses == ["retiring", "retired", "retiring"]
    assert len(list_kept(client)) == 1


def test_a_kept_answer_ends_at_its_boundary_all_the_same(factory):
    factory.world().facts("ip-ranges", {"id": "a", "effective_until": "2026-03-20"})
    factory.publish()
    clock = FakeClock("2026-03-20T12:00:00")
    client = factory.client(today=None, clock=clock)
    client.get("/v1/ip-ranges/a")

    clock.put("2026-03-20T23:59:50")
    message = client.get("/v1/ip-ranges/a").headers["Cache-Control"]

    assert message.startswith("public, max-age=10, stale-while-revalidate=0,")


def test_a_refused_coding_is_a_problem_that_says_so(client):
    refused = {"Accept-Encoding": "identity;q=0, gzip;q=0"}
    client.get("/v1/clouds")

    answer = client.get("/v1/clouds", headers=refused)

    assert answer.status_code == 406
    assert "gzip or identity" in answer.get_json()["detail"]


def test_a_shuffled_day_of_requests_is_the_same_with_and_without_what_is_kept(client):
    """The client compares each answer with that of an application that keeps nothing."""
    pick = random.Random(7)  # noqa: S311  A shuffle that is the same each time.
    paths = [RANGES, f"{RANGES}?dc=uk", "/v1/faqs/addresses?dc=uk", "/v1/faqs/none", "/v1", "/v1/x"]
    heads = [{}, {"Accept": "text/html"}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}]

    for _ in range(200):
        method = pick.choice([client.get, client.head, client.options, client.post])
        method(pick.choice(paths), headers=pick.choice(heads))

    assert list_kept(client)
