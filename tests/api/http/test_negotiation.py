"""Which form is answered in: `format` first, then `Accept`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.negotiation import NotAcceptableError, choose_format
from schemas.formats import CIDR_TXT, CSV, HTML, IPSET, JSON, MD, NFT, NGINX, TXT

pytestmark = pytest.mark.fourfold

FORMATS = (JSON, HTML, MD, TXT)
ANSWER = "/v1/faqs/addresses"


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("", JSON),
        ("  ", JSON),
        ("*/*", JSON),
        ("application/json", JSON),
        ("application/json; charset=utf-8", JSON),
        ("APPLICATION/JSON", JSON),
        ("application/*", JSON),
        ("text/html", HTML),
        ("text/html;level=1", HTML),
        ("text/*", HTML),
        ("text/markdown, text/plain", MD),
        ("text/plain;q=0.5, text/html;q=0.4", TXT),
        ("text/html;q=0.1, application/json;q=0.2", JSON),
        ("text/*;q=0.9, text/html;q=0.1, */*;q=0.2", MD),
        ("application/json;q=0, */*", HTML),
        ("*/*;q=0.1, text/plain", TXT),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
        ("application/xml, */*;q=0.001", JSON),
        ("text/plain;q=2, text/html;q=1.5", HTML),
        ("text/plain;q=.3, text/html;q=.2", TXT),
        ("text/plain;q=0.12345, text/html;q=0.1", TXT),
        ("text/html;q=1., text/plain;q=0.9999", HTML),
        ('text/plain;note="a, b;q=0", text/html;q=0.5', TXT),
        ("application/problem+json, application/json", JSON),
        ("text/plain ; Q=0.3 , text/html;q=0.2", TXT),
        ("text/html;q=1.000", HTML),
        (",,text/html,,", HTML),
        ("text/html;q=0, text/html", HTML),
    ],
)
def test_accept_chooses_the_form_with_the_greatest_weight(accept, format_):
    chosen = choose_format(FORMATS, None, accept)

    assert chosen is format_


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/plain", CIDR_TXT),
        ("text/*", CIDR_TXT),
        ("text/csv", CSV),
        ("text/plain;q=0.1, text/csv", CSV),
        ("text/plain;q=0, text/*", CSV),
        ("*/*", JSON),
    ],
)
def test_of_forms_of_one_media_type_accept_chooses_the_first(accept, format_):
    assert choose_format((JSON, CIDR_TXT, CSV, NFT, IPSET, NGINX), None, accept) is format_


def test_a_media_type_of_several_forms_is_named_once(client):
    answer = client.get("/v1/ip-ranges", headers={"Accept": "image/png"})

    assert answer.get_json()["detail"].endswith(
        "Use one of: application/json, text/plain, text/csv."
    )


@pytest.mark.parametrize(
    "accept",
    [
        "application/xml",
        "image/*",
        "*/*;q=0",
        "text/html;q=0",
        "application/problem+json",
        "*/*;q=.0",
    ],
)
def test_an_accept_that_no_form_meets_is_refused(accept):
    with pytest.raises(NotAcceptableError):
        choose_format(FORMATS, None, accept)


@pytest.mark.parametrize("accept", ["application/xml", "*/*;q=0", "text/html"])
def test_format_comes_before_accept(client, accept):
    answer = client.get(f"{ANSWER}?format=md", headers={"Accept": accept})

    assert answer.content_type == "text/markdown; charset=utf-8"
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/markdown", "text/markdown; charset=utf-8"),
        ("*/*", "application/json"),
    ],
)
def test_a_path_with_several_forms_varies_with_accept(client, accept, content_type):
    answer = client.get(ANSWER, headers={"Accept": accept})

    assert answer.content_type == content_type
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/faqs/none", 404),
        ("/v1/faqs/addresses?zebra=1", 400),
        ("/v1/ip-ranges?traffic=web", 400),
        ("/v1/ip-ranges?release=2030-01-01.01", 404),
    ],
)
def test_a_failure_varies_where_an_answer_would(client, path, status):
    answer = client.get(path, headers={"Accept": "text/plain"})

    assert answer.status_code == status
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize("path", ["/v1/faqs/none?format=json", "/v1/clouds/none", "/v1/none"])
def test_a_failure_varies_with_nothing_where_no_header_decides(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert "Vary" not in answer.headers


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (ANSWER, ["json", "html", "md", "txt", "jsonld"]),
        ("/v1/ip-ranges", ["json", "txt", "csv", "nft", "ipset", "nginx"]),
        ("/v1/faqs", ["json"]),
        ("/v1/ip-ranges/lookup?ip=203.0.114.1", ["json"]),
    ],
)
def test_what_cannot_be_met_lists_what_there_is(client, path, names):
    answer = client.get(path, headers={"Accept": "application/xml"})

    assert answer.status_code == 406
    assert answer.headers["Cache-Control"] == "no-store"
    (fault,) = answer.get_json()["errors"]
    assert fault["parameter"] == "format"
    assert fault["allowed"] == names
    assert "application/json" in answer.get_json()["detail"]


def test_a_bad_parameter_is_named_before_a_bad_accept(client):
    answer = client.get("/v1/faqs?limit=0", headers={"Accept": "application/xml"})

    assert answer.status_code == 400


def test_an_accept_with_signs_beyond_ascii_is_answered(client):
    answer = client.get("/v1", headers={"Accept": "\xff/\xe9"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "accept",
    [
        pytest.param("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", id="Java before 19"),
        pytest.param("*", id="a star"),
        pytest.param("*;q=.2", id="a star with a weight"),
        pytest.param("", id="empty"),
        pytest.param(",", id="a comma"),
        pytest.param("json", id="a word"),
        pytest.param("garbage, text/html", id="a word first"),
        pytest.param("*/json", id="any json"),
        pytest.param(";;;", id="semicolons"),
        pytest.param("text/html;q=nan", id="no number"),
        pytest.param("text/html;q=", id="no weight"),
        pytest.param("text/html;q=-1", id="negative"),
        pytest.param('text/html;q="1"', id="a weight in quotes"),
        pytest.param("*/*;q=0, text/plain/x", id="two slashes"),
        pytest.param("text/html, " + "image/png, " * 100, id="too long"),
    ],
)
def test_an_accept_that_is_malformed_or_too_long_is_ignored(client, accept):
    answer = client.get(ANSWER, headers={"Accept": accept})

    assert (answer.status_code, answer.content_type) == (200, "application/json")


@pytest.mark.parametrize(
    "accept",
    [
        pytest.param("text/html, image/gif, image/jpeg, */*; q=0.2", id="Java"),
        pytest.param("*/*;q=.2", id="a short weight"),
        pytest.param("application/json;q=1.0000", id="a long weight"),
        pytest.param("application/json;q=1.", id="a weight with a point"),
        pytest.param("APPLICATION/JSON; CHARSET=UTF-8", id="capitals"),
        pytest.param("application/json;odata=verbose", id="OData"),
        pytest.param("application/json, text/javascript, */*; q=0.01", id="jQuery"),
        pytest.param("application/json, text/plain, */*", id="axios"),
        pytest.param("application/json, application/*+json", id="Spring"),
        pytest.param("image/gif, image/x-xbitmap, image/jpeg, */*", id="Internet Explorer"),
        pytest.param("text/html, text/plain, text/sgml, */*;q=0.01", id="Lynx"),
        pytest.param("text/html,application/xhtml+xml,*/*;q=0.8", id="Firefox"),
        pytest.param("image/avif,image/webp,image/apng,*/*;q=0.8", id="Chrome, a picture"),
        pytest.param("text/css,*/*;q=0.1", id="Chrome, a style"),
    ],
)
def test_where_there_is_only_json_real_clients_get_it(client, accept):
    answer = client.get("/v1/clouds", headers={"Accept": accept})

    assert (answer.status_code, answer.content_type) == (200, "application/json")


RANGES = st.sampled_from(
    ["application/json", "application/*", "*/*", "text/html", "text/*", "image/png", "*", "x", ""]
)
WEIGHTS = st.sampled_from(["", ";q=1", ";q=.2", "; q=0.5000", ";q=1.", ";q=high", ';a="b,c"', ";q"])


@given(
    st.lists(st.tuples(RANGES, WEIGHTS).map("".join), max_size=4),
    st.sampled_from(["application/json", "application/*", "*/*", "*"]),
    WEIGHTS,
    st.randoms(use_true_random=False),
)
def test_an_accept_with_an_element_that_json_meets_is_never_refused(others, element, weight, order):
    listed = [*others, element + weight]
    order.shuffle(listed)

    assert choose_format((JSON,), None, ", ".join(listed)) is JSON


def test_where_there_is_only_json_accept_decides_nothing(client):
    assert client.get("/v1/clouds").headers["Vary"] == "Accept-Encoding"
