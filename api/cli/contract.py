"""The OpenAPI document of an application: its routes and real answers in, the text out."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from content.changes.releases import continue_after
from openapi.builder import Answered, build_document
from openapi.document import dump_document
from openapi.operation import Operation
from schemas.problem import UNKNOWN_DOCUMENT

_OK = 200
#: An id that no document has.
_UNKNOWN = "nothing-like-it"
#: What was asked and how it was answered, and the body.
Example = tuple[Answered, Any]


def list_operations(app: Flask) -> Iterator[tuple[str, Operation]]:
    """Yield the path, as OpenAPI writes it, and the declaration of every described view."""
    for rule in app.url_map.iter_rules():
        operation = getattr(app.view_functions[rule.endpoint], "operation", None)
        if operation is not None:
            yield rule.rule.replace("<", "{").replace(">", "}"), operation


def build_contract(app: Flask, release: str | None) -> str:
    """Return the document of *app* as it is committed.

    Args:
        release: Examples are read as of this release; None: the document has none.
    """
    operations = list(list_operations(app))
    examples = dict(_read_examples(app, operations, release)) if release else {}
    document = build_document(operations, examples, release)
    if release:
        _add_cursors(app.test_client(), document["paths"])
    return dump_document(document)


def build_example(path: str, parameters: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """Return the path and the query of a request with the example of each of *parameters*."""
    parts: dict[str, dict[str, Any]] = {"path": {}, "query": {}}
    for parameter in parameters:
        value = parameter.get("example")
        shown = str(value).lower() if isinstance(value, bool) else value
        if value is not None:
            parts[parameter["in"]][parameter["name"]] = shown
    return path.format(**parts["path"]), parts["query"]


def _add_cursors(client: FlaskClient, paths: dict[str, Any]) -> None:
    """Give each cursor in *paths* an example that belongs to the other examples beside it."""
    for path, item in paths.items():
        parameters = item["get"]["parameters"]
        for cursor in (parameter for parameter in parameters if parameter["name"] == "cursor"):
            target, query = build_example(path, parameters)
            body = client.get(target, query_string={**query, "limit": 1}).get_json()
            following = body.get("next_cursor")
            if following is None and path == "/v1/releases" and body.get("items"):
                # One release is in force on a day, so that no page follows.
                following = continue_after(body, body["items"][0]["release"], query["on"])
            if following is not None:
                cursor["example"] = following


def _read_examples(
    app: Flask, operations: list[tuple[str, Operation]], release: str
) -> Iterator[Example]:
    """Yield a real answer, and real problems, for each operation whose example has an answer."""
    client = app.test_client()
    for _, operation in operations:
        request = _find_request(client, operation.example, release)
        answer = client.get(request) if request else None
        if request and answer and answer.status_code == _OK:
            yield (operation.id, _OK), answer.get_json()
            yield from _read_problems(client, operation, request)


def _find_request(client: FlaskClient, example: str | None, release: str) -> str | None:
    """Return the request that *example* names, as of *release*; None when its list is empty."""
    if example is None:
        return None
    joint = "&" if "?" in example else "?"
    if "{id}" in example:
        listed = client.get(f"{example.removesuffix('/{id}')}?release={release}").get_json()
        if not listed["items"]:
            return None
        example = example.format(id=_name(listed["items"][0]))
    return f"{example}{joint}release={release}"


def _read_problems(client: FlaskClient, operation: Operation, request: str) -> Iterator[Example]:
    """Yield what *operation* answers to mistakes; none depends on a later release."""
    path, _, query = request.partition("?")
    answers = [
        client.get(f"{path}?relaese=2026-11-23.01"),
        client.post(path),
        client.get(path, headers={"Accept": "image/png"}),
    ]
    if UNKNOWN_DOCUMENT in operation.problems:
        root, version, collection, _, *beyond = path.split("/")
        other = "/".join((root, version, collection, _UNKNOWN, *beyond))
        answers.append(client.get(f"{other}?{query}"))
    for answer in answers:
        yield (operation.id, answer.status_code), answer.get_json()


def _name(item: Mapping[str, Any]) -> str:
    """Return what stands in the path of *item*: its id; of a release, its name."""
    return str(item["id"] if "id" in item else item["release"])
