"""The committed document, and ways to change one thing in a copy of it."""

import json
from collections.abc import Callable

from openapi.document import PATH, read_document

#: The document of the demonstration, which has examples.
SHIPPED = PATH.parents[1] / "content" / "openapi" / "v1.json"
#: What changes a document in place.
Edit = Callable[[dict], object]


def read_base() -> dict:
    """The committed document with what it may not have, so that this can be taken away."""
    document = json.loads(read_document(SHIPPED))
    document["info"]["title"] = "Admin guidance"
    schemas = document["components"]["schemas"]
    schemas["CloudSupport"]["x-enum-varnames"] = ["SUPPORTED", "CONDITIONAL", "UNSUPPORTED"]
    schemas["Cloud"]["additionalProperties"] = True
    schemas["Cloud"]["properties"]["name"]["maxLength"] = 80
    find_parameter(document, "/v1/faqs/{id}", "application")["schema"]["pattern"] = "^[A-Z].*$"
    find_operation(document, "/v1/clouds")["tags"] = ["clouds"]
    return document


def edit(document: dict, change: Edit) -> dict:
    """A copy of *document*, changed."""
    changed = json.loads(json.dumps(document))
    change(changed)
    return changed


def find_operation(document: dict, path: str) -> dict:
    return document["paths"][path]["get"]


def find_parameter(document: dict, path: str, name: str) -> dict:
    (found,) = (p for p in find_operation(document, path)["parameters"] if p["name"] == name)
    return found


def find_schema(document: dict, name: str) -> dict:
    return document["components"]["schemas"][name]


def find_field(document: dict, name: str, field: str) -> dict:
    return find_schema(document, name)["properties"][field]


def find_answer(document: dict, path: str) -> dict:
    return find_operation(document, path)["responses"]["200"]


def remove_field(document: dict, name: str, field: str) -> None:
    del find_schema(document, name)["properties"][field]
    find_schema(document, name)["required"].remove(field)


def remove_parameter(document: dict, path: str, name: str) -> None:
    find_operation(document, path)["parameters"].remove(find_parameter(document, path, name))


def add_parameter(document: dict, path: str, name: str, **message) -> None:
    parameter = {"in": "query", "name": name, "schema": {"type": "string"}, **message}
    find_operation(document, path)["parameters"].append(parameter)


def rename_component(document: dict, name: str, other: str) -> None:
    """Call a component by another name, everywhere."""
    text = json.dumps(document).replace(f'/schemas/{name}"', f'/schemas/{other}"')
    document.clear()
    document.update(json.loads(text))
    schemas = document["components"]["schemas"]
    schemas[other] = schemas.pop(name)


def reorder(mapping: dict, first: str) -> None:
    """Put the key *first* at the beginning."""
    kept = dict(mapping)
    mapping.clear()
    mapping.update({first: kept.pop(first), **kept})


def write_out(field: dict, document: dict, name: str) -> None:
    """Put the component in the place of the reference to it."""
    del field["$ref"]
    field.update(json.loads(json.dumps(find_schema(document, name))))


def put_component(document: dict, name: str, field: str, component: str) -> None:
    """Make a component of a field, and refer to it."""
    properties = find_schema(document, name)["properties"]
    document["components"]["schemas"][component] = properties[field]
    properties[field] = {"$ref": f"#/components/schemas/{component}"}


def drop(mapping: dict, *keys: str) -> None:
    for key in keys:
        del mapping[key]


#: A change of each kind that the contract is guarded against by name.
SEEDED: dict[str, Edit] = {
    "removed field": lambda d: remove_field(d, "Cloud", "conditions"),
    "new required parameter": lambda d: add_parameter(d, "/v1/clouds", "region", required=True),
    "narrowed enum": lambda d: find_schema(d, "CloudSupport")["enum"].remove("conditional"),
    "renamed component": lambda d: rename_component(d, "ConnectionTypes", "CloudConnections"),
    "changed default": lambda d: find_parameter(d, "/v1/faqs", "limit")["schema"].update(
        default=50
    ),
    "removed status": lambda d: drop(find_operation(d, "/v1/clouds")["responses"], "406"),
    "removed media type": lambda d: drop(find_answer(d, "/v1/ip-ranges")["content"], "text/csv"),
}
