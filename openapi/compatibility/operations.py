"""Compare one operation in two documents: its names, security, parameters and responses."""

from collections.abc import Iterator
from itertools import zip_longest

from openapi.compatibility.finding import Finding, Place
from openapi.compatibility.parameters import compare_parameters
from openapi.compatibility.parts import Part, compare_deprecation, refuse_unknown
from openapi.compatibility.responses import compare_responses
from openapi.compatibility.shapes import ShapeComparison

_JUDGED = frozenset({"operationId", "tags", "parameters", "responses", "deprecated", "security"})


def compare_operations(
    documents: tuple[Part, Part],
    operations: tuple[Part, Part],
    at: Place,
) -> Iterator[Finding]:
    """Yield what differs in the operation *at*, which both *documents* have."""
    (old, new), shapes = operations, ShapeComparison(*documents)
    yield from _compare_names(old, new, at)
    yield from _compare_security(documents, operations, at)
    yield from compare_deprecation(old, new, at)
    yield from refuse_unknown(old, new, _JUDGED, at)
    yield from compare_parameters(shapes, old, new, at)
    yield from compare_responses(shapes, old, new, at)


def _compare_names(old: Part, new: Part, at: Place) -> Iterator[Finding]:
    if old["operationId"] != new["operationId"]:
        yield at.breaking(
            f"the operationId changed from {old['operationId']!r} to {new['operationId']!r}",
            "clients call a method of that name",
            "Keep the operationId.",
        )
    for was, now in zip_longest(old.get("tags", ()), new.get("tags", ())):
        if was != now:
            yield at.breaking(
                f"the tag changed from {was!r} to {now!r}",
                "generated clients sort methods into classes or modules by it",
                "Keep the tag; its description is free.",
            )


def _compare_security(
    documents: tuple[Part, Part],
    operations: tuple[Part, Part],
    at: Place,
) -> Iterator[Finding]:
    was, now = (
        operation.get("security", document.get("security", []))
        for document, operation in zip(documents, operations, strict=True)
    )
    if was == now:
        return
    if not now:
        yield at.addition("no authentication is needed any more")
    else:
        yield at.breaking(
            f"security changed from {was} to {now}",
            "clients that ask without it get 401",
            "Leave it open; what needs a key is another API.",
        )
