"""Every operation that is declared can be reached, and every status of it be produced."""

import json
import re

import pytest

from api.app import create_app
from openapi.document import read_document
from schemas.collections import COLLECTIONS
from tests.content_factory import ContentFactory
from tests.contract import CheckedClient
from tests.openapi.documents import SHIPPED, edit, find_operation

UNKNOWN_RELEASE = "2030-01-01.01"
#: The ids that other documents of the world refer to; elsewhere it is `current`.
CURRENT = {"data-centers": "uk", "traffic-classes": "from-service", "kinds": "current-kind"}
#: What a second document of a collection may not share with the first.
OTHER = {"ip-ranges": {"cidr": "203.0.115.0/24"}, "topics": {"position": 2}}
DOCUMENT = json.loads(read_document(SHIPPED))
#: What the server sends before the application is called; `tests/e2e/test_wire.py` asks for it.
OF_THE_SERVER = {"414"}
DECLARED = [
    (path, status)
    for path, item in DOCUMENT["paths"].items()
    for status in item["get"]["responses"]
    if status not in OF_THE_SERVER
]


class Faulty:
    """Where releases come from, with a bug: asking what is served raises."""

    @property
    def state(self):
        raise RuntimeError("A bug.")

    def refresh(self) -> None:
        """Nothing is ever new."""


def build_world(root) -> ContentFactory:
    """Two releases: in each collection a document with a former id, and one that was withdrawn."""
    factory = ContentFactory(root)
    names = [row.name for row in COLLECTIONS if row.name != "faqs" and not row.is_plain]
    current = {name: {"id": CURRENT.get(name, "current"), "aliases": ["former"]} for name in names}
    factory.faq("current", aliases=["former"])
    factory.faq("gone", position=2)
    factory.site()
    for name in ("current-kind", "gone"):
        factory.kind(name, {"name": "host"})
    for name in names:
        factory.facts(name, current[name], {"id": "gone", **OTHER.get(name, {})})
    factory.publish("First.")
    for path in ("faqs/gone.md", "kinds/gone.yaml"):
        factory.path(path).unlink()
    for name in names:
        factory.facts(name, current[name])
    factory.withdrawn(
        *(
            {"collection": name, "id": "gone", "reason": "It was wrong."}
            for name in ("kinds", "faqs", *names)
        )
    )
    factory.publish("Second.")
    return factory


def add_query(path: str, message: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{message}"


class Service:
    """The service in each of the states that a status needs."""

    def __init__(self, folder) -> None:
        factory = build_world(folder / "world")
        self.ready = factory.client()
        (folder / "empty").mkdir()
        self.empty = ContentFactory(folder / "empty").client()
        faulty = create_app(follower=Faulty())
        faulty.test_client_class = CheckedClient
        self.faulty = faulty.test_client()
        self.release = factory.archive().latest.release.id

    def produce(self, document: dict, path: str, status: str):
        """The answer that is to have *status*; None where nobody knows a way to it."""
        asked = self.fill(document, path)
        ways = {
            "200": lambda: self.ready.get(asked),
            "304": lambda: self._ask_again(asked),
            "308": lambda: self.ready.get(self.fill(document, path, "former")),
            "400": lambda: self.ready.get(add_query(asked, "zebra=1")),
            "404": lambda: self.ready.get(self._find_nothing(document, path)),
            "405": lambda: self.ready.post(asked),
            "406": lambda: self.ready.get(asked, headers={"Accept": "image/png"}),
            "410": lambda: self.ready.get(self.fill(document, path, "gone")),
            "500": lambda: self.faulty.get(asked),
            "503": lambda: self.empty.get(asked),
        }
        return ways[status]() if status in ways else None

    def fill(self, document: dict, path: str, document_id: str | None = None) -> str:
        """The path with an id, and with an example of each parameter that it needs."""
        collection = path.split("/")[2] if path.count("/") > 1 else ""
        known = self.release if collection == "releases" else CURRENT.get(collection, "current")
        filled = path.replace("{id}", document_id or known)
        for parameter in find_operation(document, path)["parameters"]:
            if parameter.get("required") and parameter["in"] == "query":
                for value in parameter["example"]:
                    filled = add_query(filled, f"{parameter['name']}={value}")
        return filled

    def _ask_again(self, path: str):
        etag = self.ready.get(path).headers.get("ETag", "")
        return self.ready.get(path, headers={"If-None-Match": etag})

    def _find_nothing(self, document: dict, path: str) -> str:
        if "{id}" in path:
            unknown = UNKNOWN_RELEASE if "/releases/" in path else "never"
            return self.fill(document, path, unknown)
        return add_query(self.fill(document, path), f"release={UNKNOWN_RELEASE}")


def judge(service: Service, document: dict, path: str, status: str) -> str | None:
    """What is wrong with what *document* declares; None when it is so."""
    answer = service.produce(document, path, status)
    if answer is None:
        return f"GET {path} declares {status}, and no test knows a way to it."
    if str(answer.status_code) != status:
        return f"GET {path} declares {status}, and what leads there answers {answer.status_code}."
    return None


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Service:
    return Service(tmp_path_factory.mktemp("statuses"))


@pytest.mark.parametrize(("path", "status"), DECLARED)
def test_every_status_that_is_declared_can_be_produced(service, path, status):
    assert judge(service, DOCUMENT, path, status) is None


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/v1/clouds", "418", "GET /v1/clouds declares 418, and no test knows a way to it."),
        ("/v1/clouds", "410", "GET /v1/clouds declares 410, and what leads there answers 200."),
        ("/v1/clouds", "308", "GET /v1/clouds declares 308, and what leads there answers 200."),
        (
            "/v1/releases/{id}",
            "410",
            "GET /v1/releases/{id} declares 410, and what leads there answers 404.",
        ),
    ],
)
def test_a_status_that_nothing_produces_is_named(service, path, status, message):
    document = edit(DOCUMENT, lambda d: find_operation(d, path)["responses"].update({status: {}}))

    assert judge(service, document, path, status) == message


def test_an_operation_that_is_not_served_is_named(service):
    document = edit(DOCUMENT, lambda d: d["paths"].update({"/v1/moods": d["paths"]["/v1/topics"]}))

    assert judge(service, document, "/v1/moods", "200") == (
        "GET /v1/moods declares 200, and what leads there answers 404."
    )


def find_unlinked(document: dict, index: dict) -> set[str]:
    """The paths of *document* that neither the index names nor a path that it names begins."""
    linked = {resource["href"] for resource in index["resources"]} | {"/v1"}
    lists = {path for path in document["paths"] if "{" not in path}
    beyond = {re.sub(r"/\{.*", "", path) for path in document["paths"] if "{" in path}
    return (lists | beyond) - linked


def test_every_operation_is_reached_from_the_index(service):
    index = service.ready.get("/v1").get_json()
    more = edit(DOCUMENT, lambda d: d["paths"].update({"/v1/moods/{id}": d["paths"]["/v1"]}))

    assert find_unlinked(DOCUMENT, index) == set()
    assert find_unlinked(more, index) == {"/v1/moods"}
