"""Compare two contracts and find breaking changes and additions."""

from collections.abc import Iterator

from openapi.compatibility.finding import Direction, Finding, Level, Place, merge_findings
from openapi.compatibility.operations import compare_operations
from openapi.compatibility.parts import METHODS, Part, list_references, refuse_unknown, resolve_part
from openapi.compatibility.shapes import SCHEMAS, ShapeComparison

_JUDGED = frozenset({"openapi", "info", "servers", "security", "tags", "paths", "components"})
#: Fields of `info` that may change or that other code compares.
_JUDGED_OF_INFO = frozenset(
    {"title", "version", "license", "contact", "termsOfService", "x-examples-release"}
)


def compare_documents(old: Part, new: Part) -> list[Finding]:
    """Return all differences that matter to clients. Descriptions may change freely.

    Args:
        old: OpenAPI document that clients were generated from.
        new: OpenAPI document that replaces it.

    Returns:
        Breaking changes first. A change to a component is listed once, at its first use.
    """
    findings = merge_findings(_list_findings(old, new))
    renamed = {f"the {finding.anchor}" for finding in findings if finding.level is Level.BREAKING}
    # The old name of a renamed component would be reported a second time as removed.
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
                    "clients that call it get 404 or 405",
                    "Keep it. You can mark it as `deprecated`.",
                )
        if other:
            yield from refuse_unknown(item, other, METHODS | {"parameters"}, _place(path))
    yield from _list_new_operations(before, after)
    yield from _compare_components(old, new)


def _index_paths(document: Part) -> dict[str, Part]:
    return {path: resolve_part(document, item) for path, item in document["paths"].items()}


def _get_operation(item: Part, method: str) -> Part:
    """Return an operation with the parameters of its path, followed by its own."""
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
            "generated clients use it as their package name",
            "Keep the title.",
        )
    if _read_dialect(old) != _read_dialect(new):
        yield place.breaking(
            f"openapi changed from {old['openapi']} to {new['openapi']}",
            "generators that support only the old version no longer work",
            "Keep the version of OpenAPI.",
        )
    yield from _compare_servers(_list_servers(old), _list_servers(new), place)
    for was, now in zip(old.get("servers", ()), new.get("servers", ()), strict=False):
        yield from refuse_unknown(was, now, frozenset({"url"}), place)


def _compare_servers(was: list[str], now: list[str], place: Place) -> Iterator[Finding]:
    if was != now:
        yield place.breaking(
            f"the servers changed from {', '.join(was)} to {', '.join(now)}",
            "generated clients use the first server by default",
            "Keep the servers.",
        )


def _read_dialect(document: Part) -> str:
    """Return the OpenAPI version without the patch number, which does not affect generators."""
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
            "the component was removed",
            "clients that import it by name no longer compile",
            "Restore it with this name.",
        )
    for name in [name for name in after if name not in before]:
        yield _place(f"the component {name}").addition("the component is new")
    # Components without references are not compared with any operation.
    shapes, met = ShapeComparison(old, new), {part["$ref"] for part in list_references(old)}
    for name in [name for name in before if name in after and f"{SCHEMAS}{name}" not in met]:
        yield from shapes.compare(before[name], after[name], _place(f"the component {name}"))
