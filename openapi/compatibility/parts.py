"""Rules for all objects in a contract: documentation, references and unknown keywords."""

from collections.abc import Iterator, Mapping
from typing import Any

from openapi.compatibility.finding import Finding, Place

#: An object in a contract, such as an operation, a parameter or a schema.
Part = Mapping[str, Any]


class InvalidDocumentError(Exception):
    """The file is not an OpenAPI document. The message is the rest of a sentence."""


METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
#: Keywords for documentation, which may change freely.
_WORDS = frozenset(
    {
        *("description", "summary", "example", "examples", "externalDocs", "$comment"),
        "x-enum-descriptions",
    }
)

#: Keywords whose keys are names of fields, components or paths.
_NAMED = frozenset(
    {
        *("properties", "patternProperties", "paths", "responses", "headers", "content"),
        *("schemas", "parameters", "pathItems"),
    }
)


def compare_deprecation(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield an addition if `deprecated` was added or removed."""
    if bool(old.get("deprecated")) != bool(new.get("deprecated")):
        yield place.addition(
            "it is now deprecated" if new.get("deprecated") else "it is no longer deprecated"
        )


def refuse_unknown(old: Part, new: Part, judged: frozenset[str], place: Place) -> Iterator[Finding]:
    """Yield all differences in keywords that are not in *judged* and not documentation.

    No rule covers these keywords, so their changes are rejected.
    """
    for word in sorted((old.keys() | new.keys()) - judged - _WORDS - {"$ref"}):
        if old.get(word) != new.get(word):
            yield place.breaking(
                f"{word!r} changed, and no rule covers it",
                "the effect on clients is unknown",
                "Undo the change, or add a rule in openapi/compatibility/.",
            )


def list_hidden(old: Part, new: Part, judged: frozenset[str]) -> Iterator[Part]:
    """Yield all references in keywords that are equal in both and that no rule covers."""
    for word in sorted((old.keys() & new.keys()) - judged - _WORDS - {"$ref"}):
        if old[word] == new[word]:
            yield from list_references(old[word])


def list_references(value: Any, *, named: bool = False) -> Iterator[Part]:
    """Yield all objects with `$ref` in *value*, except in documentation.

    Args:
        named: The keys of *value* are names, such as a field `summary`, not keywords.
    """
    if isinstance(value, list):
        for item in value:
            yield from list_references(item)
    elif isinstance(value, Mapping):
        if not named and isinstance(value.get("$ref"), str):
            yield value
        for word, inner in value.items():
            if named or word not in _WORDS:
                yield from list_references(inner, named=not named and word in _NAMED)


def resolve_part(document: Part, part: Part) -> Part:
    """Return *part* with references resolved. Keywords next to `$ref` override the target.

    Raises:
        InvalidDocumentError: A reference has no target, or refers to itself.
    """
    seen: set[str] = set()
    while (reference := part.get("$ref")) is not None:
        found: Any = document
        for name in map(_unescape, reference.removeprefix("#/").split("/")):
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, dict) or reference in seen:
            raise InvalidDocumentError(f"the reference {reference!r} has no target")
        seen.add(reference)
        part = {**found, **{word: value for word, value in part.items() if word != "$ref"}}
    return part


def _unescape(name: str) -> str:
    """Return *name* without JSON Pointer escapes. Source: RFC 6901, section 4."""
    return name.replace("~1", "/").replace("~0", "~")
