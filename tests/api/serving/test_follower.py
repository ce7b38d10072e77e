"""Which release is served: the newest that verifies, up to the one allowed."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from api.serving.follower import ReleaseFollower

pytestmark = pytest.mark.fourfold


def refresh(client) -> None:
    client.application.extensions["faqts"].follower.refresh()


def ready(client) -> tuple[int, dict]:
    answer = client.get("/readyz")
    return answer.status_code, answer.get_json()


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
    assert "00002.json: its digest does not match" in body["reason"]
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
            "reason": "There is no release yet; publish one, or set FAQTS_LEDGER.",
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
    assert body["reason"].startswith("FAQTS_RELEASE is 2026-02-02.02, but no release is called so")


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
    assert "no release is called so" in body["reason"]


MINUTE = timedelta(minutes=1)
RELEASES = ("2026-02-02.01", "2026-02-03.01", "2026-02-04.01")


@pytest.fixture
def third(factory):
    """A client of three releases."""
    factory.world().publish("First.")
    for name in ("B", "C"):
        factory.facts("clouds", {"id": "workspace", "name": name, "faq": "addresses"})
        factory.publish(name)
    return factory.client()


def rename(factory, name: str) -> None:
    """Give the cloud of the world another name in the files."""
    factory.facts("clouds", {"id": "workspace", "name": name, "faq": "addresses"})


def remove(path) -> None:
    path.unlink()


def replace_by_folder(path) -> None:
    path.unlink()
    path.mkdir()


def replace_by_link(path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def empty(path) -> None:
    path.write_bytes(b"")


def edit(path) -> None:
    path.write_bytes(path.read_bytes().replace(b"workspace", b"workplace", 1))


def remove_folder(path) -> None:
    shutil.rmtree(path.parent)


def remove_content(path) -> None:
    for file in path.parent.iterdir():
        file.unlink()


def restore(saved, folder) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(saved, folder)


@pytest.mark.parametrize("name", ["00001.json", "00002.json", "00003.json"])
@pytest.mark.parametrize(
    "harm",
    [remove, replace_by_folder, replace_by_link, empty, edit, remove_folder, remove_content],
)
def test_what_was_loaded_stays_up_and_the_loss_is_reported_until_it_is_restored(
    factory, third, capsys, harm, name
):
    folder, saved = factory.place.ledger.folder, factory.root / "saved"
    shutil.copytree(folder, saved)
    digest = json.loads((folder / "00003.json").read_bytes())["digest"]
    capsys.readouterr()

    harm(folder / name)
    for _ in range(3):
        refresh(third)

    status, body = ready(third)
    assert (status, body["status"]) == (200, "degraded")
    assert (body["release"], body["digest"]) == (RELEASES[2], digest)
    first = "00001.json" if harm in (remove_folder, remove_content) else name
    assert first in body["reason"]
    assert "Restore the published file" in body["reason"]
    assert str(factory.root) not in body["reason"]
    assert third.get("/v1/clouds/workspace").get_json()["name"] == "C"
    assert capsys.readouterr().out.count("not all is served as it should be") == 1

    restore(saved, folder)
    refresh(third)

    assert ready(third)[1] | {"age_seconds": 0} == body | {
        "status": "ready",
        "reason": None,
        "age_seconds": 0,
    }


def test_another_release_of_the_same_number_is_named_and_never_mixed_in(factory, third, tmp_path):
    # The editor takes the last release back with git, publishes another, and then one more.
    folder = factory.place.ledger.folder
    shutil.copytree(folder, tmp_path / "saved")
    served = json.loads((folder / "00003.json").read_bytes())
    (folder / "00003.json").unlink()
    factory.instant -= timedelta(days=1)
    rename(factory, "D")
    other = factory.publish("Again.")
    rename(factory, "E")
    factory.publish("One more.")

    refresh(third)

    body = ready(third)[1]
    assert other.id == served["release"]
    assert (body["status"], body["release"]) == ("degraded", RELEASES[2])
    assert body["digest"] == served["digest"]
    assert body["reason"] == (
        f"00003.json holds another release ({other.id}, {other.digest}) than the one that is "
        f"served ({other.id}, {served['digest']}). Restore the published file. To take a release "
        f"back, keep its file and run 'faqts revert {other.id}'. To serve the other history, "
        "restart the service."
    )
    assert third.get("/v1/clouds/workspace").get_json()["name"] == "C"
    assert factory.client().get("/v1/clouds/workspace").get_json()["name"] == "E"

    restore(tmp_path / "saved", folder)
    rename(factory, "F")
    factory.publish("On top of what was served.")
    refresh(third)

    assert ready(third)[1]["reason"] is None
    assert third.get("/v1/clouds/workspace").get_json()["name"] == "F"


def test_the_first_release_that_differs_is_named(factory, third):
    folder = factory.place.ledger.folder
    for name in ("00002.json", "00003.json"):
        (folder / name).unlink()
    for name in ("X", "Y"):
        rename(factory, name)
        factory.publish(name)

    refresh(third)

    assert ready(third)[1]["reason"].startswith("00002.json holds another release (")


def test_what_is_beyond_the_release_allowed_may_be_replaced(factory):
    factory.world().publish("First.")
    rename(factory, "B")
    factory.publish("Second.")
    client = factory.client(release="2026-02-02.01")
    (factory.place.ledger.folder / "00002.json").unlink()
    rename(factory, "C")
    factory.publish("Another second.")

    refresh(client)

    assert ready(client)[1]["status"] == "ready"


def test_a_release_written_anew_with_the_same_content_is_the_same_release(factory, third):
    state = third.application.extensions["faqts"].follower.state
    path = factory.place.ledger.folder / "00003.json"
    path.write_text(json.dumps(json.loads(path.read_bytes())))

    refresh(third)

    assert third.application.extensions["faqts"].follower.state is state


def test_what_is_cached_is_still_found_while_the_ledger_is_faulty(factory, third):
    service = third.application.extensions["faqts"]
    snapshot = service.get_snapshot(service.clock())
    (factory.place.ledger.folder / "00003.json").unlink()

    refresh(third)

    assert service.follower.state.fault
    assert service.get_snapshot(service.clock()) is snapshot


def test_a_release_of_the_future_is_served_when_its_time_has_come(factory):
    factory.world().publish("First.")
    clock = FakeClock(factory.instant)
    follower = ReleaseFollower(factory.place.ledger, clock=clock)
    rename(factory, "B")
    factory.publish("Tomorrow.")
    refused = (
        "00002.json: it is dated 2026-02-03T12:00:00Z, which is in the future; it will be accepted "
        "at 2026-02-03T11:59:00Z. The clock of this machine or of the publisher is wrong."
    )
    seen = []

    for instant in (factory.instant - timedelta(seconds=61), factory.instant - MINUTE):
        clock.instant = instant
        follower.refresh()
        seen.append((follower.state.archive.latest.release.id, follower.state.fault))

    assert seen == [("2026-02-02.01", refused), ("2026-02-03.01", None)]


class FakeClock:
    """A clock that shows what it is told."""

    def __init__(self, instant: datetime):
        self.instant = instant

    def __call__(self) -> float:
        return self.instant.timestamp()


class Others:
    """Other workers, which allow so many releases."""

    def __init__(self, allowed: int):
        self.allowed, self.refusal = allowed, ""

    def offer(self, digests) -> str | None:
        return self.refusal if len(digests) > self.allowed else None


def test_nothing_is_taken_in_before_the_other_workers_agree(factory):
    factory.world().publish("First.")
    others = Others(1)
    clock = FakeClock(factory.instant + timedelta(days=2))
    follower = ReleaseFollower(factory.place.ledger, clock=clock, siblings=others)
    follower.refresh()
    rename(factory, "B")
    factory.publish("Second.")
    seen = []

    for others.allowed, others.refusal in ((1, ""), (1, "Others differ."), (2, "")):
        follower.refresh()
        state = follower.state
        seen.append((follower.agreed, state.archive.latest.release.number, state.fault))

    assert seen == [(False, 1, None), (False, 1, "Others differ."), (True, 2, None)]
