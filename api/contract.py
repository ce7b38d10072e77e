"""The OpenAPI document of an application: its routes and real answers in, the text out."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask

from openapi.builder import build_document
from openapi.document import dump_document
from openapi.operation import Operation


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
    return dump_document(build_document(operations, examples, release))


def _read_examples(
    app: Flask, operations: list[tuple[str, Operation]], release: str
) -> Iterator[tuple[str, Any]]:
    """Yield a real answer for each operation that names an example request which has one."""
    client = app.test_client()

    def read(request: str) -> Any:
        joint = "&" if "?" in request else "?"
        answer = client.get(f"{request}{joint}release={release}")
        return answer.get_json() if answer.status_code == 200 else None  # noqa: PLR2004  OK.

    for _, operation in operations:
        request = operation.example
        if request is not None and "{id}" in request:
            items = read(request.removesuffix("/{id}"))["items"]
            request = request.format(id=_name(items[0])) if items else None
        example = read(request) if request is not None else None
        if example is not None:
            yield operation.id, example


def _name(item: Mapping[str, Any]) -> str:
    """Return what stands in the path of *item*: its id; of a release, its name."""
    return str(item["id"] if "id" in item else item["release"])
