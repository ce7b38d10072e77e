"""Examples in the contract: real requests for existing documents, and their responses."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask.testing import FlaskClient
from marshmallow import fields

from content.changes.releases import continue_after
from content.documents import FAQS
from content.ledger.catalogue import Catalogue
from openapi.builder import Answered
from openapi.operation import Operation
from schemas.fields import Id, List, Reference, ReleaseId
from schemas.problem import UNKNOWN_DOCUMENT
from schemas.query import DocumentPath, list_parameters

_OK = 200
#: An ID that no document has.
_UNKNOWN = "nothing-like-it"
#: Operation and status, and the response body.
Example = tuple[Answered, Any]


def choose_parameters(
    paths: dict[str, Any], operations: list[tuple[str, Operation]], catalogue: Catalogue, pin: str
) -> None:
    """Replace parameter examples in *paths* that do not exist in *catalogue*.

    Args:
        pin: The release to use in the examples.
    """
    for path, operation in operations:
        collection = path.split("/")[2] if path.count("/") > 1 else ""
        known = {**operation.path_parameters, **list_parameters(operation.query())}
        for parameter in paths[path]["get"]["parameters"]:
            field = known[parameter["name"]]
            inner = field.inner if isinstance(field, List) else field
            values = _list_values(inner, collection, catalogue, pin)
            example = parameter.get("example")
            given = example if isinstance(example, list) else [example]
            if values is None or set(given) <= set(values):
                continue
            parameter.pop("example", None)
            if values:
                parameter["example"] = values[:1] if isinstance(field, List) else values[0]


def _list_values(
    field: fields.Field[Any], collection: str, catalogue: Catalogue, pin: str
) -> list[str] | None:
    """Return values from *catalogue* for *field*, best first; None if it names no document."""

    def list_ids(name: str) -> list[str]:
        return [document.key.id for document in catalogue.list_documents(name)]

    if isinstance(field, ReleaseId):
        releases = catalogue.archive.history.releases[: catalogue.number]
        return [pin, *(release.id for release in releases)]
    if isinstance(field, DocumentPath):
        names = [name for name in catalogue.collections.names if name != FAQS]
        return [f"{name}/{document_id}" for name in names for document_id in list_ids(name)]
    if isinstance(field, Reference):
        return list_ids(field.collection)
    return list_ids(collection) if isinstance(field, Id) else None


def build_example(path: str, parameters: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """Return the path and query of a request that uses the example of each of *parameters*."""
    parts: dict[str, dict[str, Any]] = {"path": {}, "query": {}}
    for parameter in parameters:
        value = parameter.get("example")
        shown = str(value).lower() if isinstance(value, bool) else value
        if value is not None:
            parts[parameter["in"]][parameter["name"]] = shown
    return path.format(**parts["path"]), parts["query"]


def add_cursors(client: FlaskClient, paths: dict[str, Any]) -> None:
    """Add an example to each cursor in *paths* that fits the other examples."""
    for path, item in paths.items():
        parameters = item["get"]["parameters"]
        for cursor in (parameter for parameter in parameters if parameter["name"] == "cursor"):
            target, query = build_example(path, parameters)
            body = client.get(target, query_string={**query, "limit": 1}).get_json()
            following = body.get("next_cursor")
            if following is None and path == "/v1/releases" and body.get("items"):
                # One release is in force on a day, so there is no next page.
                following = continue_after(body, body["items"][0]["release"], query["on"])
            if following is not None:
                cursor["example"] = following


def read_answers(
    client: FlaskClient,
    operations: list[tuple[str, Operation]],
    paths: dict[str, Any],
    release: str,
) -> Iterator[Example]:
    """Yield a real response and real problems for each operation with a valid example."""
    for path, operation in operations:
        for request in _list_requests(client, operation, path, paths[path], release):
            answer = client.get(request)
            if answer.status_code == _OK:
                yield (operation.id, _OK), answer.get_json()
                yield from _read_problems(client, operation, request)
                break


def _list_requests(
    client: FlaskClient, operation: Operation, path: str, item: dict[str, Any], release: str
) -> Iterator[str]:
    """Yield the example of *operation* as of *release*, then one with values from *item*."""
    example = operation.example
    if example is None:
        return
    if "{id}" in example:
        listed = client.get(f"{example.removesuffix('/{id}')}?release={release}").get_json()
        if not listed.get("items"):
            return
        example = example.format(id=_name(listed["items"][0]))
    yield f"{example}{'&' if '?' in example else '?'}release={release}"
    asked = dict(parse_qsl(example.partition("?")[2]))
    named = [p for p in item["get"]["parameters"] if p["in"] == "path" or p["name"] in asked]
    if all("example" in each for each in named):
        target, query = build_example(path, named)
        yield f"{target}?{urlencode({**query, 'release': release}, doseq=True)}"


def _read_problems(client: FlaskClient, operation: Operation, request: str) -> Iterator[Example]:
    """Yield responses of *operation* to invalid requests. Later releases do not change them."""
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
    """Return the value in the path of *item*: its ID, or the name of a release."""
    return str(item["id"] if "id" in item else item["release"])
