"""Every path of the service, asked of made-up content through the whole application."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import EnvironBuilder

from api.app import create_app
from api.serving.follower import State
from api.settings import Settings
from content.ledger.catalogue import Archive
from content.ledger.history import History
from tests.bench.made_up import BEGIN, CLASSES, CLIENTS, CLOUDS, RANGE, TABLE_ANSWER, TOPICS

#: What reads no release: the contract, the reference, terms, problems and files.
_FIXED = ("/docs", "/embed/<version>/", "/favicon.ico", "/problems", "/terms", "/.well-known/")
#: What has nothing to answer without a parameter.
_ASKED_ALONE = ("/oembed", "/v1/ip-ranges/lookup")
_IDS = {
    "faqs": TABLE_ANSWER,
    "ip-ranges": RANGE,
    "data-centers": "uk",
    "traffic-classes": CLASSES[0],
    "oauth-clients": CLIENTS[0],
    "clouds": CLOUDS[0],
    "topics": TOPICS[0],
}
_TODAY = BEGIN.date().isoformat()


class _Held:
    """One history, each time as when its newest release has just arrived."""

    def __init__(self, history: History) -> None:
        self._history = history
        self.refresh()

    def refresh(self) -> None:
        """Forget what was worked out for earlier requests."""
        self.state = State(Archive(self._history))


class Site:
    """The application, serving one history and keeping no response.

    Attributes:
        targets: Every path, with the parameters that change how much there is to do.
    """

    def __init__(self, history: History) -> None:
        self._held = _Held(history)
        settings = replace(Settings(), cache_bytes=0, today=_TODAY)
        self._app = create_app(settings, follower=self._held)
        self.targets = tuple(_list_targets(self._app, [r.id for r in history.releases]))

    def forget(self) -> None:
        """Let the next request be the first after a release arrived."""
        self._held.refresh()

    def ask(self, target: str) -> int:
        """Return how many bytes the body of the response to *target* has.

        Raises:
            SystemExit: the response has no body to measure.
        """
        path, _, query = target.partition("?")
        environ = EnvironBuilder(path=path, query_string=query).get_environ()
        statuses: list[str] = []
        body = b"".join(self._app(environ, lambda status, *_: statuses.append(status)))
        if statuses != ["200 OK"]:
            raise SystemExit(f"{target} is answered with {statuses}; measure another.")
        return len(body)


def _list_rules(app: Flask) -> Iterator[str]:
    """Yield the rules without those of files, a generic one for each of its collections."""
    for rule in (rule.rule for rule in app.url_map.iter_rules() if "<name>" not in rule.rule):
        own = {"faqs", "ip-ranges"} if rule.startswith("/v1") else {"faqs", "ip-ranges", "topics"}
        names = (_IDS.keys() - own) if "<collection>" in rule else [""]
        yield from (rule.replace("<collection>", name) for name in sorted(names))


def _list_targets(app: Flask, releases: list[str]) -> Iterator[str]:
    """Yield every path that reads a release, then those whose parameters ask for more."""
    first, middle = releases[0], releases[len(releases) // 2]
    for rule in dict.fromkeys(_list_rules(app)):
        path, named, end = rule.partition("<id>")
        collection = path.rstrip("/").rpartition("/")[2]
        if named and collection == "releases":
            yield from (f"{path}{name}" for name in (first, middle, releases[-1]))
        elif named and collection in _IDS:
            yield f"{path}{_IDS[collection]}{end}"
        elif not named and not rule.startswith(_FIXED) and rule not in _ASKED_ALONE:
            yield rule
    answer, mine = f"/faqs/{TABLE_ANSWER}", {"dc": "uk"}
    asked = {
        "/v1/faqs": (
            {"limit": 500},
            {"topic": TOPICS[6]},
            {"cites": f"oauth-clients/{CLIENTS[0]}"},
        ),
        f"/v1{answer}": ({**mine, "application": "Acme"}, {"format": "html"}),
        f"/v1{answer}/revisions": ({"limit": 500},),
        "/v1/ip-ranges": (mine, {**mine, "traffic": CLASSES[0], "format": "txt"}),
        "/v1/releases": ({"limit": 500}, {"on": _TODAY}, {"format": "atom"}),
        "/v1/changes": (
            {"limit": 500},
            *({"since": since} for since in (first, middle)),
            *({"since": first, **more} for more in (mine, {"impact": "update"})),
        ),
        "/": ({"q": "list"}, {"topic": TOPICS[6]}),
        answer: (mine,),
        "/ip-ranges": (mine,),
        "/v1/ip-ranges/lookup": ({"ip": "64.0.40.9"},),
        "/oembed": ({"url": f"http://127.0.0.1:8000{answer}"},),
    }
    yield from (f"{path}?{urlencode(query)}" for path, many in asked.items() for query in many)
    pinned = ("/", answer, "/clouds", "/v1/topics", "/v1/ip-ranges", f"/v1{answer}/revisions")
    yield from (f"{path}?release={middle}" for path in pinned)
