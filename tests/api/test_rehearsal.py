"""A rehearsal: nobody may keep what a server says that takes another day for today."""

import pytest


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/v1/ip-ranges", {}, 200),
        ("/v1/ip-ranges?release=2026-02-02.01", {}, 200),
        ("/v1/ip-ranges", {"If-None-Match": "*"}, 304),
        ("/v1/nothing", {}, 404),
    ],
)
def test_no_cache_may_keep_an_answer_of_a_rehearsal(factory, path, headers, status):
    factory.world().publish()

    answer = factory.client(rehearsal="2027-04-01").get(path, headers=headers)

    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
