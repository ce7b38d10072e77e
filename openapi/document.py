"""The committed document: the only file that this room reads or writes."""

import json
from pathlib import Path
from typing import Any

#: Where the document says as of which release its examples were read.
PIN = "x-examples-release"
PATH = Path(__file__).with_name("v1.json")


def read_document(path: Path = PATH) -> str:
    """Return the committed document as text; an empty object before it is first built."""
    return path.read_text(encoding="utf-8") if path.exists() else "{}\n"


def read_pin(document: str) -> str | None:
    """Return the release that the examples of *document* were read as of; None without any."""
    pin: str | None = json.loads(document).get("info", {}).get(PIN)
    return pin


def dump_document(document: dict[str, Any]) -> str:
    """Return *document* as it is committed: a line a value, so that its diff can be read."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def write_document(text: str, path: Path = PATH) -> None:
    """Replace the committed document by *text*."""
    path.write_text(text, encoding="utf-8")
