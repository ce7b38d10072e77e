"""What holds for every object of a document: words for people, references, what nobody judges."""

from collections.abc import Iterator, Mapping
from typing import Any

from openapi.compatibility.finding import Finding, Place

#: An object of a document: an operation, a parameter, a schema.
Part = Mapping[str, Any]


class InvalidDocumentError(Exception):
    """A document cannot be compared, because it is none; its message is a clause."""


#: Words for people: they may change freely.
_WORDS = frozenset(
    {
        *("description", "summary", "example", "examples", "externalDocs", "$comment"),
        "x-enum-descriptions",
    }
)


def compare_deprecation(old: Part, new: Part, place: Place) -> Iterator[Finding]:
    """Yield that something is deprecated now, or is not any more."""
    if bool(old.get("deprecated")) != bool(new.get("deprecated")):
        yield place.adds("it is deprecated now" if new.get("deprecated") else "it is in use again")


def refuse_unknown(old: Part, new: Part, judged: frozenset[str], place: Place) -> Iterator[Finding]:
    """Yield every difference in a word that is neither in *judged* nor for people.

    What no rule looks at is refused, so that nothing passes because nobody thought of it.
    """
    for word in sorted((old.keys() | new.keys()) - judged - _WORDS - {"$ref"}):
        if old.get(word) != new.get(word):
            yield place.breaks(
                f"{word!r} changed, and no rule says what that does to clients",
                "nobody knows whom",
                "Put it back, or write the rule, in openapi/compatibility/.",
            )


def resolve_part(document: Part, part: Part) -> Part:
    """Return *part* with all that it refers to; what stands beside a reference is added to it.

    Raises:
        InvalidDocumentError: a reference leads nowhere, or back to itself.
    """
    seen: set[str] = set()
    while (reference := part.get("$ref")) is not None:
        found: Any = document
        for name in reference.removeprefix("#/").split("/"):
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, dict) or reference in seen:
            raise InvalidDocumentError(f"{reference!r} leads nowhere")
        seen.add(reference)
        part = {**found, **{word: value for word, value in part.items() if word != "$ref"}}
    return part
