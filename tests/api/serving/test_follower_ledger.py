"""What is served while the ledger is not what it was when it was loaded."""

import json
import shutil
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from api.serving.follower import ReleaseFollower
from tests.api.serving.readiness import ready, refresh

pytestmark = pytest.mark.fourfold

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
    factory, third, harm, name
):
    folder, saved = factory.place.ledger.folder, factory.root / "saved"
    shutil.copytree(folder, saved)
    digest = json.loads((folder / "00003.json").read_bytes())["digest"]

    harm(folder / name)
    with capture_logs() as logged:
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
    assert [entry["log_level"] for entry in logged] == ["error"]

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
        f"00003.json was replaced: it contains release {other.id} ({other.digest}), but "
        f"{other.id} ({served['digest']}) is served. Restore the published file. To undo a "
        f"release, keep its file and run 'faqts revert {other.id}'. To serve the files on disk, "
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

    assert ready(third)[1]["reason"].startswith("00002.json was replaced: ")


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
        "00002.json: is dated 2026-02-03T12:00:00Z, which is in the future. It will be accepted "
        "at 2026-02-03T11:59:00Z. Check the clocks of this machine and of the publisher."
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
