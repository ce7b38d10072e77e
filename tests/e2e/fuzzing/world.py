"""What the fuzzed service serves: the shipped content, and what has not happened to it yet."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from tests.content_factory import COMMON, LEAST, ContentFactory
from tests.e2e.servers import ROOT

#: Ranges that are no samples, so that the plain forms have something to list: one of each status
#: for years, two that touch, both versions of IP and both directions.
_RANGES = (
    {"id": "fuzz-1", "cidr": "203.0.114.0/25"},
    {"id": "fuzz-2", "cidr": "203.0.114.128/25"},
    {"id": "fuzz-3", "cidr": "2a00:100::/48"},
    {"id": "fuzz-4", "cidr": "203.0.115.0/24", "traffic": "to-cronofy", "ports": []},
    {"id": "fuzz-5", "cidr": "203.0.116.0/24", "effective_from": "2099-01-01"},
    {"id": "fuzz-6", "cidr": "203.0.117.0/24", "effective_until": "2098-12-31"},
    {"id": "fuzz-7", "cidr": "203.0.118.0/24", "effective_until": "2020-12-31"},
)


def build_world(root: Path) -> ContentFactory:
    """Return an editor below *root* whose ledger goes on from the shipped one.

    An answer and a cloud are renamed, an answer and a cloud are withdrawn, an answer is deprecated.
    """
    factory = ContentFactory(root)
    shutil.copytree(ROOT / "content", root / "content", dirs_exist_ok=True)
    factory.instant = datetime.fromisoformat(factory.archive().latest.release.published_at)
    clouds = factory.path("facts/clouds.yaml")
    shipped = clouds.read_text(encoding="utf-8")

    ranges = ({"traffic": "from-cronofy", **item} for item in _RANGES)
    _append_facts(factory, "ip-ranges", *ranges)
    _append_facts(
        factory, "clouds", *({"id": name, "name": name} for name in ("fuzz-former", "fuzz-gone"))
    )
    for faq in ("fuzz-former", "fuzz-gone"):
        factory.faq(faq)
    # Seconds later, so that a server of today takes both releases.
    factory.instant += timedelta(seconds=1)
    factory.publish("Documents that will move, or be withdrawn.", days=0)

    clouds.write_text(shipped, encoding="utf-8")
    _append_facts(
        factory, "clouds", {"id": "fuzz-present", "name": "Present", "aliases": ["fuzz-former"]}
    )
    for faq in ("fuzz-former", "fuzz-gone"):
        factory.path(f"faqs/{faq}.md").unlink()
    _write_last_answers(factory)
    _withdraw(factory, "clouds", "faqs")
    factory.instant += timedelta(seconds=1)
    factory.publish("They moved, and were withdrawn.", days=0)
    return factory


def _write_last_answers(factory: ContentFactory) -> None:
    """Write one answer that had another name, and one that is to go."""
    text = 'Ask {{ application or "them" }}.\n\n{{ with dc }}\n\n{{ dc.name }}.\n\n{{ end }}\n'
    factory.faq("fuzz-present", text, aliases=["fuzz-former"], applies_to=["fuzz-present"])
    days = {"deprecated_on": "2026-01-01", "sunset_on": "2099-12-31"}
    factory.faq("fuzz-deprecated", status="deprecated", **days)


def _withdraw(factory: ContentFactory, *collections: str) -> None:
    """Say of `fuzz-gone` in each of *collections* why it is gone."""
    items = [
        {
            "collection": collection,
            "id": "fuzz-gone",
            "reason": "It was wrong.",
            "successor": f"{collection}/fuzz-present",
        }
        for collection in collections
    ]
    path = factory.path("withdrawn.yaml")
    if not path.exists():
        path.write_text("items:\n", encoding="utf-8")
    _append(path, items)


def _append_facts(factory: ContentFactory, collection: str, *items: dict) -> None:
    """Put *items* at the end of the file of *collection*; what they leave out is filled in."""
    full = [{**LEAST[collection], **COMMON, **item} for item in items]
    _append(factory.path(f"facts/{collection}.yaml"), full)


def _append(path: Path, items: list[dict]) -> None:
    """Put *items* at the end of the file *path*, whose last key is a list."""
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"  - {json.dumps(item)}\n" for item in items)
