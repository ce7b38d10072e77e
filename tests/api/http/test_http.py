"""Methods, paths, and headers that every answer has."""

import pytest

from tests.api.routing.test_query import PATHS

pytestmark = pytest.mark.fourfold

OTHERS = [
    "/index.html",
    "/favicon.png",
    "/v1/nothing",
    "/v1/faqs/addresses/revisions/1",
]
METHODS = ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]


@pytest.mark.parametrize(
    "path",
    [
        *PATHS,
        *OTHERS,
        "/v1/openapi.json",
        "/problems/not-found",
        "/v1/faqs?limit=0",
        "/v1/faqs/none",
        "/v1/faqs/addresses?format=html",
        "/v1/ip-ranges?traffic=from-service&format=txt",
        "/v1/ip-ranges?release=2030-01-01.01",
    ],
)
def test_head_says_what_get_says_without_the_body(client, path):
    got, headed = client.get(path), client.head(path)

    assert headed.status_code == got.status_code
    assert list(headed.headers) == list(got.headers)
    assert headed.headers["Content-Length"] == str(len(got.data))
    assert headed.data == b""


@pytest.mark.parametrize("path", [*PATHS, *OTHERS, "/healthz", "/readyz", "//", "/v1/faqs/"])
def test_options_is_answered_before_routing(client, path):
    answer = client.options(path, headers={"Access-Control-Request-Method": "GET"})

    assert answer.status_code == 204
    assert answer.data == b""
    assert "Content-Length" not in answer.headers
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Access-Control-Allow-Headers"] == "*"
    assert answer.headers["Access-Control-Max-Age"] == "86400"


@pytest.mark.parametrize(
    ("path", "method"),
    [
        *((path, "POST") for path in (*PATHS, "/v1/openapi.json", "/problems/withdrawn")),
        *(("/v1/faqs", method) for method in METHODS[1:]),
    ],
)
def test_a_known_path_names_its_methods_sorted(client, path, method):
    answer = client.open(path, method=method)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.get_json()["type"] == "/problems/method-not-allowed"


@pytest.mark.parametrize("method", METHODS)
def test_an_unknown_path_is_not_found_whatever_the_method(client, method):
    answer = client.open("/v1/nothing", method=method)

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/problems/not-found"


@pytest.mark.parametrize("path", OTHERS)
def test_an_unknown_path_is_a_problem_kept_for_a_minute(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.get_json()["instance"] == path


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/v1/faq", "/v1/faqs"),
        ("/v1/ip_ranges", "/v1/ip-ranges"),
        ("/V1/faqs", "/v1/faqs"),
        ("/openapi.json", "/v1/openapi.json"),
        ("/v1/lookup", "/v1/ip-ranges/lookup"),
        ("/v1/docs", "/docs"),
        ("/v1//faqs", "/v1/faqs"),
        ("/v1/faqs//addresses", "/v1/faqs/addresses"),
    ],
)
def test_a_path_that_is_nearly_one_names_it(client, path, meant):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.get_json()["detail"].endswith(f"Did you mean {meant}?")


def test_a_long_path_is_not_said_again_whole(client):
    assert len(client.get("/v1/" + "a" * 5_000).get_json()["detail"]) < 300


@pytest.mark.parametrize(
    "path", ["/v1/", "/v1/faqs/", "/v1/faqs/addresses/", "/v1/ip-ranges/", "/problems/withdrawn/"]
)
def test_a_trailing_slash_is_not_found_and_the_right_path_is_named(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert f"Use {path[:-1]}," in answer.get_json()["detail"]


@pytest.mark.parametrize("path", ["/v1//faqs", "//v1/faqs", "/v1/faqs//addresses", "/v1/faqs//"])
def test_slashes_are_not_merged(client, path):
    answer = client.get("/", environ_overrides={"PATH_INFO": path})

    assert answer.status_code == 404
    assert path.rstrip("/") in answer.get_json()["detail"]


@pytest.mark.parametrize("path", ["/v1/clouds%2Fworkspace", "/v1%2Fclouds", "/v1/faqs/a%2Fb"])
def test_an_encoded_slash_is_never_a_500(client, path):
    answer = client.get(path)

    assert answer.status_code in (200, 404)


@pytest.mark.parametrize(
    ("path", "instance"),
    [
        ("/v1/a%20b", "/v1/a%20b"),
        ("/v1/%C3%BC", "/v1/%C3%BC"),
        ("/v1/%3Cscript%3E", "/v1/%3Cscript%3E"),
        ("/v1/a%3Fb%23c", "/v1/a%3Fb%23c"),
        ("/v1/%22%0A", "/v1/%22%0A"),
        ("/v1/faqs/%FF", "/v1/faqs/%EF%BF%BD"),
        ("/v1/100%25", "/v1/100%25"),
    ],
)
def test_the_instance_is_percent_encoded(client, path, instance):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.get_json()["instance"] == instance


def test_the_host_is_never_read(client):
    answers = [client.get("/v1", headers={"Host": host}) for host in ("a.example", "<b>", "")]

    assert len({answer.data for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {200}


def test_what_a_browser_may_read_is_listed(client):
    exposed = client.get("/v1").headers["Access-Control-Expose-Headers"].split(", ")

    assert {"ETag", "Content-Release", "Deprecation", "Sunset", "Retry-After"} <= set(exposed)


def test_json_begins_with_the_first_field_of_its_schema_and_ends_with_a_newline(client):
    body = client.get("/v1/ip-ranges").get_data(as_text=True)

    assert body.startswith('{"release":"2026-02-02.01","count":3,"items":[{"id":"uk-1","cidr":')
    assert body.endswith("}\n")
