"""Check that a file is an OpenAPI document before it is compared."""

from collections.abc import Mapping
from typing import Any

from openapi.compatibility.parts import (
    METHODS,
    InvalidDocumentError,
    Part,
    list_references,
    resolve_part,
)

#: Parts of a document and of an operation that the comparison needs, with their types.
_PARTS = {"openapi": str, "info": Mapping, "paths": Mapping, "components": Mapping}
_PARTS_OF_INFO = {"title": str, "version": str}
_PARTS_OF_OPERATION = {"operationId": str, "responses": Mapping}


def check_document(document: Any) -> Part:
    """Return *document* if it can be compared.

    This finds truncated and wrong files. It does not replace a full validation.

    Raises:
        InvalidDocumentError: *document* is not an OpenAPI document, or a reference has no target.
    """
    _refuse_without(document, _PARTS, "it")
    _refuse_without(document["info"], _PARTS_OF_INFO, "info")
    _refuse_without(document["components"], {"schemas": Mapping}, "components")
    for reference in list_references(document):
        resolve_part(document, {"$ref": reference["$ref"]})
    for path, item in document["paths"].items():
        _refuse_without(item, {}, path)
        for method, operation in resolve_part(document, item).items():
            if method in METHODS:
                _refuse_without(operation, _PARTS_OF_OPERATION, f"{method.upper()} {path}")
    checked: Part = document
    return checked


def _refuse_without(part: Any, needed: Mapping[str, type], name: str) -> None:
    if not isinstance(part, Mapping):
        raise InvalidDocumentError(f"{name} is not an object")
    missing = [word for word, kind in needed.items() if not isinstance(part.get(word), kind)]
    if missing:
        raise InvalidDocumentError(f"{name} has no {', '.join(missing)}")
