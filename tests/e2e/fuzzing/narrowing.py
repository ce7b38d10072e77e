"""The document of a service, narrowed to what its content knows.

The document says of an id that it is a string of a pattern, so that content never breaks a client.
A service knows more: an id that was never published is refused, because a typo must never widen a
list. So before it is fuzzed each such parameter becomes an enumeration of what there is. Then every
value within it has to be accepted, and every other one to be refused, and a question gets an answer
more often than a refusal.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.e2e.servers import Server

#: The collection whose ids a parameter takes.
_COLLECTIONS = {
    "dc": "data-centers",
    "topic": "topics",
    "applies_to": "clouds",
    "traffic": "traffic-classes",
}
#: A release that is well-formed and was never published is 404; 400 is for others.
_NEVER_PUBLISHED = "2001-01-01.01"


@dataclass(frozen=True)
class Known:
    """What a service has ever published.

    Attributes:
        releases: The name of every release.
        ids: Every id of each collection: of today, former and withdrawn.
    """

    releases: tuple[str, ...]
    ids: Mapping[str, tuple[str, ...]]


def ask_known(server: Server) -> Known:
    """Return what *server* has ever published, read from its releases."""
    releases = [item["release"] for item in _read(server, "/v1/releases?limit=500")["items"]]
    ids: dict[str, set[str]] = {}
    for release in releases:
        for change in _read(server, f"/v1/releases/{release}")["changes"]:
            ids.setdefault(change["collection"], set()).add(change["id"])
    return Known(tuple(releases), {name: tuple(sorted(found)) for name, found in ids.items()})


def narrow(document: dict[str, Any], known: Known) -> dict[str, Any]:
    """Return *document* with an enumeration where content decides what a parameter may be."""
    narrowed = deepcopy(document)
    for path, item in narrowed["paths"].items():
        for parameter in item["get"]["parameters"]:
            schema = parameter["schema"]
            values = _list_values(path, parameter["name"], known)
            if values is not None:
                schema.get("items", schema)["enum"] = list(values)
            if parameter["name"] == "cursor":
                # It belongs to the examples beside it, for which other values are now sent.
                parameter.pop("example", None)
    return narrowed


def _list_values(path: str, name: str, known: Known) -> Iterable[str] | None:
    """Return what the parameter *name* of *path* may be; None when the document says it all."""
    if name == "id":
        name = path.split("/")[2]
        name = "release" if name == "releases" else name
    if name in ("release", "since", "until"):
        return [*known.releases, _NEVER_PUBLISHED]
    if name == "collection":
        return known.ids
    if name == "cites":
        return [f"{collection}/{i}" for collection, ids in known.ids.items() for i in ids]
    return known.ids.get(_COLLECTIONS.get(name, name))


def _read(server: Server, path: str) -> dict[str, Any]:
    answer = server.ask(path)
    assert answer.status == 200, answer.body
    return answer.json()
