"""Looking for releases in a thread: what fails or hangs is reported, and then it goes on."""

import time
from threading import Event

import pytest
from structlog.testing import capture_logs

from api.serving.polling import Poller
from tests.contract import CheckedClient

PATIENCE_SECONDS = 5


class Unsteady:
    """A follower whose looks do what they are told to."""

    agreed = True

    def __init__(self):
        self.active_at = time.monotonic()
        self.failure: Exception | None = None
        self.may_pass = Event()
        self.may_pass.set()
        self.looks = 0

    def refresh(self) -> None:
        self.active_at = time.monotonic()
        self.may_pass.wait()
        self.looks += 1
        if self.failure is not None:
            raise self.failure


@pytest.fixture
def unsteady():
    return Unsteady()


@pytest.fixture
def poller(unsteady):
    """A poller that is stopped afterwards."""
    poller = Poller(unsteady, 0.01, patience_seconds=0.2)
    yield poller
    poller.stop()
    unsteady.may_pass.set()


def wait_until(is_so) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def count_errors(logged) -> int:
    return [entry["event"] for entry in logged].count("ledger polling failed")


def test_a_look_that_fails_is_logged_once_and_reported_until_one_does_not(poller, unsteady):
    unsteady.failure = RuntimeError("A bug.")

    with capture_logs() as logged:
        poller.start()
        wait_until(lambda: unsteady.looks > 3)
        trouble = poller.trouble
        unsteady.failure = None
        wait_until(lambda: poller.trouble is None)

    assert trouble == "Polling for releases failed: RuntimeError."
    assert count_errors(logged) == 1


def test_a_look_that_hangs_is_reported_until_it_ends(poller, unsteady):
    poller.start()
    poller.wait()
    assert poller.trouble is None
    unsteady.may_pass.clear()

    with capture_logs() as logged:
        wait_until(lambda: poller.trouble)
        hung, looks = poller.trouble, unsteady.looks
        time.sleep(0.5)
        unsteady.may_pass.set()
        wait_until(lambda: unsteady.looks > looks + 1)

    assert poller.trouble is None
    assert hung == "The ledger cannot be read: its file system has not responded for 0.2 seconds."
    assert count_errors(logged) == 1


def test_a_first_look_that_hangs_does_not_block_the_start_for_longer(poller, unsteady):
    unsteady.may_pass.clear()
    poller.start()

    poller.wait()

    assert poller.trouble.startswith("The ledger cannot be read")


def test_a_look_that_takes_long_but_goes_on_is_not_reported(poller, unsteady):
    unsteady.may_pass.clear()
    poller.start()

    for _ in range(10):
        time.sleep(0.05)
        unsteady.active_at = time.monotonic()

    assert poller.trouble is None


def test_a_pause_between_two_looks_is_not_taken_for_a_hanging_one(unsteady):
    poller = Poller(unsteady, 60, patience_seconds=0.05)
    poller.start()
    poller.wait()

    time.sleep(0.3)
    poller.stop()

    assert (poller.trouble, unsteady.looks) == (None, 1)


def test_a_worker_that_differs_from_others_looks_sooner(unsteady):
    unsteady.agreed = False
    poller = Poller(unsteady, 60)
    poller.start()

    wait_until(lambda: unsteady.looks == 2)
    poller.stop()


def test_a_release_on_disk_is_served_without_asking_for_a_refresh(factory):
    factory.world().publish("First.")
    client = factory.client()
    # Asked once each time: the release may arrive between two requests that are compared.
    plain = CheckedClient(client.application)
    poller = Poller(client.application.extensions["faqts"].follower, 0.01)
    poller.start()
    factory.facts("clouds", {"id": "workspace", "name": "New name", "faq": "addresses"})
    release = factory.publish("Second.").id

    wait_until(lambda: plain.get("/v1").get_json()["release"] == release)
    poller.stop()


def test_readiness_says_that_the_ledger_is_not_followed(factory, unsteady, poller):
    factory.world().publish("First.")
    client = factory.client()
    client.application.extensions["faqts"].poller = poller
    unsteady.may_pass.clear()
    poller.start()
    poller.wait()

    body = client.get("/readyz").get_json()

    assert (body["status"], body["release"]) == ("degraded", "2026-02-02.01")
    assert body["reason"] == poller.trouble
