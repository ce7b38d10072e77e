"""Compare two documents: what a client of the old one loses with the new one, and what is more."""

from collections.abc import Iterator

from openapi.compatibility.finding import Direction, Finding, Level, Place, merge_findings
from openapi.compatibility.operations import compare_operations
from openapi.compatibility.parts import METHODS, Part, list_references, refuse_unknown, resolve_part
from openapi.compatibility.shapes import SCHEMAS, ShapeComparison

_JUDGED = frozenset({"openapi", "info", "servers", "security", "tags", "paths", "components"})
#: Of `info`, what is judged elsewhere and what is free.
_JUDGED_OF_INFO = frozenset(
    {"title", "version", "license", "contact", "termsOfService", "x-examples-release"}
)


def compare_documents(old: Part, new: Part) -> list[Finding]:
    """Return every difference that matters to a client; words for people are free.

    Args:
        old: The OpenAPI document that clients were generated from.
        new: The one that is to take its place.

    Returns:
        What breaks first. A change of a component is listed once, at the first place it is met.
    """
    findings = merge_findings(_list_findings(old, new))
    renamed = {f"the {finding.anchor}" for finding in findings if finding.level is Level.BREAKING}
    # A renamed component is met again under its new name: that is listed already.
    return [finding for finding in findings if finding.where not in renamed]


def _list_findings(old: Part, new: Part) -> Iterator[Finding]:
    yield from _compare_whole(old, new)
    before, after = _index_paths(old), _index_paths(new)
    for path, item in before.items():
        other = after.get(path, {})
        for method in [method for method in item if method in METHODS]:
            at = _place_operation(path, method)
            if method in other:
                operations = (_get_operation(item, method), _get_operation(other, method))
                yield from compare_operations((old, new), operations, at)
            else:
                yield at.breaking(
                    "the operation was removed",
                    "clients that ask it get 404 or 405",
                    "Serve it on; it may say `deprecated`.",
                )
        if other:
            yield from refuse_unknown(item, other, METHODS | {"parameters"}, _place(path))
    yield from _list_new_operations(before, after)
    yield from _compare_components(old, new)


def _index_paths(document: Part) -> dict[str, Part]:
    return {path: resolve_part(document, item) for path, item in document["paths"].items()}


def _get_operation(item: Part, method: str) -> Part:
    """Return an operation with the parameters that all of its path have, its own after them."""
    operation: Part = item[method]
    parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
    return {**operation, "parameters": parameters}


def _place(name: str) -> Place:
    return Place(name, Direction.RESPONSE)


def _place_operation(path: str, method: str) -> Place:
    return _place(f"{method.upper()} {path}")


def _compare_whole(old: Part, new: Part) -> Iterator[Finding]:
    place = _place("the document")
    yield from refuse_unknown(old, new, _JUDGED, place)
    yield from refuse_unknown(old["info"], new["info"], _JUDGED_OF_INFO, place)
    if old["info"]["title"] != new["info"]["title"]:
        yield place.breaking(
            f"info.title changed from {old['info']['title']!r} to {new['info']['title']!r}",
            "generated clients are packages called by it",
            "Keep the title.",
        )
    if _read_dialect(old) != _read_dialect(new):
        yield place.breaking(
            f"openapi changed from {old['openapi']} to {new['openapi']}",
            "generators that read only the old version make no client any more",
            "Keep the version of OpenAPI.",
        )
    yield from _compare_servers(_list_servers(old), _list_servers(new), place)
    for was, now in zip(old.get("servers", ()), new.get("servers", ()), strict=False):
        yield from refuse_unknown(was, now, frozenset({"url"}), place)


def _compare_servers(was: list[str], now: list[str], place: Place) -> Iterator[Finding]:
    if was != now:
        yield place.breaking(
            f"the servers changed from {', '.join(was)} to {', '.join(now)}",
            "generated clients ask the first of them unless they are told another",
            "Keep the servers.",
        )


def _read_dialect(document: Part) -> str:
    """Return the version of OpenAPI without its last number, which changes words alone."""
    version: str = document["openapi"]
    return version.rpartition(".")[0]


def _list_servers(document: Part) -> list[str]:
    return [server["url"] for server in document.get("servers", ())]


def _list_new_operations(old: dict[str, Part], new: dict[str, Part]) -> Iterator[Finding]:
    for path, item in new.items():
        for method in [method for method in item if method in METHODS]:
            if method not in old.get(path, {}):
                yield _place_operation(path, method).addition("the operation is new")


def _compare_components(old: Part, new: Part) -> Iterator[Finding]:
    before, after = (document["components"]["schemas"] for document in (old, new))
    for name in [name for name in before if name not in after]:
        yield _place(f"the component {name}").breaking(
            "it is gone",
            "clients that import it by name no longer compile",
            "Put it back, under this name.",
        )
    for name in [name for name in after if name not in before]:
        yield _place(f"the component {name}").addition("it is new")
    # What nothing refers to is met on no way through the operations.
    shapes, met = ShapeComparison(old, new), {part["$ref"] for part in list_references(old)}
    for name in [name for name in before if name in after and f"{SCHEMAS}{name}" not in met]:
        yield from shapes.compare(before[name], after[name], _place(f"the component {name}"))
