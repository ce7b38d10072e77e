"""What a day does: statuses, review states, dates of change, and how long a cache may keep it."""

from datetime import UTC, datetime

import pytest

WINDOW = {"id": "a", "effective_from": "2026-03-10", "effective_until": "2026-03-20"}
ALL = "/v1/ip-ranges?status=announced&status=active&status=retiring&status=retired"


class FakeClock:
    """A clock that stands where it was put."""

    def __init__(self, text: str):
        self.put(text)

    def put(self, text: str) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def windowed(factory):
    """One range with a window and one without, published on 2026-02-02, noon."""
    factory.world()
    factory.facts("ip-ranges", WINDOW, {"id": "b", "cidr": "203.0.115.0/24"})
    factory.publish()
    return factory


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-03-09", "announced"),
        ("2026-03-10", "retiring"),
        ("2026-03-20", "retiring"),
        ("2026-03-21", "retired"),
    ],
)
def test_a_status_follows_the_day(windowed, today, status):
    client = windowed.client(today=today)

    assert client.get("/v1/ip-ranges/a").get_json()["status"] == status
    assert client.get(f"/v1/ip-ranges?status={status}").get_json()["items"][0]["id"] == "a"


def test_a_range_with_a_beginning_alone_becomes_active(factory):
    factory.world().facts("ip-ranges", {"id": "a", "effective_from": "2026-03-10"})
    factory.publish()

    statuses = [
        factory.client(today=day).get("/v1/ip-ranges/a").get_json()["status"]
        for day in ("2026-03-09", "2026-03-10")
    ]

    assert statuses == ["announced", "active"]


def test_a_range_leaves_the_list_on_the_day_after_its_last(windowed):
    clock = FakeClock("2026-03-20T23:59:59")
    client = windowed.client(today=None, clock=clock)

    before = client.get("/v1/ip-ranges?traffic=from-service&format=txt").data
    clock.put("2026-03-21T00:00:00")
    after = client.get("/v1/ip-ranges?traffic=from-service&format=txt").data

    assert before == b"203.0.114.0/24\n203.0.115.0/24\n"
    assert after == b"203.0.115.0/24\n"


@pytest.mark.parametrize(
    ("now", "modified"),
    [
        ("2026-03-09T23:59:59", "Mon, 02 Feb 2026 12:00:00 GMT"),
        ("2026-03-10T00:00:00", "Tue, 10 Mar 2026 00:00:00 GMT"),
        ("2026-03-20T23:59:59", "Tue, 10 Mar 2026 00:00:00 GMT"),
        ("2026-03-21T00:00:00", "Sat, 21 Mar 2026 00:00:00 GMT"),
        ("2027-01-02T00:00:00", "Sat, 02 Jan 2027 00:00:00 GMT"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/ip-ranges?dc=uk", "/v1/ip-ranges?status=active", ALL])
def test_the_date_of_change_moves_with_a_window_without_a_release(windowed, path, now, modified):
    client = windowed.client(today=None, clock=FakeClock(now))

    assert client.get(path).headers["Last-Modified"] == modified


def test_a_client_that_asks_with_a_date_hears_of_a_retired_range(windowed):
    clock = FakeClock("2026-03-20T12:00:00")
    client = windowed.client(today=None, clock=clock)
    first = client.get("/v1/ip-ranges")
    since = {"If-Modified-Since": first.headers["Last-Modified"]}

    same = client.get("/v1/ip-ranges", headers=since)
    clock.put("2026-03-21T12:00:00")
    other = client.get("/v1/ip-ranges", headers=since)

    assert (same.status_code, other.status_code) == (304, 200)
    assert other.get_json()["count"] == first.get_json()["count"] - 1


@pytest.mark.parametrize(
    ("path", "now", "max_age", "stale"),
    [
        ("/v1/ip-ranges", "2026-03-09T12:00:00", 300, 3600),
        ("/v1/ip-ranges", "2026-03-09T23:59:30", 30, 0),
        ("/v1/ip-ranges?status=retired", "2026-03-20T23:30:00", 300, 1500),
        ("/v1/ip-ranges/a", "2026-03-20T23:59:30", 30, 0),
        ("/v1/ip-ranges/b", "2026-03-20T23:59:30", 300, 3600),
        ("/v1/ip-ranges?dc=de", "2026-03-20T23:59:30", 300, 3600),
        ("/v1/ip-ranges/lookup?ip=1.1.1.1", "2026-03-20T23:59:30", 30, 0),
        ("/v1/faqs/addresses", "2026-03-20T23:59:30", 30, 0),
        ("/v1/faqs/addresses?format=html", "2026-03-09T23:59:30", 30, 0),
        ("/v1/faqs", "2026-03-20T23:59:30", 300, 3600),
        ("/v1/faqs", "2027-01-01T23:59:30", 30, 0),
        ("/v1/clouds/workspace", "2027-01-01T23:59:30", 30, 0),
        ("/v1/topics", "2027-01-01T23:59:30", 30, 0),
        ("/v1/changes", "2026-03-20T23:59:30", 300, 3600),
        ("/v1", "2026-03-20T23:59:30", 300, 3600),
    ],
)
def test_no_kept_answer_outlives_the_next_boundary(windowed, path, now, max_age, stale):
    client = windowed.client(today=None, clock=FakeClock(now))

    header = client.get(path).headers["Cache-Control"]

    assert header == (
        f"public, max-age={max_age}, stale-while-revalidate={stale}, stale-if-error=604800"
    )


def test_a_review_is_overdue_from_the_day_after_it_was_due(windowed):
    states = [
        windowed.client(today=day).get("/v1/clouds/workspace").get_json()["freshness"]["state"]
        for day in ("2027-01-01", "2027-01-02")
    ]

    assert states == ["unreviewed", "overdue"]


def test_an_answer_of_a_rehearsal_is_kept_by_nobody(windowed):
    client = windowed.client(rehearsal="2026-03-21")

    answers = [client.get(p) for p in ("/v1/ip-ranges", "/v1/nothing", "/v1?release=2026-02-02.01")]

    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_the_day_is_that_of_utc(windowed):
    client = windowed.client(today=None, clock=FakeClock("2026-03-10T00:00:00"))

    assert client.get("/v1/ip-ranges/a").get_json()["status"] == "retiring"


def test_every_answer_to_the_same_question_is_the_same_on_the_same_day(windowed):
    morning, night = (
        windowed.client(today=None, clock=FakeClock(f"2026-03-12T{hour}")).get("/v1/ip-ranges")
        for hour in ("00:00:00", "23:59:59")
    )

    assert morning.data == night.data
    assert morning.headers["ETag"] == night.headers["ETag"]


@pytest.mark.parametrize("path", ["/v1/ip-ranges?", "/v1/ip-ranges/aws?", "/v1/faqs/addresses?"])
def test_no_answer_was_changed_in_the_future(windowed, path):
    answer = windowed.client().get(f"{path}on=2029-01-01")

    assert answer.headers["Last-Modified"] == "Mon, 02 Feb 2026 12:00:00 GMT"
    assert "2027" not in str(answer.get_json().get("createDate"))
