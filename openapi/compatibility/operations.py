"""Compare an operation in two contracts: names, security, parameters and responses."""

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
    """Yield the differences of the operation *at* between the two *documents*."""
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
            "generated clients have a method with that name",
            "Keep the operationId.",
        )
    for was, now in zip_longest(old.get("tags", ()), new.get("tags", ())):
        if was != now:
            yield at.breaking(
                f"the tag changed from {was!r} to {now!r}",
                "generated clients use tags as class or module names",
                "Keep the tag. You can change its description.",
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
        yield at.addition("authentication is no longer required")
    else:
        yield at.breaking(
            f"security changed from {was} to {now}",
            "clients without credentials get 401",
            "Keep the operation open. Put operations that need a key into another API.",
        )
