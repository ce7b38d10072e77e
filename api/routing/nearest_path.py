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
    return suggest(plain.lower(), fixed)


def _is_known(known: Map, path: str) -> bool:
    try:
        known.bind("").match(path, method="GET")
    except (NotFound, MethodNotAllowed):
        return False
    return True
