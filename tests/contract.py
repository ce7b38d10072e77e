"""Check every answer against what its operation declared."""

import asyncio
import json
import re
from contextlib import suppress
from functools import lru_cache
from gzip import decompress

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from api.routing.collections import list_operations
from openapi.builder import build_document
from openapi.info import build_info
from schemas.collections import COLLECTIONS

#: What every answer says, so that no operation declares it.
EVERYWHERE = {
    *(
        "Content-Type",
        "Content-Length",
        "Content-Encoding",
        "X-Content-Type-Options",
        "Cross-Origin-Resource-Policy",
    ),
    *("Access-Control-Allow-Origin", "Access-Control-Expose-Headers"),
}
#: All that a 304 may say beside Date.
IN_304 = {
    *("ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Release", "Deprecation", "Sunset"),
    *("Access-Control-Allow-Origin", "Access-Control-Expose-Headers"),
}

#: Paths whose failures are pages: people read them.
FAILS_AS_PAGES = ("/embed/faqs/",)


class CheckedClient(FlaskClient):
    """A test client that fails a test whose answer breaks the contract."""

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        if not kwargs.get("follow_redirects"):
            check_response(_build_document(self.application), response)
        return response


class FourfoldClient(CheckedClient):
    """A checked client that asks four ways, for tests marked `fourfold`.

    After the first answer come the one that the cache may give, that of the same application
    without a cache, and that of the event loop: status, headers and body are the same.
    """

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        if not kwargs.get("follow_redirects"):
            parts, ways = list_parts(response), self.application.extensions
            again = FlaskClient.open(self, *args, **kwargs)
            assert list_parts(again) == parts
            assert list_parts(ways["uncached"].test_client().open(*args, **kwargs)) == parts
            assert ask_loop(ways["loop"], again) == parts
        return response


def list_parts(response) -> tuple:
    """All that a client sees of *response*."""
    headers = [(name.lower(), value) for name, value in response.headers.to_wsgi_list()]
    return response.status_code, headers, response.get_data()


def ask_loop(application, asked) -> tuple:
    """The parts of what the ASGI *application* answers to the request that *asked* answered."""
    environ = asked.request.environ
    headers = {n[5:].replace("_", "-"): v for n, v in environ.items() if n.startswith("HTTP_")}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        "query_string": environ["QUERY_STRING"].encode("latin-1"),
        "headers": [(n.lower().encode(), v.encode("latin-1")) for n, v in headers.items()],
    }
    events: list[dict] = []

    async def send(event):
        events.append(event)

    async def receive():
        return {"type": "http.request", "body": b""}

    asyncio.run(application(scope, receive, send))
    start, *rest = events
    headers = [(name.decode(), value.decode("latin-1")) for name, value in start["headers"]]
    return start["status"], headers, b"".join(event.get("body", b"") for event in rest)


def check_failure(document: dict, response) -> None:
    """Assert that *response* is a problem, or a page where a browser asked or a frame shows it."""
    path, headers = response.request.path, response.headers
    if path.startswith(FAILS_AS_PAGES):
        assert headers["Content-Type"] == "text/html; charset=utf-8"
    elif headers["Content-Type"].startswith("text/html"):
        # A page for a browser, which asked for one, and never below /v1.
        assert "text/html" in response.request.headers["Accept"]
        assert not path.startswith("/v1")
        assert "Accept" in headers["Vary"]
    else:
        assert headers["Content-Type"] == "application/problem+json"
        if response.request.method != "HEAD":
            validate(document, "Problem", response.get_json())


def check_response(document: dict, response) -> None:
    """Assert all that is promised of *response* for its path, method and status."""
    path, method = response.request.path, response.request.method
    headers = response.headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    if response.status_code == 304:
        assert set(headers.keys()) <= IN_304
    else:
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Cache-Control" in headers
    assert "Set-Cookie" not in headers
    if method == "OPTIONS":
        assert response.status_code == 204
        return
    if response.status_code >= 400 and path not in ("/readyz", "/healthz"):
        check_failure(document, response)
    operation = find_operation(document, response.request.environ["PATH_INFO"])
    if operation is None or method not in ("GET", "HEAD"):
        return
    declared = operation["responses"]
    status = str(response.status_code)
    assert status in declared, f"{path} answered {status}, which is not declared"
    undeclared = set(headers.keys()) - EVERYWHERE - declared[status].get("headers", {}).keys()
    assert not undeclared, f"{path} answered {status} with headers not declared: {undeclared}"
    if response.status_code >= 400 and method == "GET":
        kind = response.get_json()["type"]
        assert f"`{kind}`" in declared[status]["description"], f"{path} does not declare {kind}"
    if status == "200" and method == "GET":
        media_type = headers["Content-Type"].partition(";")[0]
        assert media_type in declared["200"]["content"]
        if media_type == "application/json":
            name = declared["200"]["content"][media_type]["schema"]["$ref"].rpartition("/")[2]
            validate(document, name, json.loads(read_body(response)))


def read_body(response) -> bytes:
    """The bytes of *response*, unpacked."""
    packed = response.headers.get("Content-Encoding") == "gzip"
    return decompress(response.get_data()) if packed else response.get_data()


def find_operation(document: dict, path: str) -> dict | None:
    """The declared operation that answers *path*; a literal path comes before a template."""
    if path in document["paths"]:
        return document["paths"][path]["get"]
    for template, item in document["paths"].items():
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path):
            return item["get"]
    return None


def validate(document: dict, name: str, body) -> None:
    """Assert that *body* is a *name* with every key and no other."""
    key = id(document), name
    if key not in _VALIDATORS:
        _VALIDATORS[key] = (
            document,
            Draft202012Validator(
                {"$ref": f"#/components/schemas/{name}", "components": document["components"]},
                format_checker=Draft202012Validator.FORMAT_CHECKER,
            ),
        )
    _, validator = _VALIDATORS[key]
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]
    assert not errors, errors


def _build_document(app) -> dict:
    """The contract of *app*, closed: what an answer says beyond it is a fault here.

    Applications with the same operations share it, because building it takes longer than a test.
    """
    archive = None
    with suppress(RuntimeError):  # What a follower with a bug raises.
        archive = app.extensions["faqts"].follower.state.archive
    return _build_closed(app, archive.latest.collections if archive else COLLECTIONS)


@lru_cache(maxsize=8)
def _build_closed(app, collections) -> dict:
    operations = list(list_operations(app, collections))
    declared = tuple(repr(collection.declaration) for collection in collections)
    known = (
        declared,
        *(
            (path, operation.id, *operation.query().fields, *operation.response.schema().fields)
            for path, operation in operations
        ),
    )
    if known not in _DOCUMENTS:
        document = build_document(operations, {}, build_info())
        for schema in document["components"]["schemas"].values():
            if "properties" in schema:
                schema["additionalProperties"] = False
        _DOCUMENTS[known] = document
    return _DOCUMENTS[known]


_DOCUMENTS: dict[tuple, dict] = {}
#: The validators of each document, which stays alive so that no other gets its id.
_VALIDATORS: dict[tuple[int, str], tuple[dict, Draft202012Validator]] = {}
