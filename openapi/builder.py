"""Build the OpenAPI document from the declarations of the operations."""

from collections.abc import Iterable, Mapping
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from openapi.headers import HEADERS, build_headers
from openapi.operation import Component, Operation
from openapi.shapes import hoist_components, tidy_parameters, tidy_responses
from schemas.formats import JSON, PROBLEM_MEDIA_TYPE, Format
from schemas.problem import ProblemSchema

#: Key of an example: an operation ID and a status.
Answered = tuple[str, int]


def build_document(
    operations: Iterable[tuple[str, Operation]],
    examples: Mapping[Answered, Any],
    info: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document.

    Args:
        operations: Pairs of an OpenAPI path and the operation at that path.
        examples: Real responses, by operation ID and status.
        info: The result of `build_info`.
    """
    plugin = MarshmallowPlugin()
    listed = sorted(operations, key=lambda pair: pair[0])
    spec = APISpec(
        title=info["title"],
        version=info["version"],
        openapi_version="3.1.0",
        plugins=[plugin],
        info=dict(info),
        servers=[{"url": "/", "description": "The server of this document."}],
        security=[],
        tags=_list_tags(operation for _, operation in listed),
    )
    _add_components(spec, [operation.response for _, operation in listed])
    for path, operation in listed:
        spec.path(path=path, operations={"get": _describe(operation, examples)})
    return _tidy(spec.to_dict(), plugin)


def _tidy(document: dict[str, Any], plugin: MarshmallowPlugin) -> dict[str, Any]:
    components = document["components"]
    _describe_components(components["schemas"], plugin)
    tidy_responses(components["schemas"])
    tidy_parameters(document)
    hoist_components(document)
    components["schemas"] = dict(sorted(components["schemas"].items()))
    return document


def _describe_components(schemas: dict[str, Any], plugin: MarshmallowPlugin) -> None:
    """Set the description of each component to the first docstring line of its schema."""
    refs = plugin.converter.refs if plugin.converter else {}
    for (schema, *_), name in refs.items():
        summary = (schema.__doc__ or "").strip().partition("\n")[0]
        schemas[name] = {"description": summary.partition(" Source:")[0], **schemas[name]}


def _add_components(spec: APISpec, responses: Iterable[Component]) -> None:
    spec.components.schema("Problem", schema=ProblemSchema)
    for component in sorted(set(responses), key=lambda c: (c.name.endswith("List"), c.name)):
        spec.components.schema(component.name, schema=component.schema)
    for name, (description, example) in HEADERS.items():
        header = {"description": description, "schema": {"type": "string"}, "example": example}
        spec.components.header(name.replace("-", ""), header)


def _list_tags(operations: Iterable[Operation]) -> list[dict[str, str]]:
    tags = sorted({operation.tag for operation in operations}, key=lambda tag: tag.name)
    return [{"name": tag.name, "description": tag.description} for tag in tags]


def _describe(operation: Operation, examples: Mapping[Answered, Any]) -> dict[str, Any]:
    deprecation = operation.deprecation
    notice = f" {deprecation.describe()}" if deprecation else ""
    return {
        "operationId": operation.id,
        "tags": [operation.tag.name],
        "summary": operation.summary,
        "description": f"{operation.description}{notice}",
        **({"deprecated": True} if deprecation else {}),
        "parameters": [
            *(_describe_path_parameter(*pair) for pair in operation.path_parameters.items()),
            {"in": "query", "schema": operation.query},
        ],
        "responses": dict(_list_responses(operation, examples)),
    }


def _describe_path_parameter(name: str, field: Any) -> dict[str, Any]:
    known = {key: field.metadata[key] for key in ("example",) if key in field.metadata}
    return {
        "in": "path",
        "name": name,
        "required": True,
        "description": field.metadata["description"],
        "schema": {"type": "string", "pattern": field.metadata["pattern"]},
        **known,
    }


def _list_responses(
    operation: Operation, examples: Mapping[Answered, Any]
) -> Iterable[tuple[str, dict[str, Any]]]:
    content: dict[str, dict[str, Any]] = {
        format_.media_type: {"schema": _describe_format(format_)} for format_ in operation.formats
    }
    content[JSON.media_type] = _show(operation.response.name, examples.get((operation.id, 200)))
    headers = build_headers(operation, 200)
    yield "200", {"description": "Success.", "headers": headers, "content": content}
    message = "The response has not changed since your last request."
    yield "304", {"description": message, "headers": build_headers(operation, 304)}
    if operation.moves:
        message = "The document has a new ID. Follow `Location`."
        yield "308", {"description": message, "headers": build_headers(operation, 308)}
    for status in sorted({problem.status for problem in operation.all_problems}):
        example = examples.get((operation.id, status))
        yield str(status), _describe_problems(operation, status, example)


def _show(component: str, example: Any) -> dict[str, Any]:
    """Return the media type object for *component*, with the example if there is one."""
    return {"schema": component, **({} if example is None else {"example": example})}


def _describe_format(format_: Format) -> dict[str, Any]:
    """Return the schema of a format other than JSON: a string, or an object with any fields."""
    if format_.media_type.endswith("json"):
        return {"type": "object", "additionalProperties": True}
    return {"type": "string"}


def _describe_problems(operation: Operation, status: int, example: Any) -> dict[str, Any]:
    problems = [problem for problem in operation.all_problems if problem.status == status]
    message = " ".join(f"`/problems/{p.slug}`: {p.cause}" for p in problems)
    return {
        "description": message,
        "headers": build_headers(operation, status),
        "content": {PROBLEM_MEDIA_TYPE: _show("Problem", example)},
    }
