"""An editor at work in a folder of its own: writes source files and publishes them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path
from shutil import copytree
from time import time

from api.app import create_app
from api.middleware import asgi, wsgi
from api.serving.follower import ReleaseFollower
from api.serving.service import Service
from api.settings import Settings
from content.authoring.guards import Overrides
from content.authoring.publish import Workspace, publish
from content.errors import SourcesError
from content.ledger.catalogue import Archive
from content.ledger.release import Release
from schemas.collection import Collections
from schemas.collections import COLLECTIONS
from tests.contract import CheckedClient, FourfoldClient

SOURCE = {
    "title": "A page",
    "url": "https://example.com/a",
    "published_on": None,
    "retrieved_on": None,
    "confidence": "confirmed",
}
SAMPLE = {**SOURCE, "title": "Sample: RFC 5737", "confidence": "sample"}
COMMON = {"sources": [SOURCE], "written_on": "2026-01-01", "review_by": "2027-01-01"}
ALL_ALLOWED = Overrides(empty=True, shrink=True, samples=True)

#: The least that each kind of fact needs, beside its id and what all share.
LEAST = {
    "topics": {"title": "Network", "description": "Firewalls.", "position": 1},
    "data-centers": {
        "name": "United Kingdom",
        "country": "GB",
        "api_host": "api-uk.example.com",
        "app_host": "app-uk.example.com",
        "sdk_identifier": "uk",
        "invite_address": "organizer@invite-uk.example.com",
        "default": False,
    },
    "traffic-classes": {
        "name": "From the service",
        "description": "Reads.",
        "initiator": "service",
        "rule": "inbound",
        "fixed_addresses": True,
        "advice": "Allow it.",
    },
    "ip-ranges": {
        "cidr": "203.0.114.0/24",
        "data_center": "uk",
        "traffic": "from-service",
        "protocol": "tcp",
        "ports": [443],
    },
    "oauth-clients": {
        "name": "Calendar",
        "provider": "google",
        "product": "Google Workspace",
        "client_id": "12345",
        "approved_for": "Calendars.",
    },
    "clouds": {
        "name": "Google Workspace",
        "support": "supported",
        "connection_types": {"individual": "supported", "enterprise": "supported"},
        "conditions": None,
        "faq": None,
    },
    "connections": {
        "name": "Exchange Web Services",
        "provider": "microsoft",
        "protocol": "SOAP",
        "endpoint_pattern": None,
        "port": 443,
        "versions": None,
        "clouds": [],
        "limits": None,
    },
    "data-retention": {
        "name": "Events",
        "period": "P30D",
        "counted_from": "the last authorization",
        "description": "Events of others.",
    },
    "permissions": {
        "name": "Calendars.ReadWrite",
        "provider": "microsoft",
        "kind": "delegated",
        "asked_by": "Individual Connect",
        "reason": None,
        "narrower_note": None,
    },
    "deadlines": {
        "title": "It ends",
        "happens_on": "2027-04-01",
        "precision": "day",
        "what_stops": None,
        "what_to_do": None,
        "applies_to": [],
    },
}


class ContentFactory:
    """Writes a content folder, `content/` below *root*, and publishes it, a day later each time.

    YAML is written as JSON, which it contains, one document a line. A *fourfold* one makes clients
    that ask four ways.
    """

    def __init__(
        self,
        root: Path,
        collections: Collections = COLLECTIONS,
        *,
        fourfold: bool = False,
        folder: str = "content",
    ):
        self.root, self.fourfold = root, fourfold
        self.place = Workspace(root / folder, collections)
        self.instant = datetime(2026, 2, 1, 12, tzinfo=UTC)
        self.path("faqs").mkdir(parents=True, exist_ok=True)
        self.path("facts").mkdir(exist_ok=True)

    def copy(self, root: Path) -> "ContentFactory":
        """Return an editor in *root* who goes on from all that is here."""
        copied = ContentFactory(root, self.place.collections, fourfold=self.fourfold)
        copytree(self.place.root, copied.place.root, dirs_exist_ok=True)
        copied.instant = self.instant
        return copied

    def path(self, name: str) -> Path:
        """`path("faqs/a.md")`, `path("facts/clouds.yaml")`, `path("withdrawn.yaml")`."""
        return self.place.root / name

    def write(self, name: str, text: str) -> Path:
        path = self.path(name)
        path.write_text(text, encoding="utf-8")
        return path

    def kind(self, name: str, *fields: dict, **more) -> Path:
        """Declare a kind of fact; what a field or the kind leaves out is filled in."""
        title = name.replace("-", " ").capitalize()
        kind = {"id": name, "title": title, "one": title.lower()[:-1], "description": f"{title}."}
        full = [{"type": "text", "description": "A value.", **field} for field in fields]
        self.path("kinds").mkdir(exist_ok=True)
        text = json.dumps({**kind, "fields": full, **more}, indent=1)
        return self.write(f"kinds/{name}.yaml", text)

    def facts(self, collection: str, *items: dict) -> Path:
        """Write the whole file of *collection*; what an item leaves out is filled in."""
        full = [
            {**self._fill(collection, place, item["id"]), **COMMON, **item}
            for place, item in enumerate(items)
        ]
        return self.write(f"facts/{collection}.yaml", json.dumps({"items": full}, indent=1))

    def _fill(self, collection: str, place: int, document_id: str) -> dict:
        """The least of a fact, with other values where no two may share one."""
        least = dict(LEAST.get(collection, {}))
        if collection == "data-centers":
            for name in ("api_host", "app_host", "sdk_identifier", "invite_address"):
                least[name] = least[name].replace("uk", document_id if place else "uk")
            least["default"] = place == 0
        for name in ("name", "title", "client_id") if place else ():
            if name in least:
                least[name] += f" {document_id}".replace(" ", "-" if name == "client_id" else " ")
        return least | ({"position": place + 1} if collection == "topics" else {})

    def faq(self, faq_id: str, markdown: str = "Yes.\n", **fields) -> Path:
        """Write one answer; what is left out is filled in."""
        front = {
            "id": faq_id,
            "question": f"What of {faq_id}?",
            "summary": "Yes.",
            "position": _place(faq_id),
            "topics": [],
            "status": "current",
            **COMMON,
            **({"deprecated_on": "2026-01-01"} if fields.get("status") == "deprecated" else {}),
            **fields,
        }
        lines = "\n".join(f"{name}: {json.dumps(value)}" for name, value in front.items())
        return self.write(f"faqs/{faq_id}.md", f"---\n{lines}\n---\n{markdown}")

    def site(self, picture: bytes | None = None, **fields) -> Path:
        """Write the site document, and its logo under the name that *fields* give."""
        if picture is not None:
            self.path(fields["logo"]).write_bytes(picture)
        return self.write("site.yaml", json.dumps({"name": "Network help", **fields}, indent=1))

    def withdrawn(self, *items: dict) -> Path:
        return self.write("withdrawn.yaml", json.dumps({"items": items}, indent=1))

    def world(self) -> "ContentFactory":
        """Write two data centers, three classes, three ranges, a client, a cloud and an answer."""
        self.facts("topics", {"id": "network"})
        self.facts(
            "data-centers",
            {"id": "uk"},
            {"id": "de", "name": "Germany"},
        )
        self.facts(
            "traffic-classes",
            {"id": "from-service"},
            {"id": "to-service", "initiator": "customer", "rule": "outbound"},
            {"id": "web", "fixed_addresses": False},
        )
        self.facts(
            "ip-ranges",
            {"id": "uk-1", "cidr": "203.0.114.0/24"},
            {"id": "uk-2", "cidr": "2a00:100::/48"},
            {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
        )
        self.facts("oauth-clients", {"id": "google"})
        self.facts("clouds", {"id": "workspace", "faq": "addresses"})
        self.faq(
            "addresses",
            'Ask {{ application or "your vendor" }}; '
            "the client is `{{ oauth-clients.google.client_id }}`.\n\n"
            "{{ with dc }}\n\nYours is {{ dc.name }}.\n\n{{ end }}\n\n"
            "{{ without dc }}\n\nFind out which is yours.\n\n{{ end }}\n\n"
            "{{ table ip-ranges: cidr, data_center; traffic = from-service }}\n",
            topics=["network"],
            summary="Client {{ oauth-clients.google.client_id }}.",
            position=1,
        )
        return self

    def publish(
        self, summary: str = "A change.", *, days: int = 1, overrides=ALL_ALLOWED
    ) -> Release:
        """Publish; the instant is noon UTC, *days* after the one before (first: 2026-02-02)."""
        self.instant += timedelta(days=days)
        return publish(self.place, summary, self.instant, overrides)

    def faults(self, day: str = "2027-12-31") -> list[str]:
        """Every fault of the files as `check` prints it on *day* in *root*; empty: none."""
        try:
            self.place.read_sources(
                self.place.read_archive(), datetime.fromisoformat(f"{day}T12:00:00Z")
            )
        except SourcesError as error:
            return [str(fault).removeprefix(f"{self.root}/") for fault in error.faults]
        return []

    def archive(self) -> Archive:
        archive = self.place.read_archive()
        assert archive is not None
        return archive

    def app(
        self,
        *,
        today: str | None = "2026-03-01",
        rehearsal: str | None = None,
        release: str | None = None,
        clock=None,
        **settings,
    ):
        """The application over this ledger, loaded, as it is at noon of *today*.

        Without *today* it is what *clock* says; *rehearsal* is the day that an operator gives.
        """
        ledger = self.place.ledger.folder
        chosen = Settings(ledger=ledger, today=rehearsal, release=release, **settings)
        if clock is None:
            noon = datetime.fromisoformat(f"{today}T12:00:00Z").timestamp() if today else None
            clock = (lambda: noon) if noon else time
        # The follower lives in the present of the editor, whatever day the answers are about.
        follower = ReleaseFollower(self.place.ledger, release, clock=self._tell_time)
        app = create_app(chosen, self.place.collections, follower=follower, clock=clock)
        app.test_client_class = FourfoldClient if self.fourfold else CheckedClient
        service: Service = app.extensions["faqts"]
        service.follower.refresh()
        if self.fourfold:
            app.extensions["loop"] = asgi.CacheMiddleware(app.wsgi_app, service, threads=2)
            app.extensions["uncached"] = create_app(
                replace(chosen, cache_bytes=0),
                self.place.collections,
                follower=service.follower,
                clock=service.clock,
            )
        app.wsgi_app = wsgi.CacheMiddleware(app.wsgi_app, service)
        return app

    def _tell_time(self) -> float:
        return self.instant.timestamp()

    def client(self, **options) -> CheckedClient:
        """A client whose every answer is checked against what its operation declares."""
        return self.app(**options).test_client()


def _place(faq_id: str) -> int:
    """A position that orders answers as their ids do."""
    digits = ["-0123456789abcdefghijklmnopqrstuvwxyz".find(letter) + 1 for letter in faq_id[:11]]
    return reduce(lambda so_far, digit: so_far * 38 + digit, [*digits, *[0] * 11][:11], 0) + 1
