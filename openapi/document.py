"""The committed document and those that were released: read and written only here."""

import json
from pathlib import Path
from typing import Any

from openapi.compatibility.versions import parse_version
from openapi.info import TERMS_PATH

#: The field with the release that its examples were read as of.
PIN = "x-examples-release"
PATH = Path(__file__).with_name("v1.json")
#: The documents that clients may have been generated from, one a version.
RELEASED = PATH.with_name("released")
_PREFIX = "v1-"


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


def address_document(text: str, public_url: str) -> str:
    """Return the document *text* with whole addresses below *public_url* in place of its paths.

    Clients join `/` and a path literally, or take localhost for the host that is missing.
    """
    document = json.loads(text)
    if "servers" not in document:
        return text
    document["servers"][0]["url"] = public_url
    document["info"]["termsOfService"] = public_url + TERMS_PATH
    return dump_document(document)


def write_document(text: str, path: Path = PATH) -> None:
    """Replace the committed document by *text*."""
    path.write_text(text, encoding="utf-8")


def find_released(folder: Path = RELEASED) -> Path | None:
    """Return the released document of the highest version; None before the first."""
    paths = folder.glob(f"{_PREFIX}*.json")
    found = {parse_version(path.stem.removeprefix(_PREFIX)): path for path in paths}
    versions = [version for version in found if version is not None]
    return found[max(versions)] if versions else None


def release_document(text: str, folder: Path = RELEASED) -> Path:
    """Store *text* as the released document of its version, and return its file.

    Raises:
        FileExistsError: this version was released before.
    """
    version = json.loads(text)["info"]["version"]
    folder.mkdir(exist_ok=True)
    path = folder / f"{_PREFIX}{version}.json"
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path
