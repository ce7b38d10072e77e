"""A few facts, and texts filled in from them."""

from content.text.filling import fill_template
from content.text.template import parse_template
from content.text.values import Reader
from schemas.collections import COLLECTIONS
from tests.content_factory import SAMPLE, SOURCE


class Facts:
    """Two data centers, three ranges, and whatever else a test gives."""

    collections = COLLECTIONS

    def __init__(self, **clouds):
        window = {"effective_from": None, "effective_until": None, "sources": [SOURCE]}
        uk, de = {**window, "data_center": "uk"}, {**window, "data_center": "de"}
        self.bodies = {
            "data-centers": [{"id": "uk", "name": "UK"}, {"id": "de", "name": "Ger|many"}],
            "clouds": [
                {"id": name, "name": value, "sources": []} for name, value in clouds.items()
            ],
            "ip-ranges": [
                {**uk, "id": "a", "cidr": "8.8.8.0/24", "traffic": "web"},
                {
                    **uk,
                    "id": "b",
                    "cidr": "8.8.9.0/24",
                    "traffic": "api",
                    "effective_until": "2026-01-01",
                },
                {**de, "id": "c", "cidr": "2a00::/32", "traffic": "web", "sources": [SAMPLE]},
            ],
        }

    def find_body(self, key):
        return next((b for b in self.bodies[key.collection] if b["id"] == key.id), None)

    def list_bodies(self, collection, where):
        return [b for b in self.bodies[collection] if all(b[f] == v for f, v in where)]


def fill(text: str, facts=None, **reader) -> str:
    template = parse_template(text)
    assert template.faults == ()
    return fill_template(template, facts or Facts(), Reader(**reader))
