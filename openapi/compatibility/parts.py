"""What holds for every object of a document: words for people, references, what nobody judges."""

from collections.abc import Iterator, Mapping
from typing import Any

from openapi.compatibility.finding import Finding, Place

#: An object of a document: an operation, a parameter, a schema.
Part = Mapping[str, Any]


class InvalidDocumentError(Exception):
    """A document cannot be compared, because it is none; its message is a clause."""


METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
#: Words for people: they may change freely.
_WORDS = frozenset(
    {
        *("description", "summary", "example", "examples", "externalDocs", "$comment"),
        "x-enum-descriptions",
    }
)

#: Words whose keys are names: of fields, of components, of paths.
_NAMED = frozenset(
    {
        *("properties", "patternProperties", "paths", "responses", "headers", "content"),
        *("schemas", "parameters", "pathItems"),
    }
)


def compare_deprecation(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield that something is deprecated now, or is not any more."""
    if bool(old.get("deprecated")) != bool(new.get("deprecated")):
        yield place.addition(
            "it is deprecated now" if new.get("deprecated") else "it is in use again"
        )


def refuse_unknown(old: Part, new: Part, judged: frozenset[str], place: Place) -> Iterator[Finding]:
    """Yield every difference in a word that is neither in *judged* nor for people.

    What no rule looks at is refused, so that nothing passes because nobody thought of it.
    """
    for word in sorted((old.keys() | new.keys()) - judged - _WORDS - {"$ref"}):
        if old.get(word) != new.get(word):
            yield place.breaking(
                f"{word!r} changed, and no rule says what that does to clients",
                "nobody knows whom",
                "Put it back, or write the rule, in openapi/compatibility/.",
            )


def list_hidden(old: Part, new: Part, judged: frozenset[str]) -> Iterator[Part]:
    """Yield every reference within the words that are equal in both and that no rule looks into."""
    for word in sorted((old.keys() & new.keys()) - judged - _WORDS - {"$ref"}):
        if old[word] == new[word]:
            yield from list_references(old[word])


def list_references(value: Any, *, named: bool = False) -> Iterator[Part]:
    """Yield every object within *value* that refers to another, words for people left out.

    Args:
        named: The keys of *value* are names that its author chose, such as a field `summary`.
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
    """Return *part* with all that it refers to; what is beside a reference is added to it.

    Raises:
        InvalidDocumentError: a reference refers to nothing, or back to itself.
    """
    seen: set[str] = set()
    while (reference := part.get("$ref")) is not None:
        found: Any = document
        for name in map(_unescape, reference.removeprefix("#/").split("/")):
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, dict) or reference in seen:
            raise InvalidDocumentError(f"{reference!r} refers to nothing")
        seen.add(reference)
        part = {**found, **{word: value for word, value in part.items() if word != "$ref"}}
    return part


def _unescape(name: str) -> str:
    """Return *name* as it is in the document. Source: RFC 6901, section 4."""
    return name.replace("~1", "/").replace("~0", "~")
