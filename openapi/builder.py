"""Build the OpenAPI document from what the operations declare."""

from collections.abc import Iterable, Mapping
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from openapi.document import PIN
from openapi.operation import Component, Operation
from openapi.shapes import hoist_components, tidy_parameters, tidy_responses
from schemas.formats import HTML, JSON, PROBLEM_MEDIA_TYPE, Form
from schemas.problem import WITHDRAWN, ProblemSchema, ProblemType

VERSION = "1.0.0"
_DESCRIPTION = """\
Admin guidance as data: answers and structured facts for calendar administrators, versioned,
sourced and pinned.

Every answer can be read as of any release with `release`. Lists carry the newest release that
changed them, so a client that saw the same release has the same data. Within version 1, fields
are only ever added; take no offence at one you do not know."""
_HEADERS: Mapping[str, tuple[str, str]] = {
    "Cache-Control": ("How long the answer may be kept.", "public, max-age=300"),
    "ETag": ("Changes with the answer; weak.", 'W/"1f0e3dad99908345f7439f8ffabdffc4"'),
    "Last-Modified": ("When the answer last changed.", "Mon, 23 Nov 2026 08:00:00 GMT"),
    "Content-Release": ("The release that was read.", "2026-11-23.01"),
    "Location": ("The path under the id that the document has now.", "/v1/faqs/gcc-high"),
    "Allow": ("The methods there are.", "GET, HEAD, OPTIONS"),
    "Retry-After": ("Seconds after which to ask again.", "5"),
    "Vary": ("The headers of the request that it depends on.", "Accept, Accept-Encoding"),
    "Repr-Digest": (
        "SHA-256 of the bytes in the coding that was sent; RFC 9530.",
        "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
    ),
    "Content-Language": ("The language of the text.", "en"),
    "Content-Aggregation": (
        "Networks before and after `aggregate=true` put them together; RFC 9651.",
        "before=7, after=3",
    ),
    "Content-Security-Policy": ("Of HTML: it runs nothing.", "default-src 'none'; sandbox"),
    "Deprecation": ("From when this should no longer be used; RFC 9745.", "@1767225600"),
    "Sunset": ("When this may be withdrawn; RFC 8594.", "Thu, 31 Dec 2026 00:00:00 GMT"),
    "Link": (
        "Where it leads: the contract, other forms, the next page, other versions; RFC 8288.",
        '</v1/openapi.json>; rel="service-desc"; type="application/json"',
    ),
}
_OF_304 = ("Cache-Control", "ETag", "Last-Modified", "Vary", "Content-Release")
_OF_SUCCESS = (*_OF_304, "Link", "Repr-Digest")
_OF_STATUS = {405: ("Allow",), 410: ("Link",), 503: ("Retry-After",)}


def build_document(
    operations: Iterable[tuple[str, Operation]],
    examples: Mapping[str, Any],
    release: str | None = None,
) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document.

    Args:
        operations: Path, as OpenAPI writes it, and what is declared for it.
        examples: A real answer by the id of its operation.
        release: The release that the examples were read as of.
    """
    plugin = MarshmallowPlugin()
    listed = sorted(operations, key=lambda pair: pair[0])
    spec = APISpec(
        title="faqts",
        version=VERSION,
        openapi_version="3.1.0",
        plugins=[plugin],
        info={
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
            **({PIN: release} if release else {}),
        },
        servers=[{"url": "/", "description": "Where this document was read."}],
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
    """Say of every shape what its schema says of itself, in its first sentences."""
    refs = plugin.converter.refs if plugin.converter else {}
    for (schema, *_), name in refs.items():
        said = (schema.__doc__ or "").strip().partition("\n")[0]
        schemas[name] = {"description": said.partition(" Source:")[0], **schemas[name]}


def _add_components(spec: APISpec, responses: Iterable[Component]) -> None:
    spec.components.schema("Problem", schema=ProblemSchema)
    for component in sorted(set(responses), key=lambda c: (c.name.endswith("List"), c.name)):
        spec.components.schema(component.name, schema=component.schema)
    for name, (description, example) in _HEADERS.items():
        header = {"description": description, "schema": {"type": "string"}, "example": example}
        spec.components.header(name.replace("-", ""), header)


def _list_tags(operations: Iterable[Operation]) -> list[dict[str, str]]:
    tags = sorted({operation.tag for operation in operations}, key=lambda tag: tag.name)
    return [{"name": tag.name, "description": tag.description} for tag in tags]


def _describe(operation: Operation, examples: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "operationId": operation.id,
        "tags": [operation.tag.name],
        "summary": operation.summary,
        "description": operation.description,
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
    operation: Operation, examples: Mapping[str, Any]
) -> Iterable[tuple[str, dict[str, Any]]]:
    content: dict[str, dict[str, Any]] = {
        form.media_type: {"schema": _describe_form(form)} for form in operation.forms
    }
    content[JSON.media_type] = {"schema": operation.response.name}
    if operation.id in examples:
        content[JSON.media_type]["example"] = examples[operation.id]
    varying = ("Vary",) if len(operation.forms) > 1 else ()
    headers = _name_headers((*_OF_SUCCESS, *_list_own_headers(operation)))
    yield "200", {"description": "The answer.", "headers": headers, "content": content}
    yield "304", {"description": "You have it already.", "headers": _name_headers(_OF_304)}
    if operation.moves:
        moved = {"description": "The document has another id now; follow `Location`."}
        yield "308", {**moved, "headers": _name_headers(("Location", "Cache-Control", *varying))}
    for status in sorted({problem.status for problem in operation.all_problems}):
        problems = [problem for problem in operation.all_problems if problem.status == status]
        yield str(status), _describe_problems(status, problems, varying)


def _describe_form(form: Form) -> dict[str, Any]:
    """Return the shape of a form that is not typed: text, or an object of whatever members."""
    if form.media_type.endswith("json"):
        return {"type": "object", "additionalProperties": True}
    return {"type": "string"}


def _list_own_headers(operation: Operation) -> Iterable[str]:
    if any(field.data_key == "lang" for field in operation.query().fields.values()):
        yield "Content-Language"
    if "aggregate" in operation.query().fields:
        yield "Content-Aggregation"
    if HTML in operation.forms:
        yield "Content-Security-Policy"
    if WITHDRAWN in operation.problems:
        yield from ("Deprecation", "Sunset")


def _describe_problems(
    status: int, problems: list[ProblemType], varying: tuple[str, ...]
) -> dict[str, Any]:
    said = " ".join(f"`/problems/{p.slug}`: {p.cause}" for p in problems)
    return {
        "description": said,
        "headers": _name_headers((*_OF_STATUS.get(status, ()), "Cache-Control", *varying)),
        "content": {PROBLEM_MEDIA_TYPE: {"schema": "Problem"}},
    }


def _name_headers(names: Iterable[str]) -> dict[str, dict[str, str]]:
    return {name: {"$ref": f"#/components/headers/{name.replace('-', '')}"} for name in names}
