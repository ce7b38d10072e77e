"""The page /docs and the files it loads: whole, kept for long, and nothing from elsewhere."""

import hashlib
import re
from base64 import b64decode
from gzip import decompress

import pytest

from api.rendering.assets import ASSETS, EMBED_VERSIONS, FOLDER, SWAGGER_UI
from tests.pages import Page

OF_OURS = {"README.md"}
BELOW = f"/docs/swagger-ui-{SWAGGER_UI}"
PINNED = tuple(f"/embed/v{version}/" for version in EMBED_VERSIONS)


@pytest.fixture
def page(client) -> str:
    """The text of /docs."""
    return client.get("/docs").get_data(as_text=True)


def test_every_file_is_served_as_it_is(client):
    served = set()

    for path, asset in ASSETS.items():
        answer = client.get(path)
        served.add(asset.name)
        assert answer.get_data() == (FOLDER / asset.name).read_bytes()
        assert answer.content_type.partition(";")[0] in {
            *("text/css", "text/javascript", "text/plain"),
            *("image/svg+xml", "image/png", "image/x-icon"),
        }

    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert files - served == {f"swagger-ui/{name}" for name in OF_OURS} | {
        "preview.css",
        "preview.js",
    }


def test_what_has_its_version_in_its_address_is_kept_for_ever_and_the_rest_is_not(client):
    for path in ASSETS:
        message = client.get(path).headers["Cache-Control"]

        if path.startswith((BELOW, *PINNED)):
            assert message == "public, max-age=31536000, immutable"
        else:
            assert message.startswith("public, max-age=300, stale-while-revalidate=")


@pytest.mark.parametrize("path", ["/docs", f"{BELOW}/swagger-ui-bundle.js", "/docs/docs.css"])
def test_a_file_is_packed_has_a_tag_and_a_digest_and_is_not_sent_twice(client, path):
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    again = client.get(path, headers={"If-None-Match": plain.headers["ETag"]})
    head = client.head(path)

    assert decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)
    message = re.fullmatch(r"sha-256=:(.+):", packed.headers["Repr-Digest"])[1]
    assert b64decode(message) == hashlib.sha256(packed.data).digest()
    assert (again.status_code, again.data) == (304, b"")
    assert (head.data, head.headers["ETag"]) == (b"", plain.headers["ETag"])
    assert plain.headers["Vary"] == "Accept-Encoding"


def test_the_page_lets_nothing_in_but_what_is_from_here(client, page):
    policy = client.get("/docs").headers["Content-Security-Policy"].split("; ")

    assert policy[0] == "default-src 'self'"
    # What comes after only forbids more.
    assert {rule.partition(" ")[2] for rule in policy[1:]} == {"'none'"}
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on\w+=", page) == []


def test_the_page_loads_files_that_are_there(client, page):
    named = Page(page).links

    assert {client.get(path).status_code for path in named} == {200}
    assert f"{BELOW}/swagger-ui-bundle.js" in named
    assert len(page) < 2_500


def test_the_page_leads_to_the_contract_and_to_the_catalogue(client):
    links = client.get("/docs").headers["Link"]

    assert '</v1/openapi.json>; rel="service-desc"' in links
    assert '</.well-known/api-catalog>; rel="api-catalog"' in links


def test_the_reference_is_there_before_the_first_release(factory):
    client = factory.client()

    assert client.get("/docs").status_code == 200
    assert client.get("/docs/docs.js").status_code == 200


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/docs/docs.cs", "/docs/docs.css"),
        ("/docs/swagger-ui-5.34.0/swagger-ui.css", f"{BELOW}/swagger-ui.css"),
        (f"{BELOW}/README.md", None),
        ("/docs/../site.css", "/docs/site.css"),
        ("/docs/swagger-ui/../../problems.py", None),
        ("/docs/%2e%2e/app.py", None),
        ("/docs/", "/docs"),
        ("/doc", "/docs"),
    ],
)
def test_no_other_file_is_served(client, path, meant):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    if meant is not None:
        assert meant in answer.get_json()["detail"]
