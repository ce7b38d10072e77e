"""Suggest a path for one that does not exist."""

from collections.abc import Container

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map

from content.suggestions import suggest

#: The name of a collection in the rules that serve any of them.
COLLECTION = "collection"


def suggest_path(known: Map, collections: tuple[str, ...], path: str) -> str | None:
    """Return *path* without needless slashes, or a path that is spelled like it.

    Args:
        collections: The paths that the rules for any collection serve.
    """
    plain = "/" + "/".join(part for part in path.split("/") if part)
    if plain != path and is_known_path(known, collections, plain):
        return plain
    fixed = [*(rule.rule for rule in known.iter_rules() if not rule.arguments), *collections]
    simple = plain.lower()
    end = f"/{simple.rpartition('/')[2]}"
    # Whoever leaves a part out, or has one too many, knows the last one: `/v1/lookup`.
    same_end = [path for path in fixed if end != "/" and path.endswith(end)]
    return same_end[0] if len(same_end) == 1 else suggest(simple, fixed)


def is_known_path(known: Map, collections: Container[str], path: str) -> bool:
    """Tell whether there is a rule for *path*, and a collection where it is for any."""
    try:
        _, arguments = known.bind("").match(path, method="GET")
    except (NotFound, MethodNotAllowed):
        return False
    name = arguments.get(COLLECTION)
    return name is None or f"{path.partition(f'/{name}')[0]}/{name}" in collections
