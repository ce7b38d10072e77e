"""Which release is served: the newest that verifies, up to the one allowed."""

from datetime import UTC, datetime

import pytest

from tests.api.serving.readiness import ready, refresh

pytestmark = pytest.mark.fourfold


@pytest.fixture
def served(factory):
    """A client of the first release, whose editor then has a second in the files."""
    factory.world().publish("First.")
    client = factory.client()
    factory.facts("clouds", {"id": "workspace", "name": "New name", "faq": "addresses"})
    return client


def test_a_new_release_is_served_after_a_refresh(factory, served):
    factory.publish("Second.")
    before = served.get("/v1").get_json()["release"]

    refresh(served)

    assert before == "2026-02-02.01"
    assert served.get("/v1").get_json()["release"] == "2026-02-03.01"
    assert served.get("/v1/clouds/workspace").get_json()["name"] == "New name"


def test_a_refresh_without_news_changes_nothing(factory, served):
    state = served.application.extensions["faqts"].follower.state

    refresh(served)

    assert served.application.extensions["faqts"].follower.state is state


def test_a_release_that_does_not_verify_is_not_served_and_the_reason_is_said(factory, served):
    factory.publish("Second.")
    path = factory.place.ledger.folder / "00002.json"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"New name", b"Bad name"))

    refresh(served)

    status, body = ready(served)
    assert (status, body["status"], body["release"]) == (200, "degraded", "2026-02-02.01")
    assert "00002.json: has a digest that does not match" in body["reason"]
    assert served.get("/v1/clouds/workspace").get_json()["name"] == "Google Workspace"


def test_a_repaired_release_is_served_and_nothing_is_degraded(factory, served):
    factory.publish("Second.")
    path = factory.place.ledger.folder / "00002.json"
    good = path.read_bytes()
    path.write_bytes(b"{")
    refresh(served)

    path.write_bytes(good)
    refresh(served)

    status, body = ready(served)
    assert (status, body["status"], body["release"]) == (200, "ready", "2026-02-03.01")
    assert body["reason"] is None
    assert served.get("/v1/clouds/workspace").get_json()["name"] == "New name"


def test_a_bad_release_that_is_taken_away_leaves_no_trace(factory, served):
    path = factory.place.ledger.folder / "00002.json"
    path.write_bytes(b"nonsense")
    refresh(served)

    path.unlink()
    refresh(served)

    assert ready(served)[1]["status"] == "ready"


def test_before_the_first_release_every_path_asks_to_come_again(factory):
    client = factory.client()

    answers = [client.get(path) for path in ("/v1", "/v1/faqs/a?zebra=1", "/v1/ip-ranges/lookup")]

    for answer in answers:
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.get_json()["type"] == "/problems/not-ready"


def test_before_the_first_release_the_process_is_alive_and_not_ready(factory):
    client = factory.client()

    assert client.get("/healthz").get_json() == {"status": "alive"}
    assert ready(client) == (
        503,
        {
            "status": "not_ready",
            "release": None,
            "digest": None,
            "age_seconds": None,
            "reason": "There is no release yet. Publish one, or set FAQTS_CONTENT.",
            "held_back": None,
            "rehearsal_today": None,
        },
    )


def test_a_first_release_that_does_not_verify_is_named(factory):
    factory.place.ledger.folder.mkdir(parents=True)
    (factory.place.ledger.folder / "00001.json").write_text("[]")

    status, body = ready(factory.client())

    assert (status, body["status"]) == (503, "not_ready")
    assert body["reason"].startswith("00001.json: ")


def test_the_first_release_makes_the_service_ready(factory):
    client = factory.client()
    factory.world().publish()

    refresh(client)

    assert ready(client)[0] == 200
    assert client.get("/v1").status_code == 200


def test_readiness_says_what_is_served_and_how_old_it_is(factory):
    digest = factory.world().publish().digest
    now = datetime(2026, 2, 2, 13, 1, 5, tzinfo=UTC).timestamp()
    client = factory.client(today=None, clock=lambda: now)

    answer = client.get("/readyz")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json() == {
        "status": "ready",
        "release": "2026-02-02.01",
        "digest": digest,
        "age_seconds": 3665,
        "reason": None,
        "held_back": None,
        "rehearsal_today": None,
    }


@pytest.mark.parametrize(
    ("allowed", "served", "held_back"),
    [
        ("2026-02-02.01", "2026-02-02.01", "2026-02-04.01"),
        ("2026-02-03.01", "2026-02-03.01", "2026-02-04.01"),
        ("2026-02-03.99", "2026-02-03.01", "2026-02-04.01"),
        ("2026-02-04.01", "2026-02-04.01", None),
        ("2030-01-01.01", "2026-02-04.01", None),
        (None, "2026-02-04.01", None),
    ],
)
def test_nothing_newer_than_the_release_allowed_is_served(factory, allowed, served, held_back):
    factory.world().publish("First.")
    for name in ("B", "C"):
        factory.facts("clouds", {"id": "workspace", "name": name, "faq": "addresses"})
        factory.publish(name)

    client = factory.client(release=allowed)

    assert client.get("/v1").get_json()["release"] == served
    assert ready(client)[1]["held_back"] == held_back
    newest = client.get("/v1/releases/2026-02-04.01")
    assert newest.status_code == (404 if held_back else 200)


def test_a_release_allowed_that_nobody_published_is_said(factory):
    factory.world().publish()

    status, body = ready(factory.client(release="2026-02-02.02"))

    assert (status, body["status"], body["release"]) == (200, "degraded", "2026-02-02.01")
    assert body["reason"].startswith("FAQTS_RELEASE is 2026-02-02.02, but no release has this ID")


def test_a_release_held_back_stays_back_when_it_arrives_later(factory):
    factory.world().publish("First.")
    client = factory.client(release="2026-02-02.01")
    factory.facts("clouds", {"id": "workspace", "name": "B", "faq": "addresses"})
    factory.publish("Second.")

    refresh(client)

    assert client.get("/v1").get_json()["release"] == "2026-02-02.01"
    assert ready(client)[1]["held_back"] == "2026-02-03.01"


def test_an_id_of_a_release_held_back_was_never_known(factory):
    factory.world().publish("First.")
    factory.facts("data-centers", {"id": "uk"}, {"id": "de"}, {"id": "us"})
    factory.publish("Second.")

    answer = factory.client(release="2026-02-02.01").get("/v1/ip-ranges?dc=us")

    assert answer.status_code == 400


def test_nothing_is_served_when_every_release_is_newer_than_allowed(factory):
    factory.world().publish()

    status, body = ready(factory.client(release="2020-01-01.01"))

    assert (status, body["held_back"]) == (503, "2026-02-02.01")


def test_a_release_to_hold_at_that_was_never_published_is_told(factory):
    factory.world().publish()

    status, body = ready(factory.client(release="2030-01-01.01"))

    assert (status, body["status"], body["release"]) == (200, "degraded", "2026-02-02.01")
    assert "no release has this ID" in body["reason"]
