"""Suggest a path for one that does not exist."""

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map

from content.suggestions import suggest


def suggest_path(known: Map, path: str) -> str | None:
    """Return *path* without needless slashes, or a path that is spelled like it."""
    plain = "/" + "/".join(part for part in path.split("/") if part)
    if plain != path and _is_known(known, plain):
        return plain
    fixed = [rule.rule for rule in known.iter_rules() if not rule.arguments]
    simple = plain.lower()
    end = f"/{simple.rpartition('/')[2]}"
    # Whoever leaves a part out, or has one too many, knows the last one: `/v1/lookup`.
    same_end = [path for path in fixed if end != "/" and path.endswith(end)]
    return same_end[0] if len(same_end) == 1 else suggest(simple, fixed)


def _is_known(known: Map, path: str) -> bool:
    try:
        known.bind("").match(path, method="GET")
    except (NotFound, MethodNotAllowed):
        return False
    return True
