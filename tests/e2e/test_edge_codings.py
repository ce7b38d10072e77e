"""deploy/nginx.conf and the codings of the real service: right bytes for each, few requests."""

import hashlib
import re
from base64 import b64decode
from gzip import decompress

import pytest

from api.http.negotiation import choose_coding
from tests.e2e.proxies import count_asked

LIVE = "/v1/ip-ranges"


def test_each_coding_is_what_it_says_it_is_and_has_the_one_tag(edge):
    plain = edge.ask(LIVE, headers={"Accept-Encoding": "identity"})
    packed = edge.ask(LIVE, headers={"Accept-Encoding": "gzip, deflate, br"})

    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (
        None,
        "gzip",
    )
    assert decompress(packed.body) == plain.body
    assert plain.headers["ETag"] == packed.headers["ETag"]
    assert plain.headers["ETag"].startswith('W/"')
    for answer in (plain, packed):
        message = re.fullmatch(r"sha-256=:(.+):", answer.headers["Repr-Digest"])[1]
        assert b64decode(message) == hashlib.sha256(answer.body).digest()
        assert answer.headers["Vary"] == "Accept, Accept-Encoding"


#: Spellings of Accept-Encoding, and the coding that comes; None: 406.
CODINGS = [
    *[(message, "gzip") for message in ("gzip", "GZIP", "x-gzip", "gzip;q=1", "gzip; q=0.001")],
    *[
        (message, "gzip")
        for message in ("gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8, *;q=0.1")
    ],
    *[
        (message, "gzip")
        for message in ("*", "*;q=0.5", "deflate,  gzip ;q=0.5", "identity;q=0, gzip")
    ],
    *[(message, "gzip") for message in ("*;q=0, gzip", "gzip,", "identity;q=0, *", "gzip;q=0.50")],
    *[
        (message, "")
        for message in ("", "identity", "br", "deflate, br", "gzip;q=0", "gzip;q=0.000, *")
    ],
    *[
        (message, "")
        for message in ("gzipped", "notgzip", "*;q=0, identity", "br;q=0", "identity;q=0.5")
    ],
    *[(message, "") for message in ("gzip;q=0, identity;q=1", "x-gzip;q=0, *;q=1", "gzip;q=none")],
    *[
        (message, None)
        for message in ("identity;q=0", "*;q=0", "gzip;q=0, identity;q=0", "*;q=0.000")
    ],
    *[(message, None) for message in ("br, identity;q=0.0", "gzip;q=0, *;q=0", "identity;q=0, br")],
]


@pytest.mark.parametrize(("message", "coding"), CODINGS)
def test_a_client_gets_a_coding_that_it_reads_or_is_told_that_there_is_none(edge, message, coding):
    answer = edge.ask(LIVE, headers={"Accept-Encoding": message})

    assert (choose_coding(message) is None) == (coding is None)
    assert answer.status == (406 if coding is None else 200)
    assert answer.headers.get("Content-Encoding", "") == (coding or "")


def test_a_problem_is_sent_as_the_origin_sent_it(edge, service):
    message = {"Accept-Encoding": "gzip"}

    answer, direct = (
        edge.ask("/v1/nothing", headers=message),
        service.ask("/v1/nothing", headers=message),
    )

    assert answer.body == direct.body
    assert "Content-Encoding" not in answer.headers


def test_all_spellings_of_what_a_client_reads_are_one_request_for_each_coding(edge, service):
    path = "/v1/ip-ranges/lookup?ip=198.51.100.1"
    raw_targets = [message for message, coding in CODINGS if coding is not None]

    answers = [
        edge.ask(path, headers={"Accept-Encoding": message, **more})
        for message in raw_targets
        for more in ({}, {"Accept": "*/*"}, {"Accept": ""}, {"Cookie": message}, {"TE": "trailers"})
    ]

    assert {answer.status for answer in answers} == {200}
    assert count_asked(service, path) == 2
