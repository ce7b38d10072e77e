"""Files of pages: kept for a year under the version of their bytes, and sent under any other."""

import re
from hashlib import sha256

import pytest

from api.http.request import read_environ_key
from api.rendering.assets import ASSETS, EMBED, FOLDER, SWAGGER_UI, build_asset_path

FOR_EVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=604800"
PAGES = (
    *("/", "/faqs/addresses", "/ip-ranges", "/clouds", "/changes", "/faqs/nothing"),
    *("/problems", "/problems/not-found", "/terms", "/docs"),
    *("/embed/faqs/addresses", "/embed/faqs/nothing"),
)
OURS = ("site.css", "site.js", "frame.css", "frame.js", "docs.css", "docs.js")
HTML = {"Accept": "text/html"}


def digest(name: str) -> str:
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:12]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_our_styles_and_scripts_by_the_version_of_their_bytes(client, path):
    page = client.get(path, headers=HTML).get_data(as_text=True)

    found = re.findall(r'(?:href|src)="(/docs/(\w+\.(?:css|js))[^"]*)"', page)
    assert found
    for address, name in found:
        assert address == f"/docs/{name}?v={digest(name)}"


@pytest.mark.parametrize("name", OURS)
def test_the_current_version_is_kept_for_a_year(client, name):
    answer = client.get(build_asset_path(name))

    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.get_data() == (FOLDER / name).read_bytes()
    again = client.get(build_asset_path(name), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, FOR_EVER)


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize(
    "query", ["", "v=", "v=000000000000", "V={}", "v={}0", "v={}&v={}", "w={}", "v=%ff", "v=zebra;"]
)
def test_any_other_version_answers_what_there_is_and_is_kept_briefly(client, name, query):
    answer = client.get(f"/docs/{name}?{query.format(*[digest(name)] * 2)}")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == BRIEFLY
    assert answer.get_data() == (FOLDER / name).read_bytes()
    assert answer.headers["ETag"] == client.get(build_asset_path(name)).headers["ETag"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (f"/embed/v1/{EMBED}", BRIEFLY.replace("=3600", "=604800")),
        (f"/docs/swagger-ui-{SWAGGER_UI}/swagger-ui.css", FOR_EVER),
    ],
)
def test_what_is_versioned_in_its_path_is_not_by_its_query(client, path, message):
    version = digest(ASSETS[path].name)

    assert client.get(f"{path}?v={version}").headers["Cache-Control"] == message
    assert client.get(f"{path}?v=0").headers["Cache-Control"] == message


def test_versions_that_a_stranger_makes_up_fill_nothing(client):
    service = client.application.extensions["faqts"]
    cache = service.get_snapshot(service.clock()).cache
    first = client.get(build_asset_path("site.css"))
    client.get("/docs/site.css")
    entries, responses = len(cache._bounded.entries), len(cache._responses)

    for number in range(200):
        client.get(f"/docs/site.css?v={number:012}")

    assert len(cache._bounded.entries) == entries
    assert len(cache._unbounded.entries) == 0
    assert len(cache._responses) < responses + 32
    # What everybody loads is still sent before Flask.
    key = read_environ_key(first.request.environ)
    assert service.find_cached(key, service.clock()) is not None
