"""The catalogue of any release, and the archive that holds them all."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from content.documents import Key
from content.errors import UnknownReleaseError
from content.ledger.catalogue import build_archive
from content.ledger.memo import Memo
from schemas.collections import COLLECTIONS


def list_ids(catalogue, collection):
    return [document.key.id for document in catalogue.list_documents(collection)]


def test_documents_are_listed_in_the_order_of_their_collection(factory):
    factory.faq("a", position=4)
    factory.faq("b", position=2)
    factory.faq("c", position=3)
    factory.world().publish()

    latest = factory.archive().latest

    assert list_ids(latest, "faqs") == ["addresses", "b", "c", "a"]
    assert list_ids(latest, "ip-ranges") == ["uk-1", "de-1", "uk-2"]
    assert list_ids(latest, "deadlines") == []


def test_an_old_release_reads_as_it_did(factory):
    factory.world().publish()
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"}, {"id": "other"})
    factory.publish()
    archive = factory.archive()

    old = archive.get_catalogue("2026-02-02.01")

    assert old.release.number == 1
    assert list_ids(old, "oauth-clients") == ["google"]
    assert old.find_body(Key("oauth-clients", "google"))["client_id"] == "12345"
    assert old.find_body(Key("oauth-clients", "other")) is None
    assert archive.latest.find_body(Key("oauth-clients", "google"))["client_id"] == "67890"


def test_the_release_before_the_first_is_empty(factory):
    factory.world().publish()

    nothing = factory.archive().get_numbered(0)

    assert all(list_ids(nothing, name) == [] for name in COLLECTIONS.names)


def test_an_unknown_release_is_refused_with_the_latest_there_is(factory):
    factory.world().publish()

    with pytest.raises(
        UnknownReleaseError, match=r"'2026-02-02\.02'\. The latest is '2026-02-02"
    ) as e:
        factory.archive().get_catalogue("2026-02-02.02")

    assert (e.value.release, e.value.latest) == ("2026-02-02.02", "2026-02-02.01")


def test_every_id_and_alias_there_ever_was_is_known(factory):
    factory.faq("a")
    factory.publish()
    factory.path("faqs/a.md").unlink()
    factory.faq("b", aliases=["a", "never-published"])
    factory.publish()
    factory.path("faqs/b.md").unlink()
    gone = [{"collection": "faqs", "id": name, "reason": "It ended."} for name in ("a", "b")]
    factory.withdrawn(*gone)

    factory.publish()

    assert factory.archive().list_known_ids("faqs") == ("a", "b", "never-published")
    assert factory.archive().list_known_ids("clouds") == ()


def test_many_old_releases_are_read_without_keeping_them_all(factory):
    for place in range(12):
        factory.faq("a", question=f"Number {place}?")
        factory.publish()
    archive = factory.archive()

    questions = [
        archive.get_catalogue(release.id).find_body(Key("faqs", "a"))["question"]
        for release in archive.history.releases
    ]

    assert questions == [f"Number {place}?" for place in range(12)]
    assert archive._get.cache_info().currsize <= 8


def test_who_asks_while_something_is_worked_out_waits_for_it():
    memo, built, together = Memo(), [], Barrier(8)

    def build():
        built.append(1)
        sleep(0.05)
        return object()

    def ask(_place):
        together.wait()
        return memo.get_or_build("it", build)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))

    assert len(built) == len(set(found)) == 1


def test_what_could_not_be_worked_out_is_tried_again():
    memo = Memo()

    with pytest.raises(ZeroDivisionError):
        memo.get_or_build("it", lambda: 1 // 0)

    assert memo.get_or_build("it", lambda: 1) == 1


def test_all_who_ask_for_an_old_release_get_the_same_catalogue(factory):
    factory.world().publish()
    factory.faq("b")
    factory.publish()
    archive, together = factory.archive(), Barrier(8)

    def ask(_place):
        together.wait()
        catalogue = archive.get_numbered(1)
        return id(catalogue), id(catalogue.list_documents("faqs"))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def test_an_archive_that_is_extended_equals_one_that_is_built(factory):
    factory.world().publish()
    known = factory.archive()
    factory.faq("b")
    factory.publish()
    releases = factory.place.ledger.read().releases

    grown = build_archive(releases, known)

    assert grown.history == build_archive(releases).history
    assert grown.latest.number == 2
    assert known.latest.number == 1


def test_there_is_no_archive_before_the_first_release(factory):
    assert build_archive(()) is None
    assert factory.place.read_archive() is None
