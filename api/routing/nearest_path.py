"""Suggest a similar path for an unknown one."""

from collections.abc import Container

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map

from content.suggestions import suggest

#: The placeholder in rules that serve any collection.
COLLECTION = "collection"


def suggest_path(known: Map, collections: tuple[str, ...], path: str) -> str | None:
    """Return *path* without extra slashes, or the path with the most similar spelling.

    Args:
        collections: Paths of collections that are served by a generic rule.
    """
    plain = "/" + "/".join(part for part in path.split("/") if part)
    if plain != path and is_known_path(known, collections, plain):
        return plain
    fixed = [*(rule.rule for rule in known.iter_rules() if not rule.arguments), *collections]
    simple = plain.lower()
    end = f"/{simple.rpartition('/')[2]}"
    # A path with a missing or extra segment often has the right last one: `/v1/lookup`.
    same_end = [path for path in fixed if end != "/" and path.endswith(end)]
    return same_end[0] if len(same_end) == 1 else suggest(simple, fixed)


def is_known_path(known: Map, collections: Container[str], path: str) -> bool:
    """Tell whether a rule matches *path*; a generic rule needs a known collection."""
    try:
        _, arguments = known.bind("").match(path, method="GET")
    except (NotFound, MethodNotAllowed):
        return False
    name = arguments.get(COLLECTION)
    return name is None or f"{path.partition(f'/{name}')[0]}/{name}" in collections
